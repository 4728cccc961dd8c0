import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  DeleteUserCommand,
  type EntityType,
  GetAccountAuthorizationDetailsCommand,
  type GetAccountAuthorizationDetailsResponse,
  GetGroupCommand,
  GetPolicyCommand,
  GetUserCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { allPages } from '../../../test/all-pages.ts'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { createRole, roleOf, trustPolicy } from '../../../test/roles/roles.ts'
import { NOON, World } from '../../../test/world.ts'

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess'
const OWN = 'arn:aws:iam::123456789012:policy/team/Own'
const LATER = new Date('2026-11-22T13:00:00Z')

function documentFor(action: string): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] })
}

/** The document as answers have it. */
function encoded(action: string): string {
  return encodeURIComponent(documentFor(action)).replaceAll('*', '%2A')
}

/** Bob and Carol, of whom Bob has everything; the groups Admins and Empty; the roles Bare and Reader, which has everything; a policy with two versions that Bob has, and one that nobody has. */
async function filledWorld(): Promise<World> {
  const world = await World.create()
  const iam = world.iam()
  const Tags = [{ Key: 'Team', Value: 'blue' }]
  await iam.send(new CreateUserCommand({ UserName: 'Bob', Path: '/team/', Tags }))
  await iam.send(new CreateUserCommand({ UserName: 'Carol' }))
  for (const GroupName of ['Admins', 'Empty']) await iam.send(new CreateGroupCommand({ GroupName }))
  await iam.send(new AddUserToGroupCommand({ UserName: 'Bob', GroupName: 'Admins' }))
  const PolicyDocument = documentFor('s3:Get*')
  await iam.send(new CreatePolicyCommand({ PolicyName: 'Own', Path: '/team/', PolicyDocument }))
  await iam.send(new CreatePolicyCommand({ PolicyName: 'Unused', PolicyDocument }))
  world.now = LATER
  const second = { PolicyArn: OWN, PolicyDocument: documentFor('s3:List*'), SetAsDefault: true }
  await iam.send(new CreatePolicyVersionCommand(second))
  world.now = NOON
  await iam.send(new AttachUserPolicyCommand({ UserName: 'Bob', PolicyArn: OWN }))
  await iam.send(new AttachGroupPolicyCommand({ GroupName: 'Admins', PolicyArn: ADMINISTRATOR }))
  await iam.send(new PutUserPolicyCommand({ UserName: 'Bob', PolicyName: 'inline', PolicyDocument }))
  const AssumeRolePolicyDocument = trustPolicy({ AWS: 'arn:aws:iam::123456789012:user/team/Bob' })
  const reader = { AssumeRolePolicyDocument, Description: 'reads', PermissionsBoundary: ADMINISTRATOR, Tags }
  await createRole(world, 'Reader', { Path: '/team/', ...reader })
  await createRole(world, 'Bare')
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'Reader', PolicyArn: OWN }))
  await iam.send(new PutRolePolicyCommand({ RoleName: 'Reader', PolicyName: 'inline', PolicyDocument }))
  await iam.send(new PutGroupPolicyCommand({ GroupName: 'Admins', PolicyName: 'inline', PolicyDocument }))
  return world
}

function details(
  world: World,
  input: GetAccountAuthorizationDetailsCommand['input'] = {},
): Promise<GetAccountAuthorizationDetailsResponse> {
  return world.iam().send(new GetAccountAuthorizationDetailsCommand(input))
}

test('GetAccountAuthorizationDetails answers each user with its tags, groups and policies', async () => {
  const world = await filledWorld()
  const { User: bob } = await world.iam().send(new GetUserCommand({ UserName: 'Bob' }))
  const { User: carol } = await world.iam().send(new GetUserCommand({ UserName: 'Carol' }))
  const { UserDetailList } = await details(world)
  assert.deepEqual(UserDetailList, [
    {
      ...bob,
      UserPolicyList: [{ PolicyName: 'inline', PolicyDocument: encoded('s3:Get*') }],
      GroupList: ['Admins'],
      AttachedManagedPolicies: [{ PolicyName: 'Own', PolicyArn: OWN }],
      Tags: [{ Key: 'Team', Value: 'blue' }],
    },
    { ...carol, GroupList: [], AttachedManagedPolicies: [], Tags: [] },
  ])
})

test('GetAccountAuthorizationDetails answers each group with its policies, also a group that has none', async () => {
  const world = await filledWorld()
  const { Group: admins } = await world.iam().send(new GetGroupCommand({ GroupName: 'Admins' }))
  const { Group: empty } = await world.iam().send(new GetGroupCommand({ GroupName: 'Empty' }))
  const { GroupDetailList } = await details(world)
  assert.deepEqual(GroupDetailList, [
    {
      ...admins,
      GroupPolicyList: [{ PolicyName: 'inline', PolicyDocument: encoded('s3:Get*') }],
      AttachedManagedPolicies: [{ PolicyName: 'AdministratorAccess', PolicyArn: ADMINISTRATOR }],
    },
    { ...empty, GroupPolicyList: [], AttachedManagedPolicies: [] },
  ])
})

