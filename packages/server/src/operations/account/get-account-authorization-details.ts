import { readOperation } from '../operation.ts'
import { page } from '../page.ts'
import { accountEntities, type AccountEntity, entityPosition } from './account-entities.ts'
import { groupDetail, policyDetail, roleDetail, userDetail } from './entity-details.ts'

/** The whole account as seen by an auditor, page by page through all kinds; a page may hold the end of one kind and the start of the next. */
export const GetAccountAuthorizationDetails = readOperation('GetAccountAuthorizationDetails', {
  authorize: () => ({ resource: '*' }),
  handle({ input }, scene) {
    const kinds = input.Filter ?? []
    const { rows, truncation } = page(scene, {
      operation: 'GetAccountAuthorizationDetails',
      input,
      filter: kinds.toSorted().join(' '),
      rows: (after) => accountEntities(scene.account, kinds, after),
      position: entityPosition,
    })
    return {
      UserDetailList: rows.flatMap((row) => (row.kind === 'User' ? userDetail(scene, row.user) : [])),
      GroupDetailList: rows.flatMap((row) => (row.kind === 'Group' ? groupDetail(scene, row.group) : [])),
      RoleDetailList: rows.flatMap((row) => (row.kind === 'Role' ? roleDetail(scene, row.role) : [])),
      Policies: rows.flatMap((row) => (isPolicy(row) ? policyDetail(scene, row.policy) : [])),
      ...truncation,
    }
  },
})

function isPolicy(row: AccountEntity): row is Extract<AccountEntity, { readonly policy: unknown }> {
  return 'policy' in row
}
