import { getInstanceProfile, instanceProfileResource } from '../../../account/role/instance-profile.ts'
import { getModifiableRole, roleResource } from '../../../account/role/role.ts'
import { writeOperation } from '../../operation.ts'

/** Puts the role into the profile, which can have one only. */
export const AddRoleToInstanceProfile = writeOperation('AddRoleToInstanceProfile', {
  authorize({ InstanceProfileName, RoleName }, view) {
    const { resource, context } = roleResource(view, RoleName)
    // "The caller of this operation must be granted the PassRole permission on the IAM role" (IAM API Reference), and what is passed
    // to is EC2: Karpenter's published policy allows iam:PassRole for that service only (karpenter.sh, CloudFormation reference).
    const passed = { ...context, 'iam:PassedToService': 'ec2.amazonaws.com' }
    const also = [{ action: 'iam:PassRole', resource, context: passed }]
    return { ...instanceProfileResource(view, InstanceProfileName), also }
  },
  handle({ input }, { account, error }) {
    const profile = getInstanceProfile(account, input.InstanceProfileName, error)
    const { id: roleId } = getModifiableRole(account, input.RoleName, error)
    if (profile.roleId !== undefined) {
      // The same for the role that it has already (github.com/getmoto/moto/issues/6404 has the sentence).
      throw error('LimitExceeded', 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1')
    }
    account.instanceProfiles.put({ ...profile, roleId })
    return {}
  },
})
