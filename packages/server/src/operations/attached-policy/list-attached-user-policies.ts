import { getUser, userResource } from '../../account/user.ts'
import { readOperation } from '../operation.ts'
import { attachedPolicyPage } from './attached-policy.ts'

export const ListAttachedUserPolicies = readOperation('ListAttachedUserPolicies', {
  authorize: ({ UserName }, view) => userResource(view, UserName),
  handle({ input }, scene) {
    const { id } = getUser(scene.account, input.UserName, scene.error)
    return attachedPolicyPage(scene, { operation: 'ListAttachedUserPolicies', input, ownerId: id })
  },
})
