import type { PolicyVersion } from '@iamd/wire'
import type { AccountReader } from '../../account/account-tables.ts'
import type { ManagedPolicy } from '../../catalogue/managed-policy.ts'
import { readOperation } from '../operation.ts'
import { page } from '../page.ts'
import { getPolicy, policyNotAttachable, policyResource } from '../policy/requested-policy.ts'
import { versionsOf } from './policy-versions.ts'
import { awsVersionView, parseVersionId, versionView } from './version-view.ts'

/** The versions without their documents, newest first. Of AWS's policies only the default version is there. */
export const ListPolicyVersions = readOperation('ListPolicyVersions', {
  authorize: ({ PolicyArn }, view) => policyResource(view, PolicyArn),
  handle({ input }, scene) {
    const { PolicyArn: arn } = input
    const policy = getPolicy(scene, { operation: 'ListPolicyVersions', arn, missing: policyNotAttachable(arn) })
    const { rows, truncation } = page(scene, {
      operation: 'ListPolicyVersions',
      input,
      filter: policy.policy.id,
      rows: (after) => versionViews(scene.account, policy).filter((version) => isAfter(version, after)),
      position: ({ VersionId = '' }) => VersionId,
    })
    return { Versions: rows, ...truncation }
  },
})

function versionViews(account: AccountReader, managed: ManagedPolicy): PolicyVersion[] {
  if (managed.kind === 'aws') return [awsVersionView(managed.policy)]
  const { policy } = managed
  return versionsOf(account, policy.id).map((version) => versionView(version, policy))
}

function isAfter({ VersionId = '' }: PolicyVersion, after: string | undefined): boolean {
  if (after === undefined) return true
  return (parseVersionId(VersionId) ?? 0) < (parseVersionId(after) ?? 0)
}
