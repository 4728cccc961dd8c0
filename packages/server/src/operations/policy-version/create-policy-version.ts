import { quota } from '../../account/quotas.ts'
import type { PolicyRecord, PolicyVersionRecord } from '../../account/records.ts'
import { writeOperation } from '../operation.ts'
import { assertManagedDocument } from '../policy/assert-managed-document.ts'
import { getOwnPolicy, policyNotAttachable, policyResource } from '../policy/requested-policy.ts'
import { versionsOf } from './policy-versions.ts'
import { versionView } from './version-view.ts'

/** Adds a version. Its number is never given again, also not after the version is deleted. */
export const CreatePolicyVersion = writeOperation('CreatePolicyVersion', {
  // The default version can be set along with it, and that needs no iam:SetDefaultPolicyVersion.
  authorize: ({ PolicyArn }, view) => policyResource(view, PolicyArn),
  handle({ input: { PolicyArn: arn, PolicyDocument, SetAsDefault = false } }, scene) {
    const { account, now, error } = scene
    const policy = getOwnPolicy(scene, { operation: 'CreatePolicyVersion', arn, missing: policyNotAttachable(arn) })
    assertManagedDocument(account, PolicyDocument, error)
    const versionsMax = quota(account, 'VersionsPerPolicyQuota')
    if (versionsOf(account, policy.id).length >= versionsMax) {
      throw error(
        'LimitExceeded',
        `A managed policy can have up to ${versionsMax} versions. ` +
          'Before you create a new version, you must delete an existing version.',
      )
    }
    const number = policy.lastVersion + 1
    const createdAt = now.toISOString()
    const version: PolicyVersionRecord = { policyId: policy.id, version: number, document: PolicyDocument, createdAt }
    const changed: PolicyRecord = {
      ...policy,
      lastVersion: number,
      // "The date and time when the most recent policy version was created" (IAM API Reference, Policy).
      updatedAt: createdAt,
      defaultVersion: SetAsDefault ? number : policy.defaultVersion,
    }
    account.policyVersions.put(version)
    account.policies.put(changed)
    return { PolicyVersion: versionView(version, changed) }
  },
})
