import { getGroup, groupResource } from '../../account/group.ts'
import { readOperation } from '../operation.ts'
import { attachedPolicyPage } from './attached-policy.ts'

export const ListAttachedGroupPolicies = readOperation('ListAttachedGroupPolicies', {
  authorize: ({ GroupName }, view) => groupResource(view, GroupName),
  handle({ input }, scene) {
    const { id } = getGroup(scene.account, input.GroupName, scene.error)
    return attachedPolicyPage(scene, { operation: 'ListAttachedGroupPolicies', input, ownerId: id })
  },
})
