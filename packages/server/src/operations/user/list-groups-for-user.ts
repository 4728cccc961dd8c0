import { groupView } from '../../account/group.ts'
import { groupsOf } from '../../account/membership.ts'
import { getUser, userResource } from '../../account/user.ts'
import { readOperation } from '../operation.ts'
import { page } from '../page.ts'

export const ListGroupsForUser = readOperation('ListGroupsForUser', {
  authorize: ({ UserName }, view) => userResource(view, UserName),
  handle({ input }, scene) {
    const { account, accountId, error } = scene
    const user = getUser(account, input.UserName, error)
    const { rows, truncation } = page(scene, {
      operation: 'ListGroupsForUser',
      input,
      filter: user.id,
      rows: (after) => groupsOf(account, user.id, after),
      position: ({ id }) => id,
    })
    return { Groups: rows.map((group) => groupView(group, accountId)), ...truncation }
  },
})
