import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SimulateCustomPolicyCommand, type SimulateCustomPolicyCommandInput } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import {
  ALLOW,
  ALLOW_ALL,
  BUCKET_A,
  BUCKET_B,
  DENY,
  entry,
  places,
  policy,
  simulate,
  simulateAll,
  statement,
} from '../../../test/simulation/simulations.ts'
import { World } from '../../../test/world.ts'

const FIRST = {
  SourcePolicyId: 'PolicyInputList.1',
  SourcePolicyType: 'IAM Policy',
  StartPosition: { Line: 1, Column: 38 },
  EndPosition: { Line: 1, Column: 95 },
}

test('a simulation on every resource answers the decision, its statements and no resources', async () => {
  const world = await World.create()
  const command = new SimulateCustomPolicyCommand({ PolicyInputList: [ALLOW], ActionNames: ['s3:GetObject'] })
  const { $metadata: _, ...output } = await world.iam().send(command)
  assert.deepEqual(output, {
    EvaluationResults: [
      {
        EvalActionName: 's3:GetObject',
        EvalResourceName: '*',
        EvalDecision: 'allowed',
        MatchedStatements: [FIRST],
        MissingContextValues: [],
      },
    ],
    IsTruncated: false,
  })
  assert.deepEqual(await simulate(world, { ResourceArns: ['*'] }), output.EvaluationResults?.[0])
})

test('a simulation on one resource answers its name and what holds for it', async () => {
  assert.deepEqual(await simulate(await World.create(), { ResourceArns: [BUCKET_A] }), {
    EvalActionName: 's3:GetObject',
    EvalResourceName: BUCKET_A,
    EvalDecision: 'allowed',
    MatchedStatements: [FIRST],
    MissingContextValues: [],
    EvalDecisionDetails: {},
    ResourceSpecificResults: [
      { EvalResourceName: BUCKET_A, EvalResourceDecision: 'allowed', MatchedStatements: [FIRST] },
    ],
  })
})

test('a simulation on several resources answers the template of their ARNs and the worst decision, and each by itself', async () => {
  const world = await World.create()
  const onlyA = policy(statement({ Resource: BUCKET_A }))
  const result = await simulate(world, { PolicyInputList: [onlyA], ResourceArns: [BUCKET_A, BUCKET_B] })
  assert.equal(result.EvalResourceName, 'arn:aws:s3:::${BucketName}/${KeyName}')
  assert.equal(result.EvalDecision, 'implicitDeny')
  assert.equal(result.MatchedStatements?.length, 1)
  assert.deepEqual(
    result.ResourceSpecificResults?.map(({ EvalResourceName, EvalResourceDecision, MatchedStatements }) => [
      EvalResourceName,
      EvalResourceDecision,
      MatchedStatements?.length,
    ]),
    [
      [BUCKET_A, 'allowed', 1],
      [BUCKET_B, 'implicitDeny', undefined],
    ],
  )
  const notB = policy(statement(), statement({ Effect: 'Deny', Resource: BUCKET_B }))
  const denied = await simulate(world, { PolicyInputList: [notB], ResourceArns: [BUCKET_A, BUCKET_B] })
  assert.equal(denied.EvalDecision, 'explicitDeny')
  assert.deepEqual(places(denied), ['PolicyInputList.1 1:95-1:172'])
  const unknown = { ActionNames: ['madeup:Action'], ResourceArns: [BUCKET_A, BUCKET_A] }
  assert.equal((await simulate(world, unknown)).EvalResourceName, '*')
})

test('a simulation answers actions in the order in which they are asked, twice when they are asked twice', async () => {
  const ActionNames = ['s3:PutObject', 's3:GetObject', 's3:GetObject', 'S3:gEtObJeCt', 'madeup:Action', 's3:*']
  const results = await simulateAll(await World.create(), { ActionNames })
  assert.deepEqual(
    results.map(({ EvalActionName, EvalDecision }) => [EvalActionName, EvalDecision]),
    ActionNames.map((name, at) => [name, at >= 1 && at <= 3 ? 'allowed' : 'implicitDeny']),
  )
})

