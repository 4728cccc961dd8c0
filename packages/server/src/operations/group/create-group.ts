import { groupArn } from '../../account/arns.ts'
import { findGroup, groupView } from '../../account/group.ts'
import { newUniqueId } from '../../account/ids.ts'
import { quota } from '../../account/quotas.ts'
import type { GroupRecord } from '../../account/records.ts'
import { writeOperation } from '../operation.ts'

export const CreateGroup = writeOperation('CreateGroup', {
  authorize: ({ GroupName, Path = '/' }, { accountId }) => ({ resource: groupArn(accountId, Path, GroupName) }),
  handle({ input }, { account, accountId, now, randomBytes, error }) {
    const { GroupName, Path = '/' } = input
    if (findGroup(account, GroupName) !== undefined) {
      throw error('EntityAlreadyExists', `Group with name ${GroupName} already exists.`)
    }
    if (account.groups.size >= quota(account, 'GroupsQuota')) {
      throw error('LimitExceeded', `Cannot exceed quota for GroupsPerAccount: ${quota(account, 'GroupsQuota')}`)
    }
    const group: GroupRecord = {
      id: newUniqueId('AGPA', randomBytes),
      name: GroupName,
      path: Path,
      createdAt: now.toISOString(),
    }
    account.groups.put(group)
    return { Group: groupView(group, accountId) }
  },
})
