import { groupArn } from '../../account/arns.ts'
import { groupView } from '../../account/group.ts'
import { readOperation } from '../operation.ts'
import { pathPage } from '../path-page.ts'

export const ListGroups = readOperation('ListGroups', {
  // The Service Authorization Reference lists no resource type, yet denials name `group/` and the path prefix (observed).
  authorize: ({ PathPrefix = '/' }, { accountId }) => ({ resource: groupArn(accountId, PathPrefix, '') }),
  handle({ input }, scene) {
    const { rows, truncation } = pathPage(scene, { operation: 'ListGroups', input, table: scene.account.groups })
    return { Groups: rows.map((group) => groupView(group, scene.accountId)), ...truncation }
  },
})
