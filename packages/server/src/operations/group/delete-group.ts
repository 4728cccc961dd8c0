import { nameKey, pairPrefix } from '../../account/account-tables.ts'
import { getGroup, groupResource } from '../../account/group.ts'
import { writeOperation } from '../operation.ts'
import { policyConflict } from '../policy-conflict.ts'

/** Deletes a group without users and policies: so nothing is left behind. */
export const DeleteGroup = writeOperation('DeleteGroup', {
  authorize: ({ GroupName }, view) => groupResource(view, GroupName),
  handle({ input }, { account, error }) {
    const { id, name } = getGroup(account, input.GroupName, error)
    // "The group must not contain any users or have any attached policies" (IAM API Reference, DeleteGroup): asked in that order.
    if (account.memberships.scanBy('group', { prefix: pairPrefix(id) }).some(() => true)) {
      throw error('DeleteConflict', 'Cannot delete entity, must remove users from group first.')
    }
    const conflict = policyConflict(account, id)
    if (conflict !== undefined) throw error('DeleteConflict', conflict)
    account.groups.delete(nameKey(name))
    return {}
  },
})
