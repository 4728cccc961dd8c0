/** Everything that the root user of an account can sign in and sign with, and how it is made. */
import { randomBytes } from 'node:crypto'
import { newPassword, type PasswordRules } from '../account/password/generated-password.ts'
import { newAccessKeyId, newSecretAccessKey } from '../account/ids.ts'

/** Shown once, then nowhere to be had. */
export interface RootCredential {
  readonly accountId: string
  readonly rootEmail: string
  /** Undefined where no password was made. */
  readonly password: string | undefined
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** The rules of a new account: AWS's default password policy (IAM User Guide, "Default password policy"). */
const DEFAULT_RULES: PasswordRules = {
  minimumLength: 20,
  requireSymbols: true,
  requireNumbers: true,
  requireUppercase: true,
  requireLowercase: true,
}

/** A password for the root user by the rules of a new account. */
export function newRootPassword(): string {
  return newPassword(DEFAULT_RULES, randomBytes)
}

/** A new pair for the root user; the id carries the account number. */
export function newRootKey(accountId: string): Pick<RootCredential, 'accessKeyId' | 'secretAccessKey'> {
  return {
    accessKeyId: newAccessKeyId('AKIA', accountId, randomBytes),
    secretAccessKey: newSecretAccessKey(randomBytes),
  }
}
