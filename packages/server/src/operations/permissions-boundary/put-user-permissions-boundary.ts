import { getUser, userResource } from '../../account/user.ts'
import { writeOperation } from '../operation.ts'
import { assertAttachableBoundary } from './assert-boundary.ts'

/** Sets the user's permissions boundary, or puts another in its place. */
export const PutUserPermissionsBoundary = writeOperation('PutUserPermissionsBoundary', {
  // The key is the boundary that is to be, as with CreateUser: what a delegate may set is decided, not what was there.
  authorize({ UserName, PermissionsBoundary }, view) {
    const { resource, context } = userResource(view, UserName)
    return { resource, context: { ...context, 'iam:PermissionsBoundary': PermissionsBoundary } }
  },
  handle({ input }, scene) {
    const user = getUser(scene.account, input.UserName, scene.error)
    assertAttachableBoundary(scene, input.PermissionsBoundary)
    scene.account.users.put({ ...user, boundaryArn: input.PermissionsBoundary })
    return {}
  },
})
