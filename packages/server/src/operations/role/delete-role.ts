import { nameKey } from '../../account/account-tables.ts'
import { getModifiableRole, roleResource } from '../../account/role/role.ts'
import { writeOperation } from '../operation.ts'
import { policyConflict } from '../policy-conflict.ts'

/** Deletes a role that has no policies any more, with its trust policy and its boundary: so nothing is left behind. */
export const DeleteRole = writeOperation('DeleteRole', {
  authorize: ({ RoleName }, view) => roleResource(view, RoleName),
  handle({ input }, { account, error }) {
    const { id, name } = getModifiableRole(account, input.RoleName, error)
    const conflict = policyConflict(account, id)
    if (conflict !== undefined) throw error('DeleteConflict', conflict)
    account.roles.delete(nameKey(name))
    return {}
  },
})
