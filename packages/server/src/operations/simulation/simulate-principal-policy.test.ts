import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  SimulatePrincipalPolicyCommand,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { createPolicy } from '../../../test/managed-policies.ts'
import { createRole } from '../../../test/roles/roles.ts'
import {
  ALLOW_ALL,
  BUCKET_A,
  BUCKET_B,
  entry,
  places,
  policy,
  simulatePrincipal,
  statement,
} from '../../../test/simulation/simulations.ts'
import { World } from '../../../test/world.ts'

const USER = 'arn:aws:iam::123456789012:user/path/Ann'
const GROUP = 'arn:aws:iam::123456789012:group/path/Team'
const READ_ONLY = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'
const ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']

/** Ann may get one object by an inline policy, put another by one of her group, and delete by a managed one of both. */
async function worldOfAnn(): Promise<World> {
  const world = await World.create()
  const client = world.iam()
  const [Path, UserName, GroupName] = ['/path/', 'Ann', 'Team']
  const get = policy(statement({ Resource: BUCKET_A }))
  const put = policy(statement({ Action: 's3:PutObject', Resource: BUCKET_B }))
  const PolicyDocument = policy(statement({ Action: 's3:DeleteObject' }))
  const PolicyArn = await createPolicy(world, 'Deleters', { Path, PolicyDocument })
  await client.send(new CreateUserCommand({ UserName, Path }))
  await client.send(new CreateGroupCommand({ GroupName, Path }))
  await client.send(new AddUserToGroupCommand({ UserName, GroupName }))
  await client.send(new PutUserPolicyCommand({ UserName, PolicyName: 'Get', PolicyDocument: get }))
  await client.send(new PutGroupPolicyCommand({ GroupName, PolicyName: 'Put', PolicyDocument: put }))
  await client.send(new AttachUserPolicyCommand({ UserName, PolicyArn }))
  await client.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }))
  return world
}

type Input = Omit<Parameters<typeof simulatePrincipal>[1], 'PolicySourceArn'> & { readonly PolicySourceArn?: string }

/** The decisions of Ann's three actions on both objects, unless the input says otherwise. */
async function decisions(world: World, input: Input = {}): Promise<string[]> {
  const results = await simulatePrincipal(world, {
    PolicySourceArn: USER,
    ActionNames: ACTIONS,
    ResourceArns: [BUCKET_A, BUCKET_B],
    ...input,
  })
  return results.map(({ ResourceSpecificResults = [], EvalDecision }) =>
    ResourceSpecificResults.length === 0
      ? (EvalDecision ?? '')
      : ResourceSpecificResults.map(({ EvalResourceDecision }) => EvalResourceDecision).join(' '),
  )
}

const MINE = ['allowed implicitDeny', 'implicitDeny allowed', 'allowed allowed']

test("a user's simulation decides by its own policies and those of its groups, and names them", async () => {
  const world = await worldOfAnn()
  assert.deepEqual(await decisions(world), MINE)
  const results = await simulatePrincipal(world, {
    PolicySourceArn: USER,
    ActionNames: ACTIONS,
    ResourceArns: [BUCKET_B],
  })
  const [, , deleted] = results
  assert.equal(deleted?.ResourceSpecificResults?.[0]?.MatchedStatements?.length, 1)
  assert.deepEqual(results.map(places), [
    [],
    ['group_Team_Put 1:38-1:115'],
    // Attached to the user and to the group, and yet one.
    ['Deleters 1:38-1:98'],
  ])
  const [get] = await simulatePrincipal(world, { PolicySourceArn: USER, ResourceArns: [BUCKET_A] })
  assert.deepEqual(get && places(get), ['user_Ann_Get 1:38-1:115'])
})

test("a group's simulation decides by the group's policies", async () => {
  const only = ['implicitDeny implicitDeny', 'implicitDeny allowed', 'allowed allowed']
  assert.deepEqual(await decisions(await worldOfAnn(), { PolicySourceArn: GROUP }), only)
})

