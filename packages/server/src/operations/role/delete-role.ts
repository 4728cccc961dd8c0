import { type AccountReader, nameKey } from '../../account/account-tables.ts'
import { profilesOfRole } from '../../account/role/instance-profile.ts'
import { getModifiableRole, roleResource } from '../../account/role/role.ts'
import { writeOperation } from '../operation.ts'
import { policyConflict } from '../policy-conflict.ts'

/** Deletes a role that has no policies and is in no instance profile any more, with its trust policy and its boundary: so nothing is left behind. */
export const DeleteRole = writeOperation('DeleteRole', {
  authorize: ({ RoleName }, view) => roleResource(view, RoleName),
  handle({ input }, { account, error }) {
    const { id, name } = getModifiableRole(account, input.RoleName, error)
    const conflict = conflictOf(account, id)
    if (conflict !== undefined) throw error('DeleteConflict', conflict)
    account.roles.delete(nameKey(name))
    return {}
  },
})

/** AWS's sentence about what still belongs to the role, in the order in which DeleteRole's page in the IAM API Reference lists what to remove. */
function conflictOf(account: AccountReader, roleId: string): string | undefined {
  if (profilesOfRole(account, roleId).some(() => true)) {
    return 'Cannot delete entity, must remove roles from instance profile first.'
  }
  return policyConflict(account, roleId)
}