test('no policies allow nothing', async () => {
  const { EvalDecision, MatchedStatements } = await simulate(await World.create(), { PolicyInputList: [] })
  assert.deepEqual([EvalDecision, MatchedStatements], ['implicitDeny', []])
})

const DECIDING: readonly (readonly [string, string[], string, string[]])[] = [
  ['every Allow', [ALLOW, ALLOW], 'allowed', ['PolicyInputList.1 1:38-1:95', 'PolicyInputList.2 1:38-1:95']],
  ['every Deny and no Allow', [ALLOW, DENY], 'explicitDeny', ['PolicyInputList.2 1:38-1:94']],
  ['nothing when nothing applies', [policy(statement({ Action: 's3:PutObject' }))], 'implicitDeny', []],
  [
    'statements of one document, the second from the end of the first',
    [policy(statement({ Sid: 'One' }), statement({ Sid: 'Two' }))],
    'allowed',
    ['PolicyInputList.1 1:107-1:177', 'PolicyInputList.1 1:38-1:107'],
  ],
]
for (const [what, PolicyInputList, decision, expected] of DECIDING) {
  test(`a simulation names ${what}`, async () => {
    const result = await simulate(await World.create(), { PolicyInputList })
    assert.equal(result.EvalDecision, decision)
    assert.deepEqual(places(result), expected.toSorted())
  })
}

const PRETTY = JSON.stringify({ Version: '2012-10-17', Statement: [statement(), statement()] }, undefined, 2)
const POSITIONS: readonly (readonly [string, string, string[]])[] = [
  ['behind the bracket of the list', PRETTY, ['3:17-8:6', '8:6-13:6']],
  ['with CR LF for the end of a line', ` \r\n${PRETTY.replaceAll('\n', '\r\n')}`, ['4:17-9:6', '9:6-14:6']],
  ['with a lone CR for the end of a line', PRETTY.replaceAll('\n', '\r'), ['3:17-8:6', '8:6-13:6']],
  ['behind its brace when it is in no list', JSON.stringify({ Statement: statement() }), ['1:15-1:71']],
  ['behind its brace on a line of its own', JSON.stringify({ Statement: statement() }, undefined, 2), ['2:17-6:4']],
  ['in characters', JSON.stringify({ Id: 'café', Statement: [statement()] }), ['1:27-1:84']],
]
for (const [what, document, expected] of POSITIONS) {
  test(`a statement begins ${what}`, async () => {
    const result = await simulate(await World.create(), { PolicyInputList: [document] })
    assert.deepEqual(
      places(result),
      expected.map((place) => `PolicyInputList.1 ${place}`),
    )
  })
}

test('a boundary limits, is told apart, and is named when it denies', async () => {
  const world = await World.create()
  const limited = async (boundary: string): Promise<unknown> => {
    const input = { PermissionsBoundaryPolicyInputList: [boundary], ResourceArns: [BUCKET_A] }
    const result = await simulate(world, input)
    const { PermissionsBoundaryDecisionDetail: detail, ResourceSpecificResults: [only] = [] } = result
    assert.deepEqual(only?.PermissionsBoundaryDecisionDetail, detail)
    const types = result.MatchedStatements?.map(({ SourcePolicyId, SourcePolicyType }) => [
      SourcePolicyId,
      SourcePolicyType,
    ])
    return [result.EvalDecision, detail?.AllowedByPermissionsBoundary, types]
  }
  const identity = ['PolicyInputList.1', 'IAM Policy']
  const boundary = ['PermissionsBoundaryPolicyInputList.1', 'Permissions Boundary Policy']
  assert.deepEqual(await limited(ALLOW), ['allowed', true, [identity]])
  assert.deepEqual(await limited(policy(statement({ Action: 's3:PutObject' }))), ['implicitDeny', false, []])
  assert.deepEqual(await limited(DENY), ['explicitDeny', false, [boundary]])
  assert.equal((await simulate(world)).PermissionsBoundaryDecisionDetail, undefined)
})

