import type { Fault } from '@iamd/wire'
import { getLoginProfile, withPassword } from '../../account/login-profile.ts'
import { findPasswordPolicy } from '../../account/password-policy.ts'
import type { AccountReader } from '../../account/account-tables.ts'
import type { Principal } from '../../account/principal.ts'
import type { LoginProfileRecord } from '../../account/records.ts'
import { getUser } from '../../account/user.ts'
import { userOrCallerResource } from '../../account/user-or-caller.ts'
import { PrepareAgain, preparedWriteOperation } from '../operation.ts'
import { accountNames } from './account-names.ts'
import { assertNewPassword } from './assert-new-password.ts'

/** The calling user's own password, for who knows the present one. A reset that was required is then done (observed). */
export const ChangePassword = preparedWriteOperation('ChangePassword', {
  authorize: (_input, view) => userOrCallerResource(view, undefined),
  async prepare({ input, principal }, scene) {
    const { account, error } = scene
    const { OldPassword, NewPassword: password } = input
    const profile = getOwnProfile(scene, principal)
    const policy = findPasswordPolicy(account)
    // Observed: AccessDenied both for a wrong old password and for a new one that is the old one.
    if (!(await scene.passwords.verify(OldPassword, profile.passwordHash))) {
      throw error('AccessDenied', 'The old password was incorrect.')
    }
    if (password === OldPassword)
      throw error('AccessDenied', 'The new password must not be the same as the old password.')
    await assertNewPassword({
      password,
      profile,
      policy,
      names: accountNames(scene),
      passwords: scene.passwords,
      error,
    })
    return { profile, policy, passwordHash: await scene.passwords.hash(password) }
  },
  handle({ principal }, scene, { profile, policy, passwordHash }) {
    const { account, now } = scene
    if (getOwnProfile(scene, principal) !== profile || findPasswordPolicy(account) !== policy) {
      throw new PrepareAgain('the login profile or the password policy has changed')
    }
    account.loginProfiles.put({ ...withPassword(profile, { passwordHash, now }), resetRequired: false })
    return {}
  },
})

interface ProfileScene {
  readonly account: AccountReader
  readonly error: (code: 'InvalidUserType' | 'NoSuchEntity' | 'ValidationError', message: string) => Fault
}

function getOwnProfile(scene: ProfileScene, principal: Principal): LoginProfileRecord {
  if (principal.kind !== 'user') throw scene.error('InvalidUserType', 'Only IAM Users can change their own password.')
  return getLoginProfile(scene, getUser(scene.account, principal.name, scene.error))
}
