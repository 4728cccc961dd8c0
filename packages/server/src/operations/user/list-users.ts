import { userArn } from '../../account/arns.ts'
import { userView } from '../../account/user.ts'
import { readOperation } from '../operation.ts'
import { pathPage } from '../path-page.ts'

export const ListUsers = readOperation('ListUsers', {
  // The Service Authorization Reference lists no resource type, yet denials name `user/` and the path prefix (observed).
  authorize: ({ PathPrefix = '/' }, { accountId }) => ({ resource: userArn(accountId, PathPrefix, '') }),
  handle({ input }, scene) {
    const { account, accountId, activity } = scene
    const { rows, truncation } = pathPage(scene, { operation: 'ListUsers', input, table: account.users })
    return { Users: rows.map((user) => userView(user, accountId, activity.passwordLastUsed(user.id))), ...truncation }
  },
})
