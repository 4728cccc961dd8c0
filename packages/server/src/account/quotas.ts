/**
 * Account quotas: AWS's defaults (IAM and STS quotas page), raised per account by iamd:PutAccountQuotas.
 *
 * Names are the keys of GetAccountSummary where it has one.
 */
import type { AccountReader } from './account-tables.ts'
import { findReadable } from './table.ts'

export const DEFAULT_QUOTAS = {
  UsersQuota: 5000,
  GroupsQuota: 300,
  RolesQuota: 1000,
  PoliciesQuota: 1500,
  InstanceProfilesQuota: 1000,
  ServerCertificatesQuota: 20,
  GroupsPerUserQuota: 10,
  AccessKeysPerUserQuota: 2,
  MFADevicesPerUserQuota: 8,
  /** For each service. */
  ServiceSpecificCredentialsPerUserQuota: 2,
  SigningCertificatesPerUserQuota: 2,
  SSHPublicKeysPerUserQuota: 5,
  AttachedPoliciesPerUserQuota: 10,
  AttachedPoliciesPerGroupQuota: 10,
  AttachedPoliciesPerRoleQuota: 20,
  VersionsPerPolicyQuota: 5,
  PolicySizeQuota: 6144,
  UserPolicySizeQuota: 2048,
  GroupPolicySizeQuota: 5120,
  RolePolicySizeQuota: 10240,
  AssumeRolePolicySizeQuota: 2048,
  PolicyVersionsInUseQuota: 10000,
} as const

export type QuotaName = keyof typeof DEFAULT_QUOTAS

/** What holds in the account. Throws UnreadableRecord. */
export function quota(account: AccountReader, name: QuotaName): number {
  return findReadable(account.quotas, name)?.value ?? DEFAULT_QUOTAS[name]
}

export function isQuotaName(name: string): name is QuotaName {
  return Object.hasOwn(DEFAULT_QUOTAS, name)
}

/** Every quota that there is, by name in the order in which they are declared, with the value that holds in this account. */
export function allQuotas(account: AccountReader): readonly { readonly name: QuotaName; readonly value: number }[] {
  return Object.keys(DEFAULT_QUOTAS)
    .filter(isQuotaName)
    .map((name) => ({ name, value: quota(account, name) }))
}
