import { roleArn } from '../../account/arns.ts'
import { listedRoleView } from '../../account/role/role.ts'
import { readOperation } from '../operation.ts'
import { pathPage } from '../path-page.ts'

export const ListRoles = readOperation('ListRoles', {
  // As with ListUsers, by the path prefix that is asked for.
  authorize: ({ PathPrefix = '/' }, { accountId }) => ({ resource: roleArn(accountId, PathPrefix, '') }),
  handle({ input }, scene) {
    const { rows, truncation } = pathPage(scene, { operation: 'ListRoles', input, table: scene.account.roles })
    return { Roles: rows.map((role) => listedRoleView(role, scene)), ...truncation }
  },
})
