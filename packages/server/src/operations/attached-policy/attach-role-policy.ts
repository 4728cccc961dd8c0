import { boundedRoleResource, getModifiableRole } from '../../account/role/role.ts'
import { writeOperation } from '../operation.ts'
import { attachPolicy } from './attached-policy.ts'

export const AttachRolePolicy = writeOperation('AttachRolePolicy', {
  authorize({ RoleName, PolicyArn }, view) {
    const { resource, context } = boundedRoleResource(view, RoleName)
    return { resource, context: { ...context, 'iam:PolicyARN': PolicyArn } }
  },
  handle({ input }, scene) {
    const { id } = getModifiableRole(scene.account, input.RoleName, scene.error)
    attachPolicy(scene, { kind: 'role', id }, input.PolicyArn)
    return {}
  },
})
