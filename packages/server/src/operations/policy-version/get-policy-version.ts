import type { PolicyVersion } from '@iamd/wire'
import type { AccountReader } from '../../account/account-tables.ts'
import { policyDocumentView } from '../../account/policy/policy-document.ts'
import type { ManagedPolicy } from '../../catalogue/managed-policy.ts'
import { readOperation } from '../operation.ts'
import { getPolicy, policyResource, policyVersionMissing } from '../policy/requested-policy.ts'
import { findVersion } from './policy-versions.ts'
import { awsVersionView, versionView } from './version-view.ts'

/** A version with its document. Of AWS's policies only the default version is there. */
export const GetPolicyVersion = readOperation('GetPolicyVersion', {
  authorize: ({ PolicyArn }, view) => policyResource(view, PolicyArn),
  handle({ input: { PolicyArn: arn, VersionId } }, scene) {
    const missing = policyVersionMissing(arn, VersionId)
    const policy = getPolicy(scene, { operation: 'GetPolicyVersion', arn, missing })
    const version = wholeVersionView(scene.account, policy, VersionId)
    if (version === undefined) throw scene.error('NoSuchEntity', missing)
    return { PolicyVersion: version }
  },
})

function wholeVersionView(account: AccountReader, managed: ManagedPolicy, id: string): PolicyVersion | undefined {
  if (managed.kind === 'aws') {
    const { policy } = managed
    if (policy.defaultVersionId !== id) return undefined
    return { ...awsVersionView(policy), Document: policyDocumentView(policy.document) }
  }
  const version = findVersion(account, managed.policy.id, id)
  if (version === undefined) return undefined
  return { ...versionView(version, managed.policy), Document: policyDocumentView(version.document) }
}
