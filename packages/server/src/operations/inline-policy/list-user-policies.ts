import { getUser, userResource } from '../../account/user.ts'
import { readOperation } from '../operation.ts'
import { inlinePolicyPage } from './inline-policy.ts'

/** Names of the user's inline policies. */
export const ListUserPolicies = readOperation('ListUserPolicies', {
  authorize: ({ UserName }, view) => userResource(view, UserName),
  handle({ input }, scene) {
    const { id } = getUser(scene.account, input.UserName, scene.error)
    return inlinePolicyPage(scene, { operation: 'ListUserPolicies', input, ownerId: id })
  },
})
