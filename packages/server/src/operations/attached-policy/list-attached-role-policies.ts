import { getRole, roleResource } from '../../account/role/role.ts'
import { readOperation } from '../operation.ts'
import { attachedPolicyPage } from './attached-policy.ts'

export const ListAttachedRolePolicies = readOperation('ListAttachedRolePolicies', {
  authorize: ({ RoleName }, view) => roleResource(view, RoleName),
  handle({ input }, scene) {
    const { id } = getRole(scene.account, input.RoleName, scene.error)
    return attachedPolicyPage(scene, { operation: 'ListAttachedRolePolicies', input, ownerId: id })
  },
})
