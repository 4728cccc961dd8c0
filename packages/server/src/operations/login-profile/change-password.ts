import type { Fault } from '@iamd/wire'
import type { AccountReader } from '../../account/account-tables.ts'
import { getLoginProfile } from '../../account/login-profile.ts'
import type { Principal } from '../../account/principal.ts'
import type { LoginProfileRecord } from '../../account/records.ts'
import { userOrCallerResource } from '../../account/user-or-caller.ts'
import { getUser } from '../../account/user.ts'
import { preparedWriteOperation } from '../operation.ts'
import { prepareNewPassword, withNewPassword } from './new-password.ts'

/** The calling user's own password, for who knows the present one. A reset that was required is then done (observed). */
export const ChangePassword = preparedWriteOperation('ChangePassword', {
  authorize: (_input, view) => userOrCallerResource(view, undefined),
  async prepare({ input, principal }, scene) {
    const { OldPassword, NewPassword } = input
    const profile = getOwnProfile(scene, principal)
    // Observed: AccessDenied both for a wrong old password and for a new one that is the old one.
    if (!(await scene.passwords.guess(OldPassword, profile.passwordHash))) {
      throw scene.error('AccessDenied', 'The old password was incorrect.')
    }
    if (NewPassword === OldPassword) {
      throw scene.error('AccessDenied', 'The new password must not be the same as the old password.')
    }
    return prepareNewPassword(scene, profile, NewPassword)
  },
  handle({ principal }, scene, prepared) {
    const changed = withNewPassword(scene, getOwnProfile(scene, principal), prepared)
    scene.account.loginProfiles.put({ ...changed, resetRequired: false })
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
