/** A password that takes the place of another: checked and hashed before the write's turn, put in its place in it. */
import type { Fault } from '@iamd/wire'
import { withPassword } from '../../account/login-profile.ts'
import { assertPasswordAllowed, findPasswordPolicy } from '../../account/password/password-policy.ts'
import type { LoginProfileRecord, PasswordPolicyRecord } from '../../account/records.ts'
import { PrepareAgain } from '../operation.ts'
import type { PasswordHashing, SceneView } from '../scene.ts'
import { accountNames } from './account-names.ts'

export interface NewPassword {
  readonly passwordHash: string
  /** What it was checked against. */
  readonly profile: LoginProfileRecord
  readonly policy: PasswordPolicyRecord | undefined
}

interface PrepareScene extends SceneView {
  readonly passwords: PasswordHashing
  readonly error: (code: 'PasswordPolicyViolation', message: string) => Fault
}

/** Throws PasswordPolicyViolation unless the account's policy lets the user of that profile have the password. */
export async function prepareNewPassword(
  scene: PrepareScene,
  profile: LoginProfileRecord,
  password: string,
): Promise<NewPassword> {
  const policy = findPasswordPolicy(scene.account)
  assertPasswordAllowed(password, policy, { names: accountNames(scene), error: scene.error })
  const reusePrevention = policy?.reusePrevention ?? 0
  // The present password is the newest of those that must not come again. One after another, so that a call takes one place in the pool.
  for (const hash of [profile.passwordHash, ...profile.previousHashes].slice(0, reusePrevention)) {
    if (!(await scene.passwords.verify(password, hash))) continue
    throw scene.error('PasswordPolicyViolation', `Password should not be one of the last ${reusePrevention} passwords`)
  }
  return { profile, policy, passwordHash: await scene.passwords.hash(password) }
}

/** The profile with the new password; throws PrepareAgain when what the password was checked against has changed. */
export function withNewPassword(
  { account, now }: Pick<SceneView, 'account' | 'now'>,
  profile: LoginProfileRecord,
  { passwordHash, profile: checkedProfile, policy }: NewPassword,
): LoginProfileRecord {
  if (profile !== checkedProfile || findPasswordPolicy(account) !== policy) {
    throw new PrepareAgain('the login profile or the password policy has changed')
  }
  return withPassword(profile, { passwordHash, now })
}
