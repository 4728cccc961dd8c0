import { userArn } from '../../account/arns.ts'
import { userView } from '../../account/user.ts'
import { readOperation } from '../operation.ts'
import { page } from '../page.ts'

export const ListUsers = readOperation('ListUsers', {
  authorize: ({ PathPrefix = '/' }, { accountId }) => ({ resource: userArn(accountId, PathPrefix, '') }),
  handle({ input }, scene) {
    const { account, accountId, activity } = scene
    const { PathPrefix = '/' } = input
    const { rows, truncation } = page(scene, {
      operation: 'ListUsers',
      input,
      filter: PathPrefix,
      rows: (after) => account.users.scan({ after }).filter(({ path }) => path.startsWith(PathPrefix)),
      position: ({ name }) => name.toLowerCase(),
    })
    return { Users: rows.map((user) => userView(user, accountId, activity.passwordLastUsed(user.id))), ...truncation }
  },
})
