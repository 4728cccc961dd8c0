import { getGroup, groupResource } from '../../account/group.ts'
import { readOperation } from '../operation.ts'
import { inlinePolicyPage } from './inline-policy.ts'

/** Names of the group's inline policies. */
export const ListGroupPolicies = readOperation('ListGroupPolicies', {
  authorize: ({ GroupName }, view) => groupResource(view, GroupName),
  handle({ input }, scene) {
    const { id } = getGroup(scene.account, input.GroupName, scene.error)
    return inlinePolicyPage(scene, { operation: 'ListGroupPolicies', input, ownerId: id })
  },
})