/** The role Reader may do everything to both objects, by an inline policy and a managed one, and is limited to getting. */
async function worldOfReader(): Promise<World> {
  const world = await World.create()
  const RoleName = 'Reader'
  const limit = await createPolicy(world, 'Limit', { PolicyDocument: policy(statement({})) })
  await createRole(world, RoleName, { Path: '/path/', PermissionsBoundary: limit })
  const PolicyDocument = policy(statement({ Resource: BUCKET_A }))
  await world.iam().send(new PutRolePolicyCommand({ RoleName, PolicyName: 'Get', PolicyDocument }))
  const PolicyArn = await createPolicy(world, 'All', { PolicyDocument: policy(statement({ Action: 's3:PutObject' })) })
  await world.iam().send(new AttachRolePolicyCommand({ RoleName, PolicyArn }))
  return world
}

test("a role's simulation decides by its inline and managed policies and its boundary, and not by who trusts it", async () => {
  const world = await worldOfReader()
  const PolicySourceArn = 'arn:aws:iam::123456789012:role/path/Reader'
  assert.deepEqual(await decisions(world, { PolicySourceArn }), [
    'allowed implicitDeny',
    'implicitDeny implicitDeny',
    'implicitDeny implicitDeny',
  ])
  const PolicyExclusionList = [{ PolicyType: 'permission-boundary' as const }]
  assert.deepEqual(await decisions(world, { PolicySourceArn, PolicyExclusionList }), [
    'allowed implicitDeny',
    'allowed allowed',
    'implicitDeny implicitDeny',
  ])
  const [get] = await simulatePrincipal(world, { PolicySourceArn, ResourceArns: [BUCKET_A] })
  assert.deepEqual(get && places(get), ['role_Reader_Get 1:38-1:115'])
})

test('an entity is found by its name, whatever path and case the ARN has', async () => {
  const world = await worldOfAnn()
  for (const PolicySourceArn of [
    USER,
    USER.replace('/path', '/other/path'),
    USER.replace('/path', ''),
    USER.replace('Ann', 'ANN'),
  ]) {
    assert.deepEqual(await decisions(world, { PolicySourceArn }), MINE)
  }
})

test('policies of the request count beside those that are stored', async () => {
  const added = await decisions(await worldOfAnn(), { PolicyInputList: [ALLOW_ALL] })
  assert.deepEqual(added, ['allowed allowed', 'allowed allowed', 'allowed allowed'])
})

test('the boundary that is stored limits and is named by its name, until the request has another', async () => {
  const world = await worldOfAnn()
  const PolicyDocument = policy(
    statement({ Action: ['s3:GetObject', 's3:PutObject'] }),
    statement({ Effect: 'Deny', Resource: BUCKET_A }),
  )
  const PermissionsBoundary = await createPolicy(world, 'Limit', { PolicyDocument })
  await world.iam().send(new PutUserPermissionsBoundaryCommand({ UserName: 'Ann', PermissionsBoundary }))
  const limited = ['explicitDeny implicitDeny', 'implicitDeny allowed', 'implicitDeny implicitDeny']
  assert.deepEqual(await decisions(world), limited)
  const [denied] = await simulatePrincipal(world, { PolicySourceArn: USER, ResourceArns: [BUCKET_A] })
  assert.equal(denied?.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary, false)
  assert.deepEqual(
    denied.MatchedStatements?.map(({ SourcePolicyId, SourcePolicyType }) => [SourcePolicyId, SourcePolicyType]),
    [['Limit', 'Permissions Boundary Policy']],
  )
  assert.deepEqual(await decisions(world, { PermissionsBoundaryPolicyInputList: [ALLOW_ALL] }), MINE)
  const exclude = (
    identifier: { PolicyType: 'permission-boundary' | 'user-managed' } | { PolicyArn: string },
  ): Promise<string[]> => decisions(world, { PolicyExclusionList: [identifier] })
  assert.deepEqual(await exclude({ PolicyType: 'permission-boundary' }), MINE)
  // An identifier of managed policies leaves out none that is a boundary.
  assert.deepEqual(await exclude({ PolicyArn: PermissionsBoundary }), limited)
  assert.deepEqual(await exclude({ PolicyType: 'user-managed' }), limited)
})

