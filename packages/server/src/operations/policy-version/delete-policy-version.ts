import { policyVersionKey } from '../../account/account-tables.ts'
import { writeOperation } from '../operation.ts'
import { policyResource } from '../policy/requested-policy.ts'
import { getOwnVersion } from './policy-versions.ts'

export const DeletePolicyVersion = writeOperation('DeletePolicyVersion', {
  authorize: ({ PolicyArn }, view) => policyResource(view, PolicyArn),
  handle({ input: { PolicyArn: arn, VersionId } }, scene) {
    const { account, error } = scene
    const { policy, version } = getOwnVersion(scene, { operation: 'DeletePolicyVersion', arn, versionId: VersionId })
    if (version.version === policy.defaultVersion) {
      throw error('DeleteConflict', 'Cannot delete the default version of a policy.')
    }
    account.policyVersions.delete(policyVersionKey(policy.id, version.version))
    return {}
  },
})
