import { getUser, userResource } from '../../account/user.ts'
import { writeOperation } from '../operation.ts'
import { findPolicy, isServiceLinked } from '../policy/requested-policy.ts'
import { assertBoundary } from './assert-boundary.ts'

/** Sets the user's permissions boundary, or puts another in its place. */
export const PutUserPermissionsBoundary = writeOperation('PutUserPermissionsBoundary', {
  // The key is the boundary that is to be, as with CreateUser: what a delegate may set is decided, not what was there.
  authorize({ UserName, PermissionsBoundary }, view) {
    const { resource, context } = userResource(view, UserName)
    return { resource, context: { ...context, 'iam:PermissionsBoundary': PermissionsBoundary } }
  },
  handle({ input }, scene) {
    const user = getUser(scene.account, input.UserName, scene.error)
    const policy = findPolicy(scene, input.PermissionsBoundary)
    if (policy !== undefined && isServiceLinked(policy)) {
      // The code is the model's, the sentence that of attaching one (github.com/aws/aws-cdk/issues/6131).
      throw scene.error('PolicyNotAttachable', 'Cannot attach a Service Role Policy to a Customer Role.')
    }
    assertBoundary(scene, input.PermissionsBoundary)
    scene.account.users.put({ ...user, boundaryArn: input.PermissionsBoundary })
    return {}
  },
})
