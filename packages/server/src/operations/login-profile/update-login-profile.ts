import { getLoginProfile, getProfileOwner, withPassword } from '../../account/login-profile.ts'
import { findPasswordPolicy } from '../../account/password-policy.ts'
import { userResource } from '../../account/user.ts'
import { PrepareAgain, preparedWriteOperation } from '../operation.ts'
import { accountNames } from './account-names.ts'
import { assertNewPassword } from './assert-new-password.ts'

/** Sets a user's password, whether it must be changed at the next sign-in, both, or (observed) neither. */
export const UpdateLoginProfile = preparedWriteOperation('UpdateLoginProfile', {
  authorize: ({ UserName }, view) => userResource(view, UserName),
  async prepare({ input }, scene) {
    const { account, error } = scene
    const { UserName, Password: password } = input
    const profile = getLoginProfile(scene, getProfileOwner(scene, UserName))
    const policy = findPasswordPolicy(account)
    if (password === undefined) return undefined
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
  handle({ input }, scene, prepared) {
    const { account, now } = scene
    const profile = getLoginProfile(scene, getProfileOwner(scene, input.UserName))
    const resetRequired = input.PasswordResetRequired ?? profile.resetRequired
    if (prepared === undefined) {
      account.loginProfiles.put({ ...profile, resetRequired })
      return {}
    }
    if (profile !== prepared.profile || findPasswordPolicy(account) !== prepared.policy) {
      throw new PrepareAgain('the login profile or the password policy has changed')
    }
    account.loginProfiles.put({ ...withPassword(profile, { passwordHash: prepared.passwordHash, now }), resetRequired })
    return {}
  },
})
