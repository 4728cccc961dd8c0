import type { SummaryKeyType } from '@iamd/wire'
import { accessKeysOf } from '../../account/access-key.ts'
import type { AccountReader } from '../../account/account-tables.ts'
import { assignedVirtualDevices, enabledDevicesOf } from '../../account/credential/mfa-device.ts'
import { signingCertificatesOf } from '../../account/credential/signing-certificate.ts'
import { quota } from '../../account/quotas.ts'
import { usedPolicyArns } from '../../account/policy/used-policies.ts'
import { readOperation } from '../operation.ts'

/** Every key that AWS answers (observed in 2026), also of what an account of this version cannot have: there are none of that. */
export const GetAccountSummary = readOperation('GetAccountSummary', {
  authorize: () => ({ resource: '*' }),
  handle: (_call, { account, accountId }) => ({
    SummaryMap: { ...counts(account), ...rootUser(account, accountId), ...quotas(account) },
  }),
})

type Summary = Readonly<Partial<Record<SummaryKeyType, number>>>

function counts(account: AccountReader): Summary {
  return {
    Users: account.users.size,
    Groups: account.groups.size,
    Roles: account.roles.size,
    Policies: account.policies.size,
    // Despite the name: distinct managed policies that are attached or a boundary, AWS's own among them (observed).
    PolicyVersionsInUse: [...usedPolicyArns(account)].length,
    InstanceProfiles: account.instanceProfiles.size,
    ServerCertificates: account.serverCertificates.size,
    Providers: 0,
    MFADevices: account.virtualMfaDevices.size + account.fidoDevices.size,
    MFADevicesInUse: assignedVirtualDevices(account).toArray().length + account.fidoDevices.size,
  }
}

/** Facts, as 1 or 0; GlobalEndpointTokenVersion is 1 until SetSecurityTokenServicePreferences says otherwise. */
function rootUser(account: AccountReader, accountId: string): Summary {
  return {
    AccountAccessKeysPresent: Number(accessKeysOf(account, accountId).some(() => true)),
    AccountPasswordPresent: Number(account.loginProfiles.find(accountId) !== undefined),
    AccountMFAEnabled: Number(enabledDevicesOf(account, accountId).length > 0),
    AccountSigningCertificatesPresent: Number(signingCertificatesOf(account, accountId).some(() => true)),
    GlobalEndpointTokenVersion: 1,
  }
}

/** Those that GetAccountSummary has; iamd:GetAccountQuotas has all. */
const QUOTAS = [
  'AccessKeysPerUserQuota',
  'AssumeRolePolicySizeQuota',
  'AttachedPoliciesPerGroupQuota',
  'AttachedPoliciesPerRoleQuota',
  'AttachedPoliciesPerUserQuota',
  'GroupPolicySizeQuota',
  'GroupsPerUserQuota',
  'GroupsQuota',
  'InstanceProfilesQuota',
  'PoliciesQuota',
  'PolicySizeQuota',
  'PolicyVersionsInUseQuota',
  'RolePolicySizeQuota',
  'RolesQuota',
  'ServerCertificatesQuota',
  'SigningCertificatesPerUserQuota',
  'UserPolicySizeQuota',
  'UsersQuota',
  'VersionsPerPolicyQuota',
] as const

function quotas(account: AccountReader): Summary {
  return Object.fromEntries(QUOTAS.map((name) => [name, quota(account, name)]))
}
