import { getGroup, groupResource, groupView } from '../../account/group.ts'
import { membersOf } from '../../account/membership.ts'
import { userView } from '../../account/user.ts'
import { readOperation } from '../operation.ts'
import { page } from '../page.ts'

/** The group, on every page, and a page of its users. */
export const GetGroup = readOperation('GetGroup', {
  authorize: ({ GroupName }, view) => groupResource(view, GroupName),
  handle({ input }, scene) {
    const { account, accountId, activity, error } = scene
    const group = getGroup(account, input.GroupName, error)
    const { rows, truncation } = page(scene, {
      operation: 'GetGroup',
      input,
      filter: group.id,
      rows: (after) => membersOf(account, group.id, after),
      position: ({ id }) => id,
    })
    const users = rows.map((user) => userView(user, accountId, activity.passwordLastUsed(user.id)))
    return { Group: groupView(group, accountId), Users: users, ...truncation }
  },
})
