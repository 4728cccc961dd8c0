import { pairKey } from '../../account/account-tables.ts'
import { getGroup, groupResource } from '../../account/group.ts'
import { getUser } from '../../account/user.ts'
import { writeOperation } from '../operation.ts'

/** A user who is not in the group is no error (observed: github.com/cloud-custodian/cloud-custodian/pull/4730). */
export const RemoveUserFromGroup = writeOperation('RemoveUserFromGroup', {
  // The group alone: the Service Authorization Reference has no user here.
  authorize: ({ GroupName }, view) => groupResource(view, GroupName),
  handle({ input }, { account, error }) {
    // The user first: where neither exists, AWS answers about the user (observed).
    const user = getUser(account, input.UserName, error)
    const group = getGroup(account, input.GroupName, error)
    account.memberships.delete(pairKey(user.id, group.id))
    return {}
  },
})
