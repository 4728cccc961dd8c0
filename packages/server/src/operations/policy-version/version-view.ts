/** Versions of managed policies: their ids, and how answers show them. */
import type { PolicyVersion } from '@iamd/wire'
import type { AwsManagedPolicy } from '../../catalogue/aws-managed-policies.ts'
import type { PolicyRecord, PolicyVersionRecord } from '../../account/records.ts'

export function versionId(version: number): string {
  return `v${version}`
}

/** The number in `v12`; undefined for ids that no version ever gets, such as `v1.beta`, which the model allows. */
export function parseVersionId(id: string): number | undefined {
  const [, digits] = /^v([1-9]\d{0,9})$/.exec(id) ?? []
  return digits === undefined ? undefined : Number(digits)
}

/** A version as all operations but GetPolicyVersion show it: without its document (IAM API Reference, PolicyVersion). */
export function versionView(version: PolicyVersionRecord, policy: PolicyRecord): PolicyVersion {
  return {
    VersionId: versionId(version.version),
    IsDefaultVersion: version.version === policy.defaultVersion,
    CreateDate: new Date(version.createdAt),
  }
}

/** The default version of a policy of AWS: the only one of which the catalogue knows more than that it existed. */
export function awsVersionView(policy: AwsManagedPolicy): PolicyVersion {
  return { VersionId: policy.defaultVersionId, IsDefaultVersion: true, CreateDate: new Date(policy.updateDate) }
}