test('service control policies allow by each level, within a level by any, and say nothing else when they deny', async () => {
  const world = await World.create()
  const put = policy(statement({ Action: 's3:PutObject' }))
  const under = async (...levels: readonly (readonly string[])[]): Promise<unknown> => {
    const result = await simulate(world, {
      PolicyInputList: [policy(statement({ Condition: { StringEquals: { 'x:missing': 'a' } } }))],
      ContextEntries: [entry('x:missing', 'a')],
      OrderedOrganizationPolicyInputList: levels.map((level) => ({ ServiceControlPolicyInputList: [...level] })),
    })
    const allowed = result.OrganizationsDecisionDetail?.AllowedByOrganizations
    return [result.EvalDecision, allowed, result.MatchedStatements?.length]
  }
  assert.deepEqual(await under([ALLOW_ALL], [ALLOW_ALL]), ['allowed', true, 1])
  assert.deepEqual(await under([put, ALLOW_ALL], [ALLOW_ALL]), ['allowed', true, 1])
  assert.deepEqual(await under([ALLOW_ALL], [put]), ['implicitDeny', false, 0])
  assert.deepEqual(await under([ALLOW_ALL], [ALLOW_ALL, DENY]), ['explicitDeny', false, 0])
})

test('a simulation is answered in pages of actions, short ones when it is long, and a marker is good for other questions too', async () => {
  const world = await World.create()
  const input = { PolicyInputList: [ALLOW_ALL], ActionNames: ['s3:PutObject', 'iam:GetUser', 's3:GetObject'] }
  const page = async (more: Partial<SimulateCustomPolicyCommandInput>): Promise<[unknown[], string | undefined]> => {
    const output = await world.iam().send(new SimulateCustomPolicyCommand({ ...input, ...more }))
    const { EvaluationResults = [], IsTruncated, Marker } = output
    assert.equal(IsTruncated, Marker !== undefined)
    return [EvaluationResults.map(({ EvalActionName }) => EvalActionName), Marker]
  }
  const [first, Marker] = await page({ MaxItems: 1 })
  assert.deepEqual(first, ['s3:PutObject'])
  assert.deepEqual(await page({ Marker }), [['iam:GetUser', 's3:GetObject'], undefined])
  const [second] = await page({ Marker, MaxItems: 1, PolicyInputList: [DENY], ActionNames: ['a:b', 'c:d', 'e:f'] })
  assert.deepEqual(second, ['c:d'])
  assert.deepEqual(await page({ Marker, ActionNames: ['a:b'] }), [[], undefined])
  const ResourceArns = Array.from({ length: 400 }, (_, at) => `arn:aws:s3:::bucket/${at}`)
  const PolicyInputList = [policy(...Array.from({ length: 900 }, () => statement({ Action: 'x:y' })))]
  const ActionNames = ['s3:PutObject', 's3:GetObject', 's3:DeleteObject']
  const [few, next] = await page({ PolicyInputList, ResourceArns, ActionNames })
  assert.deepEqual([few, typeof next], [['s3:PutObject', 's3:GetObject'], 'string'])
  const bad = new SimulateCustomPolicyCommand({ ...input, Marker: 'nonsense' })
  await assert.rejects(world.iam().send(bad), {
    name: 'InvalidInputException',
    message: 'Invalid marker for pagination.',
  })
})

test('SimulateCustomPolicy needs its action, which has no resource', async () => {
  const world = await World.create()
  const call = (client: ReturnType<World['iam']>): Promise<unknown> =>
    client.send(new SimulateCustomPolicyCommand({ PolicyInputList: [ALLOW], ActionNames: ['s3:GetObject'] }))
  await assertNeeds(world, { action: 'iam:SimulateCustomPolicy', resource: '*', call })
})