test('GetAccountAuthorizationDetails answers each role with whom it trusts, its policies and its last use', async () => {
  const world = await filledWorld()
  const principalId = world.account.roles.find('reader')?.id ?? ''
  world.activity.notePrincipalUse({
    accountId: world.accountId,
    principalId,
    action: 's3:GetObject',
    region: 'eu-central-1',
    allowed: true,
    time: NOON.getTime(),
  })
  const { Description: _text, MaxSessionDuration: _seconds, ...reader } = await roleOf(world, 'Reader')
  const { MaxSessionDuration: _default, ...bare } = await roleOf(world, 'Bare')
  assert.deepEqual(reader.RoleLastUsed, { LastUsedDate: NOON, Region: 'eu-central-1' })
  const { RoleDetailList } = await details(world)
  assert.deepEqual(RoleDetailList, [
    { ...bare, InstanceProfileList: [], RolePolicyList: [], AttachedManagedPolicies: [], Tags: [] },
    {
      ...reader,
      InstanceProfileList: [],
      RolePolicyList: [{ PolicyName: 'inline', PolicyDocument: encoded('s3:Get*') }],
      AttachedManagedPolicies: [{ PolicyName: 'Own', PolicyArn: OWN }],
    },
  ])
})

test("GetAccountAuthorizationDetails answers every policy of the account, and of AWS's those that are attached, with their versions", async () => {
  const world = await filledWorld()
  const { Policies = [] } = await details(world)
  assert.deepEqual(
    Policies.map(({ Arn }) => Arn),
    [OWN, 'arn:aws:iam::123456789012:policy/Unused', ADMINISTRATOR],
  )
  const [own, , administrator] = Policies
  const { Policy } = await world.iam().send(new GetPolicyCommand({ PolicyArn: OWN }))
  const { Tags: _tags, ...listed } = Policy ?? {}
  assert.deepEqual(own, {
    ...listed,
    PolicyVersionList: [
      { VersionId: 'v2', IsDefaultVersion: true, CreateDate: LATER, Document: encoded('s3:List*') },
      { VersionId: 'v1', IsDefaultVersion: false, CreateDate: NOON, Document: encoded('s3:Get*') },
    ],
  })
  assert.equal(administrator?.AttachmentCount, 1)
  assert.deepEqual(
    administrator.PolicyVersionList?.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion]),
    [[administrator.DefaultVersionId, true]],
  )
  const text = decodeURIComponent(administrator.PolicyVersionList?.[0]?.Document ?? '')
  assert.deepEqual(JSON.parse(text), {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  })
})

/** How many of each kind a filter leaves: users, groups, roles, policies. */
const FILTERS: readonly [filter: EntityType[], counts: readonly [number, number, number, number]][] = [
  [[], [2, 2, 2, 3]],
  [['User'], [2, 0, 0, 0]],
  [['Group'], [0, 2, 0, 0]],
  [['Role'], [0, 0, 2, 0]],
  [['LocalManagedPolicy'], [0, 0, 0, 2]],
  [['AWSManagedPolicy'], [0, 0, 0, 1]],
  [
    ['AWSManagedPolicy', 'User'],
    [2, 0, 0, 1],
  ],
]

for (const [Filter, counts] of FILTERS) {
  test(`GetAccountAuthorizationDetails with the filter [${Filter.join()}] answers those kinds, and an empty list of each other`, async () => {
    const { UserDetailList, GroupDetailList, RoleDetailList, Policies } = await details(await filledWorld(), { Filter })
    assert.deepEqual(
      [UserDetailList, GroupDetailList, RoleDetailList, Policies].map((list) => list?.length),
      counts,
    )
  })
}

for (const MaxItems of [1, 2, 3, 6]) {
  test(`GetAccountAuthorizationDetails answers everything once in pages of ${MaxItems} across kinds`, async () => {
    const world = await filledWorld()
    const whole = await details(world)
    const pages = await allPages((Marker) => details(world, { MaxItems, Marker }))
    for (const list of ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'] as const) {
      assert.deepEqual(
        pages.flatMap((page) => page[list] ?? []),
        whole[list],
      )
    }
    for (const { UserDetailList = [], GroupDetailList = [], RoleDetailList = [], Policies = [] } of pages.slice(
      0,
      -1,
    )) {
      const lists = [UserDetailList, GroupDetailList, RoleDetailList, Policies]
      assert.equal(lists.flat().length, MaxItems)
    }
  })
}

test('GetAccountAuthorizationDetails goes on from where it was when that has been deleted', async () => {
  const world = await filledWorld()
  const Filter: EntityType[] = ['User', 'Group']
  await world.iam().send(new CreateUserCommand({ UserName: 'Aaron' }))
  const { Marker } = await details(world, { Filter, MaxItems: 1 })
  await world.iam().send(new DeleteUserCommand({ UserName: 'Aaron' }))
  const rest = await details(world, { Filter, Marker })
  assert.deepEqual(
    rest.UserDetailList?.map(({ UserName }) => UserName),
    ['Bob', 'Carol'],
  )
})

test('GetAccountAuthorizationDetails refuses a marker that was given for another filter; the order of kinds does not matter', async () => {
  const world = await filledWorld()
  const { Marker } = await details(world, { Filter: ['User', 'Group'], MaxItems: 1 })
  await details(world, { Filter: ['Group', 'User'], Marker })
  await assert.rejects(details(world, { Filter: ['User'], Marker }), {
    name: 'ValidationError',
    message: 'Marker and Filter do not match',
  })
})

test('GetAccountAuthorizationDetails needs iam:GetAccountAuthorizationDetails', async () => {
  await assertNeeds(await World.create(), {
    action: 'iam:GetAccountAuthorizationDetails',
    resource: '*',
    call: (client) => client.send(new GetAccountAuthorizationDetailsCommand({})),
  })
})