const WITHOUT_GET = ['implicitDeny implicitDeny', 'implicitDeny allowed', 'allowed allowed']
const WITHOUT_PUT = ['allowed implicitDeny', 'implicitDeny implicitDeny', 'allowed allowed']
const WITHOUT_DELETE = ['allowed implicitDeny', 'implicitDeny allowed', 'implicitDeny implicitDeny']
const POLICY = 'arn:aws:iam::123456789012:policy/'

type Identifier = NonNullable<Input['PolicyExclusionList']>[number]

const EXCLUSIONS: readonly (readonly [string, Identifier, string[]])[] = [
  [
    'all inline policies',
    { PolicyType: 'inline' },
    ['implicitDeny implicitDeny', 'implicitDeny implicitDeny', 'allowed allowed'],
  ],
  ["the account's managed policies", { PolicyType: 'user-managed' }, WITHOUT_DELETE],
  ["AWS's managed policies, of which there are none", { PolicyType: 'aws-managed' }, MINE],
  ['policies of organizations, of which there are none', { PolicyType: 'scp' }, MINE],
  ['a managed policy by its name without its path', { PolicyArn: `${POLICY}Deleters` }, WITHOUT_DELETE],
  ['a managed policy by a pattern', { PolicyArn: `${POLICY}Del*s` }, WITHOUT_DELETE],
  ['a managed policy by a character', { PolicyArn: `${POLICY}Delet?rs` }, WITHOUT_DELETE],
  ['no managed policy by its path, which has no part in this', { PolicyArn: `${POLICY}path/Deleters` }, MINE],
  ['no managed policy by a pattern that is too long', { PolicyArn: `${POLICY}Deleter*rs` }, MINE],
  [
    "a user's inline policy",
    { InlinePolicyIdentifier: { PolicyName: 'Get', AttachmentType: 'user', AttachmentName: 'Ann' } },
    WITHOUT_GET,
  ],
  [
    "a group's inline policy by a pattern of the group",
    { InlinePolicyIdentifier: { PolicyName: 'Put', AttachmentType: 'group', AttachmentName: 'T?*' } },
    WITHOUT_PUT,
  ],
  [
    'no inline policy of another kind of owner',
    { InlinePolicyIdentifier: { PolicyName: 'Get', AttachmentType: 'group', AttachmentName: 'Ann' } },
    MINE,
  ],
  [
    'no inline policy of another owner',
    { InlinePolicyIdentifier: { PolicyName: 'Get', AttachmentType: 'user', AttachmentName: 'Anna*' } },
    MINE,
  ],
]

for (const [what, identifier, expected] of EXCLUSIONS) {
  test(`PolicyExclusionList leaves out ${what}`, async () => {
    assert.deepEqual(await decisions(await worldOfAnn(), { PolicyExclusionList: [identifier] }), expected)
  })
}

test("PolicyExclusionList leaves out AWS's managed policies, and no policy of the request", async () => {
  const world = await worldOfAnn()
  await world.iam().send(new AttachUserPolicyCommand({ UserName: 'Ann', PolicyArn: READ_ONLY }))
  const ask = (PolicyExclusionList: Identifier[], PolicyInputList: string[] = []): Promise<string[]> =>
    decisions(world, { PolicyExclusionList, PolicyInputList, ActionNames: ['s3:GetObjectAcl'] })
  assert.deepEqual(await ask([]), ['allowed allowed'])
  assert.deepEqual(await ask([{ PolicyType: 'aws-managed' }]), ['implicitDeny implicitDeny'])
  assert.deepEqual(await ask([{ PolicyArn: READ_ONLY }]), ['implicitDeny implicitDeny'])
  assert.deepEqual(await ask([{ PolicyType: 'aws-managed' }, { PolicyType: 'inline' }], [ALLOW_ALL]), [
    'allowed allowed',
  ])
})

