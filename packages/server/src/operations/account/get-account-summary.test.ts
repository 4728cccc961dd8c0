import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AttachRolePolicyCommand, DeleteAccessKeyCommand, GetAccountSummaryCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { createDevice, enableNewDevice, givePasskey } from '../../../test/credentials/mfa-devices.ts'
import { createRole } from '../../../test/roles/roles.ts'
import { uploadServerCertificate, uploadSigningCertificate } from '../../../test/credentials/uploads.ts'
import { NOON, World } from '../../../test/world.ts'

const CREATED = NOON.toISOString()

/** What AWS answers for an account in which nothing was changed but what the operator made: the root user's access key. */
const FRESH = {
  AccessKeysPerUserQuota: 2,
  AccountAccessKeysPresent: 1,
  AccountMFAEnabled: 0,
  AccountPasswordPresent: 0,
  AccountSigningCertificatesPresent: 0,
  AssumeRolePolicySizeQuota: 2048,
  AttachedPoliciesPerGroupQuota: 10,
  AttachedPoliciesPerRoleQuota: 20,
  AttachedPoliciesPerUserQuota: 10,
  GlobalEndpointTokenVersion: 1,
  GroupPolicySizeQuota: 5120,
  Groups: 0,
  GroupsPerUserQuota: 10,
  GroupsQuota: 300,
  InstanceProfiles: 0,
  InstanceProfilesQuota: 1000,
  MFADevices: 0,
  MFADevicesInUse: 0,
  Policies: 0,
  PoliciesQuota: 1500,
  PolicySizeQuota: 6144,
  PolicyVersionsInUse: 0,
  PolicyVersionsInUseQuota: 10000,
  Providers: 0,
  RolePolicySizeQuota: 10240,
  Roles: 0,
  RolesQuota: 1000,
  ServerCertificates: 0,
  ServerCertificatesQuota: 20,
  SigningCertificatesPerUserQuota: 2,
  UserPolicySizeQuota: 2048,
  Users: 0,
  UsersQuota: 5000,
  VersionsPerPolicyQuota: 5,
}

async function summaryOf(world: World): Promise<object | undefined> {
  return (await world.iam().send(new GetAccountSummaryCommand({}))).SummaryMap
}

test('GetAccountSummary answers every key that AWS has', async () => {
  assert.deepEqual(await summaryOf(await World.create()), FRESH)
})

test('GetAccountSummary counts users, groups, policies, and each managed policy that is attached once', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await world.createUser('Carol')
  await world.change((account) => {
    account.groups.put({ id: 'AGPAADMINS', name: 'Admins', path: '/', createdAt: CREATED })
    const policy = { createdAt: CREATED, updatedAt: CREATED, defaultVersion: 1, lastVersion: 1, path: '/', tags: [] }
    for (const name of ['Used', 'UsedToo', 'Unused']) account.policies.put({ ...policy, id: `ANPA${name}`, name })
    for (const [ownerId, policyArn] of [
      ['AIDABOB', 'arn:aws:iam::123456789012:policy/Used'],
      ['AIDABOB', 'arn:aws:iam::123456789012:policy/UsedToo'],
      ['AIDABOB', 'arn:aws:iam::aws:policy/AdministratorAccess'],
      ['AGPAADMINS', 'arn:aws:iam::123456789012:policy/Used'],
      ['AGPAADMINS', 'arn:aws:iam::aws:policy/AdministratorAccess'],
    ] as const) {
      account.attachments.put({ ownerId, policyArn, attachedAt: CREATED })
    }
  })
  assert.deepEqual(await summaryOf(world), { ...FRESH, Users: 2, Groups: 1, Policies: 3, PolicyVersionsInUse: 3 })
})

test('GetAccountSummary counts roles, and the policies that they have and that limit them', async () => {
  const world = await World.create()
  await createRole(world, 'Reader', { PermissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' })
  await createRole(world, 'Writer')
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
  await world.iam().send(new AttachRolePolicyCommand({ RoleName: 'Writer', PolicyArn }))
  assert.deepEqual(await summaryOf(world), { ...FRESH, Roles: 2, PolicyVersionsInUse: 2 })
})

test('GetAccountSummary counts MFA devices, those in use too, and says whether the root user has one', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await createDevice(world, 'Spare')
  await enableNewDevice(world, 'Bob', 'Phone')
  await givePasskey(world)
  const before = { ...FRESH, Users: 1, MFADevices: 3, MFADevicesInUse: 2 }
  assert.deepEqual(await summaryOf(world), before)
  await enableNewDevice(world, world.accountId, 'Safe')
  assert.deepEqual(await summaryOf(world), { ...before, MFADevices: 4, MFADevicesInUse: 3, AccountMFAEnabled: 1 })
})

test('GetAccountSummary says whether the root user has a password and access keys; those of users do not count', async () => {
  const world = await World.create()
  const admin = await world.createUser('Admin', { Effect: 'Allow', Action: '*', Resource: '*' })
  await world.change((account) =>
    account.loginProfiles.put({
      ownerId: world.accountId,
      createdAt: CREATED,
      changedAt: CREATED,
      passwordHash: '',
      resetRequired: false,
      previousHashes: [],
    }),
  )
  await world.iam().send(new DeleteAccessKeyCommand({ AccessKeyId: world.root.accessKeyId }))
  const { SummaryMap } = await world.iam(admin).send(new GetAccountSummaryCommand({}))
  assert.deepEqual(SummaryMap, { ...FRESH, Users: 1, AccountAccessKeysPresent: 0, AccountPasswordPresent: 1 })
})

test('GetAccountSummary counts server certificates, and says whether the root user has a signing certificate', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await uploadSigningCertificate(world, 'Bob')
  for (const name of ['One', 'Two']) await uploadServerCertificate(world, name)
  assert.deepEqual(await summaryOf(world), { ...FRESH, Users: 1, ServerCertificates: 2 })
  await uploadSigningCertificate(world)
  const withRoots = { ...FRESH, Users: 1, ServerCertificates: 2, AccountSigningCertificatesPresent: 1 }
  assert.deepEqual(await summaryOf(world), withRoots)
})

test("GetAccountSummary answers the account's own quotas", async () => {
  const world = await World.create()
  await world.change((account) => account.quotas.put({ name: 'UsersQuota', value: 9000 }))
  assert.deepEqual(await summaryOf(world), { ...FRESH, UsersQuota: 9000 })
})

test('GetAccountSummary needs iam:GetAccountSummary', async () => {
  await assertNeeds(await World.create(), {
    action: 'iam:GetAccountSummary',
    resource: '*',
    call: (client) => client.send(new GetAccountSummaryCommand({})),
  })
})
