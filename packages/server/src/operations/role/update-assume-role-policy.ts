import { getModifiableRole, roleResource } from '../../account/role/role.ts'
import { writeOperation } from '../operation.ts'
import { readTrustPolicy } from './read-trust-policy.ts'

/** Replaces the role's trust policy: from then on only those that the new one names can assume it. */
export const UpdateAssumeRolePolicy = writeOperation('UpdateAssumeRolePolicy', {
  authorize: ({ RoleName }, view) => roleResource(view, RoleName),
  handle({ input }, scene) {
    const role = getModifiableRole(scene.account, input.RoleName, scene.error)
    scene.account.roles.put({ ...role, ...readTrustPolicy(scene, input.PolicyDocument) })
    return {}
  },
})
