import { getLoginProfile, getProfileOwner } from '../../account/login-profile.ts'
import { userResource } from '../../account/user.ts'
import { preparedWriteOperation } from '../operation.ts'
import { prepareNewPassword, withNewPassword } from './new-password.ts'

/** Sets a user's password, whether it must be changed at the next sign-in, both, or (observed) neither. */
export const UpdateLoginProfile = preparedWriteOperation('UpdateLoginProfile', {
  authorize: ({ UserName }, view) => userResource(view, UserName),
  async prepare({ input }, scene) {
    const profile = getLoginProfile(scene, getProfileOwner(scene, input.UserName))
    if (input.Password === undefined) return undefined
    return prepareNewPassword(scene, profile, input.Password)
  },
  handle({ input }, scene, prepared) {
    const profile = getLoginProfile(scene, getProfileOwner(scene, input.UserName))
    const changed = prepared === undefined ? profile : withNewPassword(scene, profile, prepared)
    const resetRequired = input.PasswordResetRequired ?? profile.resetRequired
    scene.account.loginProfiles.put({ ...changed, resetRequired })
    return {}
  },
})
