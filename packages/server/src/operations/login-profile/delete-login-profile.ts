import { getLoginProfile, getProfileOwner } from '../../account/login-profile.ts'
import { userOrCallerResource } from '../../account/user-or-caller.ts'
import { writeOperation } from '../operation.ts'

/** Takes a user's password away, and with it the hashes of earlier ones. Access keys go on working. */
export const DeleteLoginProfile = writeOperation('DeleteLoginProfile', {
  authorize: ({ UserName }, view) => userOrCallerResource(view, UserName),
  handle({ input }, scene) {
    const user = getProfileOwner(scene, input.UserName)
    scene.account.loginProfiles.delete(getLoginProfile(scene, user).ownerId)
    return {}
  },
})
