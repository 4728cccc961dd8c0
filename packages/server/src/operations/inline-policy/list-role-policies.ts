import { getRole, roleResource } from '../../account/role/role.ts'
import { readOperation } from '../operation.ts'
import { inlinePolicyPage } from './inline-policy.ts'

/** Names of the role's inline policies. */
export const ListRolePolicies = readOperation('ListRolePolicies', {
  authorize: ({ RoleName }, view) => roleResource(view, RoleName),
  handle({ input }, scene) {
    const { id } = getRole(scene.account, input.RoleName, scene.error)
    return inlinePolicyPage(scene, { operation: 'ListRolePolicies', input, ownerId: id })
  },
})
