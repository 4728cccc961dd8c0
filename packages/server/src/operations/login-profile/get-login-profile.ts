import { getLoginProfile, getProfileOwner, loginProfileView } from '../../account/login-profile.ts'
import { userOrCallerResource } from '../../account/user-or-caller.ts'
import { readOperation } from '../operation.ts'

export const GetLoginProfile = readOperation('GetLoginProfile', {
  authorize: ({ UserName }, view) => userOrCallerResource(view, UserName),
  handle({ input }, scene) {
    const user = getProfileOwner(scene, input.UserName)
    return { LoginProfile: loginProfileView(getLoginProfile(scene, user), user) }
  },
})
