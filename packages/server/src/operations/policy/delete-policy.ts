import { type AccountReader, nameKey, policyVersionKey } from '../../account/account-tables.ts'
import type { PolicyRecord } from '../../account/records.ts'
import { isAttached, isBoundary } from '../../account/policy/used-policies.ts'
import { writeOperation } from '../operation.ts'
import { versionsOf } from '../policy-version/policy-versions.ts'
import { getOwnPolicy, policyNotAttachable, policyResource } from './requested-policy.ts'

/** Deletes a policy that is attached to nothing and nobody's boundary, and its default version, which must be its last: nothing is left behind. */
export const DeletePolicy = writeOperation('DeletePolicy', {
  authorize: ({ PolicyArn }, view) => policyResource(view, PolicyArn),
  handle({ input: { PolicyArn: arn } }, scene) {
    const { account, error } = scene
    const policy = getOwnPolicy(scene, { operation: 'DeletePolicy', arn, missing: policyNotAttachable(arn) })
    const conflict = conflictOf(account, arn, policy)
    if (conflict !== undefined) throw error('DeleteConflict', conflict)
    account.policyVersions.delete(policyVersionKey(policy.id, policy.defaultVersion))
    account.policies.delete(nameKey(policy.name))
    return {}
  },
})

/** AWS's sentence about what keeps the policy, asked in the order of the steps in the IAM API Reference, DeletePolicy. */
function conflictOf(account: AccountReader, arn: string, policy: PolicyRecord): string | undefined {
  // The same sentence for a policy that is only somebody's boundary (github.com/gruntwork-io/cloud-nuke/issues/972).
  if (isAttached(account, arn) || isBoundary(account, arn)) {
    return 'Cannot delete a policy attached to entities.'
  }
  if (versionsOf(account, policy.id).length > 1) {
    return (
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. " +
      'The default version is deleted with the policy.'
    )
  }
  return undefined
}
