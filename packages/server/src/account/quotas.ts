/**
 * Account quotas: AWS's defaults (IAM and STS quotas page), raised per account by iamd:PutAccountQuotas.
 *
 * Names are the keys of GetAccountSummary where it has one.
 */
import type { AccountReader } from './account-tables.ts'

export const DEFAULT_QUOTAS = {
  UsersQuota: 5000,
  GroupsQuota: 300,
  RolesQuota: 1000,
  PoliciesQuota: 1500,
  InstanceProfilesQuota: 1000,
  ServerCertificatesQuota: 20,
  GroupsPerUserQuota: 10,
  AccessKeysPerUserQuota: 2,
  SigningCertificatesPerUserQuota: 2,
  AttachedPoliciesPerUserQuota: 10,
  AttachedPoliciesPerGroupQuota: 10,
  AttachedPoliciesPerRoleQuota: 20,
  VersionsPerPolicyQuota: 5,
  PolicySizeQuota: 6144,
  UserPolicySizeQuota: 2048,
  GroupPolicySizeQuota: 5120,
  AssumeRolePolicySizeQuota: 2048,
  PolicyVersionsInUseQuota: 10000,
} as const

export type QuotaName = keyof typeof DEFAULT_QUOTAS

export function quota(account: AccountReader, name: QuotaName): number {
  return account.quotas.find(name)?.value ?? DEFAULT_QUOTAS[name]
}
