import { getModifiableRole, roleResource } from '../../account/role/role.ts'
import { writeOperation } from '../operation.ts'
import { assertAttachableBoundary } from './assert-boundary.ts'

/** Sets the role's permissions boundary, or puts another in its place. */
export const PutRolePermissionsBoundary = writeOperation('PutRolePermissionsBoundary', {
  // As for users: the key is the boundary that is to be.
  authorize({ RoleName, PermissionsBoundary }, view) {
    const { resource, context } = roleResource(view, RoleName)
    return { resource, context: { ...context, 'iam:PermissionsBoundary': PermissionsBoundary } }
  },
  handle({ input }, scene) {
    const role = getModifiableRole(scene.account, input.RoleName, scene.error)
    assertAttachableBoundary(scene, input.PermissionsBoundary)
    scene.account.roles.put({ ...role, boundaryArn: input.PermissionsBoundary })
    return {}
  },
})
