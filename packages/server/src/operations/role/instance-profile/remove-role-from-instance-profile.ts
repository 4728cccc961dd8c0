import { getInstanceProfile, instanceProfileResource } from '../../../account/role/instance-profile.ts'
import { getModifiableRole } from '../../../account/role/role.ts'
import { writeOperation } from '../../operation.ts'

export const RemoveRoleFromInstanceProfile = writeOperation('RemoveRoleFromInstanceProfile', {
  authorize: ({ InstanceProfileName }, view) => instanceProfileResource(view, InstanceProfileName),
  handle({ input }, { account, error }) {
    const { InstanceProfileName, RoleName } = input
    const { roleId, ...profile } = getInstanceProfile(account, InstanceProfileName, error)
    const role = getModifiableRole(account, RoleName, error)
    if (roleId !== role.id) {
      // The code is the model's, the sentence is ours.
      const where = `in Instance Profile ${InstanceProfileName}`
      throw error('NoSuchEntity', `The role with name ${RoleName} cannot be found ${where}.`)
    }
    account.instanceProfiles.put(profile)
    return {}
  },
})
