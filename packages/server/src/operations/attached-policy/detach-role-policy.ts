import { boundedRoleResource, getModifiableRole } from '../../account/role/role.ts'
import { writeOperation } from '../operation.ts'
import { detachPolicy } from './attached-policy.ts'

export const DetachRolePolicy = writeOperation('DetachRolePolicy', {
  authorize({ RoleName, PolicyArn }, view) {
    const { resource, context } = boundedRoleResource(view, RoleName)
    return { resource, context: { ...context, 'iam:PolicyARN': PolicyArn } }
  },
  handle({ input }, scene) {
    const { id } = getModifiableRole(scene.account, input.RoleName, scene.error)
    detachPolicy(scene, { kind: 'role', id }, input.PolicyArn)
    return {}
  },
})
