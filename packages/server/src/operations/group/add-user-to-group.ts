import { pairKey, pairPrefix } from '../../account/account-tables.ts'
import { getGroup, groupResource } from '../../account/group.ts'
import { quota } from '../../account/quotas.ts'
import { getUser } from '../../account/user.ts'
import { writeOperation } from '../operation.ts'

/** A user who is in the group already stays in it; that is no error (observed: github.com/cloud-custodian/cloud-custodian/pull/4730). */
export const AddUserToGroup = writeOperation('AddUserToGroup', {
  // The group alone: the Service Authorization Reference has no user here.
  authorize: ({ GroupName }, view) => groupResource(view, GroupName),
  handle({ input }, { account, now, error }) {
    // The user first: where neither exists, AWS answers about the user (observed).
    const user = getUser(account, input.UserName, error)
    const group = getGroup(account, input.GroupName, error)
    if (account.memberships.find(pairKey(user.id, group.id)) !== undefined) return {}
    const groupsMax = quota(account, 'GroupsPerUserQuota')
    if (account.memberships.scan({ prefix: pairPrefix(user.id) }).toArray().length >= groupsMax) {
      throw error('LimitExceeded', `Cannot exceed quota for GroupsPerUser: ${groupsMax}`)
    }
    account.memberships.put({ userId: user.id, groupId: group.id, addedAt: now.toISOString() })
    return {}
  },
})
