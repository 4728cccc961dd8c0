import type { Fault } from '@iamd/wire'
import { type AccountNames, assertPasswordAllowed } from '../../account/password-policy.ts'
import type { LoginProfileRecord, PasswordPolicyRecord } from '../../account/records.ts'
import type { PasswordHashing } from '../scene.ts'

interface NewPassword {
  readonly password: string
  /** Of the user whose password it is to be. */
  readonly profile: LoginProfileRecord
  readonly policy: PasswordPolicyRecord | undefined
  readonly names: AccountNames
  readonly passwords: Pick<PasswordHashing, 'verify'>
  readonly error: (code: 'PasswordPolicyViolation', message: string) => Fault
}

/**
 * Throws PasswordPolicyViolation unless the account's policy lets the user have this password: for its characters, and for the
 * passwords that the user had, of which the present one is the newest. One hash after another, so that a call takes one place in the pool.
 */
export async function assertNewPassword(wanted: NewPassword): Promise<void> {
  const { password, profile, policy, names, passwords, error } = wanted
  assertPasswordAllowed(password, policy, { names, error })
  const remembered = [profile.passwordHash, ...profile.previousHashes].slice(0, policy?.reusePrevention ?? 0)
  for (const hash of remembered) {
    if (await passwords.verify(password, hash)) {
      throw error(
        'PasswordPolicyViolation',
        `Password should not be one of the last ${policy?.reusePrevention} passwords`,
      )
    }
  }
}
