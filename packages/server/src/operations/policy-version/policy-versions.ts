/** The versions of the account's own policies: how they are found and counted. */
import { type AccountReader, pairPrefix, policyVersionKey } from '../../account/account-tables.ts'
import type { PolicyRecord, PolicyVersionRecord } from '../../account/records.ts'
import { getOwnPolicy, type PolicyRequest, type PolicyScene, policyVersionMissing } from '../policy/requested-policy.ts'
import { parseVersionId } from './version-view.ts'

/** Newest first, as ListPolicyVersions answers them (observed). They are few: see VersionsPerPolicyQuota. */
export function versionsOf(account: AccountReader, policyId: string): PolicyVersionRecord[] {
  return account.policyVersions
    .scan({ prefix: pairPrefix(policyId) })
    .toArray()
    .toReversed()
}

export function findVersion(account: AccountReader, policyId: string, id: string): PolicyVersionRecord | undefined {
  const version = parseVersionId(id)
  return version === undefined ? undefined : account.policyVersions.find(policyVersionKey(policyId, version))
}

interface VersionRequest extends Pick<PolicyRequest, 'operation' | 'arn'> {
  readonly versionId: string
}

/** The version and its policy for an operation that changes them: the policy is the account's own. */
export function getOwnVersion(
  scene: PolicyScene,
  request: VersionRequest,
): { readonly policy: PolicyRecord; readonly version: PolicyVersionRecord } {
  const missing = policyVersionMissing(request.arn, request.versionId)
  const policy = getOwnPolicy(scene, { ...request, missing })
  const version = findVersion(scene.account, policy.id, request.versionId)
  if (version === undefined) throw scene.error('NoSuchEntity', missing)
  return { policy, version }
}
