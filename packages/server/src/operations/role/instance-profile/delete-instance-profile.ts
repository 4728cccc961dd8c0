import { nameKey } from '../../../account/account-tables.ts'
import { getInstanceProfile, instanceProfileResource } from '../../../account/role/instance-profile.ts'
import { writeOperation } from '../../operation.ts'

/** Deletes a profile that has no role any more. */
export const DeleteInstanceProfile = writeOperation('DeleteInstanceProfile', {
  authorize: ({ InstanceProfileName }, view) => instanceProfileResource(view, InstanceProfileName),
  handle({ input }, { account, error }) {
    const { name, roleId } = getInstanceProfile(account, input.InstanceProfileName, error)
    if (roleId !== undefined) {
      throw error('DeleteConflict', 'Cannot delete entity, must remove roles from instance profile first.')
    }
    account.instanceProfiles.delete(nameKey(name))
    return {}
  },
})
