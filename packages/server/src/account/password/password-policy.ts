/** What a password must be: the account's policy, or AWS's default where it has none. */
import type { Fault, PasswordPolicy } from '@iamd/wire'
import { type AccountReader, findSingle } from '../account-tables.ts'
import type { PasswordPolicyRecord } from '../records.ts'
import { findReadable } from '../table.ts'

/** One kind of characters that a policy can ask for. AWS's symbols are those of the PasswordPolicy page of the IAM API Reference. */
interface CharacterClass {
  readonly pattern: RegExp
  readonly isRequired: (policy: PasswordPolicyRecord) => boolean
  /** Observed for uppercase letters and symbols; the other two are worded alike. */
  readonly sentence: string
}

const CLASSES: readonly CharacterClass[] = [
  {
    pattern: /[A-Z]/,
    isRequired: ({ requireUppercase }) => requireUppercase,
    sentence: 'Password should have at least one uppercase letter',
  },
  {
    pattern: /[a-z]/,
    isRequired: ({ requireLowercase }) => requireLowercase,
    sentence: 'Password should have at least one lowercase letter',
  },
  {
    pattern: /[0-9]/,
    isRequired: ({ requireNumbers }) => requireNumbers,
    sentence: 'Password should have at least one number',
  },
  {
    pattern: /[!@#$%^&*()_+\-=[\]{}|']/,
    isRequired: ({ requireSymbols }) => requireSymbols,
    sentence: 'Password should have at least one symbol',
  },
]

/** "Minimum password length of 8 characters", "Include a minimum of three" of the four (IAM User Guide, "Default password policy"). */
const DEFAULT_LENGTH_MIN = 8
const DEFAULT_CLASSES_MIN = 3

/** What the default policy does not let a password be, whatever the case: the account's alias and its root user's e-mail address. */
export interface AccountNames {
  readonly alias: string | undefined
  readonly rootEmail: string | undefined
}

/** Throws PasswordPolicyViolation with AWS's sentence; it never holds the password. */
export function assertPasswordAllowed(
  password: string,
  policy: PasswordPolicyRecord | undefined,
  { names, error }: { readonly names: AccountNames; readonly error: ViolationError },
): void {
  const violation = policy === undefined ? defaultViolation(password, names) : policyViolation(password, policy)
  if (violation !== undefined) throw error('PasswordPolicyViolation', violation)
}

type ViolationError = (code: 'PasswordPolicyViolation', message: string) => Fault

/** The account's own policy; undefined where the default holds. Throws UnreadableRecord. */
export function findPasswordPolicy(account: AccountReader): PasswordPolicyRecord | undefined {
  return findSingle({ find: (key) => findReadable(account.passwordPolicy, key) })
}

/** A policy as GetAccountPasswordPolicy shows it. */
export function passwordPolicyView(policy: PasswordPolicyRecord): PasswordPolicy {
  return {
    MinimumPasswordLength: policy.minimumLength,
    RequireSymbols: policy.requireSymbols,
    RequireNumbers: policy.requireNumbers,
    RequireUppercaseCharacters: policy.requireUppercase,
    RequireLowercaseCharacters: policy.requireLowercase,
    AllowUsersToChangePassword: policy.allowUsersToChange,
    ExpirePasswords: policy.ageDaysMax !== undefined,
    MaxPasswordAge: policy.ageDaysMax,
    PasswordReusePrevention: policy.reusePrevention,
    HardExpiry: policy.hardExpiry,
  }
}

/** All that is wrong, as one sentence; undefined when nothing is. */
function policyViolation(password: string, policy: PasswordPolicyRecord): string | undefined {
  const missing = CLASSES.filter(({ isRequired, pattern }) => isRequired(policy) && !pattern.test(password))
  const sentences = [...lengthSentences(password, policy.minimumLength), ...missing.map(({ sentence }) => sentence)]
  return sentences.length === 0 ? undefined : sentences.join(', ')
}

function defaultViolation(password: string, { alias, rootEmail }: AccountNames): string | undefined {
  const [tooShort] = lengthSentences(password, DEFAULT_LENGTH_MIN)
  if (tooShort !== undefined) return tooShort
  const missing = CLASSES.filter(({ pattern }) => !pattern.test(password))
  const lacking = DEFAULT_CLASSES_MIN - (CLASSES.length - missing.length)
  if (lacking > 0) {
    // Observed in this very form.
    const sentences = missing.map(({ sentence }) => sentence).join(', ')
    return `Password should meet ${lacking} more of the following requirements: ${sentences}`
  }
  const folded = password.toLowerCase()
  if (folded === alias?.toLowerCase() || folded === rootEmail?.toLowerCase()) {
    return 'Password should not be identical to your AWS account name or email address'
  }
  return undefined
}

function lengthSentences(password: string, lengthMin: number): readonly string[] {
  return password.length < lengthMin ? [`Password should have a minimum length of ${lengthMin}`] : []
}