test('PolicyExclusionList refuses an identifier that identifies nothing', async () => {
  const world = await worldOfAnn()
  for (const PolicyArn of [
    `${POLICY}a*b*`,
    'arn:aws:iam::123456789012:user/path/Ann',
    'arn:aws:iam::*:policy/Deleters',
  ]) {
    await assert.rejects(decisions(world, { PolicyExclusionList: [{ PolicyArn }] }), {
      name: 'InvalidInputException',
      message: `Invalid policy identifier: ${PolicyArn}`,
    })
  }
})

const BAD_SOURCES: readonly (readonly [string, string, string])[] = [
  [`${USER}a`, 'NoSuchEntityException', 'Unable to retrieve specified IAM entity.'],
  ['arn:aws:iam::123456789012:role/Reader', 'NoSuchEntityException', 'Unable to retrieve specified IAM entity.'],
  [
    USER.replace('123456789012', '999999999999'),
    'InvalidInputException',
    "Invalid Policy Source Arn: caller's account 123456789012 does not have access to policies in account 999999999999.",
  ],
  ...[
    'arn:aws:iam::123456789012:root',
    'arn:aws:sts::123456789012:assumed-role/a/session',
    'arn:aws:iam::123456789012:policy/path/Deleters',
    'not-an-arn-but-long-enough',
  ].map((arn) => [arn, 'InvalidInputException', `Invalid ARN provided in the request: ${arn}`] as const),
]

for (const [arn, name, message] of BAD_SOURCES) {
  test(`SimulatePrincipalPolicy answers ${name} for ${arn}`, async () => {
    await assert.rejects(decisions(await worldOfAnn(), { PolicySourceArn: arn }), { name, message })
  })
}

test('the simulated user is the caller, known by its id, unless the request names another', async () => {
  const world = await worldOfAnn()
  const id = world.account.users.find('ann')?.id ?? ''
  const asked = async (key: string, value: string, CallerArn?: string): Promise<boolean> => {
    const Condition = { StringEquals: { [key]: value } }
    const input = {
      PolicyInputList: [policy(statement({ Action: 'x:y', Condition }))],
      ActionNames: ['x:y'],
      CallerArn,
    }
    const [result] = await simulatePrincipal(world, { PolicySourceArn: USER, ...input })
    return result?.EvalDecision === 'allowed'
  }
  assert.equal(await asked('aws:PrincipalArn', USER), true)
  assert.equal(await asked('aws:username', 'Ann'), true)
  assert.equal(await asked('aws:userid', id), true)
  const bob = 'arn:aws:iam::123456789012:user/Bob'
  assert.equal(await asked('aws:username', 'Bob', bob), true)
  assert.equal(await asked('aws:userid', bob, bob), true)
})

test('what the password policy lets every user do is simulated as it is enforced', async () => {
  const world = await worldOfAnn()
  const ask = (): Promise<string[]> => decisions(world, { ActionNames: ['iam:ChangePassword'], ResourceArns: [USER] })
  assert.deepEqual(await ask(), ['implicitDeny'])
  await world.iam().send(new UpdateAccountPasswordPolicyCommand({ AllowUsersToChangePassword: true }))
  assert.deepEqual(await ask(), ['allowed'])
})

test('a policy that cannot be read cannot be simulated', async () => {
  const world = await worldOfAnn()
  const { id: ownerId = '' } = world.account.users.find('ann') ?? {}
  await world.change((account) => account.inlinePolicies.put({ ownerId, name: 'broken', document: '{' }))
  const refusal = { name: 'PolicyEvaluationException', message: /could not be successfully evaluated/ }
  await assert.rejects(decisions(world), refusal)
  assert.deepEqual(await decisions(world, { PolicySourceArn: GROUP, ContextEntries: [entry('x:key', 'a')] }), [
    'implicitDeny implicitDeny',
    'implicitDeny allowed',
    'allowed allowed',
  ])
})

test('SimulatePrincipalPolicy needs its action on the entity as it is stored', async () => {
  await assertNeeds(await worldOfAnn(), {
    action: 'iam:SimulatePrincipalPolicy',
    resource: USER,
    call: (client) =>
      client.send(
        new SimulatePrincipalPolicyCommand({
          PolicySourceArn: USER.replace('/path/Ann', '/ANN'),
          ActionNames: ACTIONS,
        }),
      ),
  })
})
