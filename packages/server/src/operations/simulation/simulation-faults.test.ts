/** What cannot be simulated, and the sentences that AWS was observed to say of it; where a comment says so they are ours. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SimulateCustomPolicyCommand, type SimulateCustomPolicyCommandInput } from '@aws-sdk/client-iam'
import {
  ALLOW,
  BUCKET_A,
  entry,
  policy,
  simulate,
  simulateAll,
  statement,
} from '../../../test/simulation/simulations.ts'
import { World } from '../../../test/world.ts'

const CALLER = 'arn:aws:iam::123456789012:user/path/Ann'
const RESOURCE_POLICY = policy(statement({ Resource: 'arn:aws:s3:::bucket/*', Principal: { AWS: CALLER } }))

type Input = Partial<SimulateCustomPolicyCommandInput>

const INVALID: readonly (readonly [string, Input, string])[] = [
  ['a policy that is no JSON', { PolicyInputList: [ALLOW, '{'] }, 'Policy input list item 2 has invalid content'],
  [
    'a policy of an unknown version',
    { PolicyInputList: ['{"Version":"2099-01-01","Statement":[]}'] },
    'Policy input list item 1 has invalid content',
  ],
  [
    'an identity policy with a principal',
    { PolicyInputList: [policy(statement({ Principal: '*' }))] },
    'Policy input list item 1 has invalid content',
  ],
  [
    'two boundaries',
    { PermissionsBoundaryPolicyInputList: [ALLOW, ALLOW] },
    'The list of Permissions Boundary policies cannot exceed 1 items.',
  ],
  // Ours.
  [
    'a boundary that cannot be read',
    { PermissionsBoundaryPolicyInputList: ['{'] },
    'Permissions boundary policy input list item 1 has invalid content',
  ],
  [
    'an empty level of an organization',
    {
      OrderedOrganizationPolicyInputList: [
        { ServiceControlPolicyInputList: [ALLOW] },
        { ServiceControlPolicyInputList: [] },
      ],
    },
    'Organization policy at index 2 must contain at least one service control policy',
  ],
  // Ours.
  [
    'a service control policy that cannot be read',
    { OrderedOrganizationPolicyInputList: [{ ServiceControlPolicyInputList: ['{'] }] },
    'Organization policy at index 1 has invalid content',
  ],
  ['an action without a service', { ActionNames: ['GetObject'] }, 'The action is invalid since it is missing names'],
  [
    'actions that only one of is known, on a resource',
    { ActionNames: ['s3:GetObject', 'madeup:Action', 's3:PutObject'], ResourceArns: [BUCKET_A] },
    'Invalid Input Actions: [s3:GetObject,s3:PutObject] and [madeup:Action] require different authorization information.',
  ],
  [
    'a resource that is no ARN',
    { ResourceArns: ['not-an-arn'] },
    'ResourceNames are not in a valid ARN format: not-an-arn.',
  ],
  ['half an ARN', { ResourceArns: ['arn:aws:s3'] }, 'ResourceNames are not in a valid ARN format: arn:aws:s3.'],
  ['everything and a resource', { ResourceArns: [BUCKET_A, '*'] }, 'ResourceNames are not in a valid ARN format: *.'],
  [
    'a scenario of another action',
    { ResourceArns: [BUCKET_A], ResourceHandlingOption: 'EC2-VPC-EBS' },
    'Invalid input resource handling options. Action does not support resource handling options: s3:GetObject.',
  ],
  [
    'a scenario that there is not',
    {
      ActionNames: ['ec2:RunInstances'],
      ResourceArns: ['arn:aws:ec2:us-east-1:123456789012:instance/*'],
      ResourceHandlingOption: 'fictional',
    },
    'Invalid input resource handling options. Action does not support resource handling options: ec2:RunInstances.',
  ],
  [
    'a caller that is a session',
    { CallerArn: 'arn:aws:sts::123456789012:assumed-role/a/b' },
    'Invalid caller - Caller must be an IAM user, role or group in this context.',
  ],
  [
    'a caller that is the root user',
    { CallerArn: 'arn:aws:iam::123456789012:root' },
    'Invalid caller - Caller must be an IAM user, role or group in this context.',
  ],
  [
    'an owner that is a number',
    { CallerArn: CALLER, ResourceArns: [BUCKET_A], ResourceOwner: '123456789012' },
    "'123456789012' is not a valid as a Resource Owner.",
  ],
  [
    "a resource's policy without a caller",
    { ResourceArns: [BUCKET_A], ResourcePolicy: RESOURCE_POLICY },
    'Invalid caller - Caller cannot be null or empty.',
  ],
  [
    "a resource's policy without a resource",
    { CallerArn: CALLER, ResourcePolicy: RESOURCE_POLICY },
    'Invalid Entity Arn: * does not clearly define entity type and name.',
  ],
  [
    "a resource's policy on everything",
    { CallerArn: CALLER, ResourceArns: [BUCKET_A], ResourcePolicy: policy(statement({ Principal: '*' })) },
    'ResourceNames are not in a valid ARN format: *.',
  ],
  // Ours.
  [
    "a resource's policy without a principal",
    { CallerArn: CALLER, ResourceArns: [BUCKET_A], ResourcePolicy: ALLOW },
    'Resource policy has invalid content',
  ],
  // Ours.
  [
    'more policies and resources than can be asked at once',
    {
      PolicyInputList: Array.from({ length: 4 }, () => policy(...Array.from({ length: 1_000 }, () => statement()))),
      ResourceArns: Array.from({ length: 1_000 }, (_, at) => `arn:aws:s3:::bucket/${at}`),
    },
    'The policies and resources are too many for one simulation.',
  ],
]

for (const [what, input, message] of INVALID) {
  test(`InvalidInput: ${what}`, async () => {
    const world = await World.create()
    await assert.rejects(simulate(world, input), { name: 'InvalidInputException', message })
  })
}

const CONTEXT: readonly (readonly [string, SimulateCustomPolicyCommandInput['ContextEntries'], string])[] = [
  ['no type', [{ ContextKeyName: 'x:key', ContextKeyValues: ['a'] }], 'Context key x:key has invalid type null.'],
  [
    'no values',
    [{ ContextKeyName: 'x:key', ContextKeyType: 'string' }],
    'Context values for context key x:key cannot be null or empty.',
  ],
  ['no name', [{ ContextKeyType: 'string', ContextKeyValues: ['a'] }], 'ContextKeyName cannot be null or empty.'],
  ['two values', [entry('x:key', ['a', 'b'])], 'Context key string expected a single value, but received 2.'],
  ['a name twice', [entry('x:key', 'a'), entry('X:KEY', 'b')], 'Duplicate context key: X:KEY.'],
  ['no number', [entry('x:key', 'abc', 'numeric')], 'Invalid context value for key x:key: expected numeric format.'],
  [
    'no number in a list',
    [entry('x:key', ['1', 'NaN'], 'numericList')],
    'Invalid context value for key x:key: expected numeric format.',
  ],
  ['no date', [entry('x:key', 'tomorrow', 'date')], 'Invalid context value for key x:key: expected DateTime format.'],
  ['no address', [entry('x:key', '999.0.0.1', 'ip')], 'Invalid context value for key x:key: expected IP address.'],
  [
    'no base64',
    [entry('x:key', '!base64', 'binary')],
    'Invalid context value for key x:key: expected base-64 encoded binary format.',
  ],
]

for (const [what, ContextEntries, message] of CONTEXT) {
  test(`InvalidInput: a context entry with ${what}`, async () => {
    const world = await World.create()
    await assert.rejects(simulate(world, { ContextEntries }), { name: 'InvalidInputException', message })
  })
}

test('what is modelled is refused with the sentence of the model', async () => {
  const world = await World.create()
  const levels = Array.from({ length: 8 }, () => ({ ServiceControlPolicyInputList: [ALLOW] }))
  for (const input of [{ MaxItems: 1_001 }, { OrderedOrganizationPolicyInputList: levels }, { ActionNames: ['s3'] }]) {
    await assert.rejects(simulateAll(world, input), { name: 'ValidationError' })
  }
})

test('a scenario makes no difference, and is passed over when everything is asked about', async () => {
  const world = await World.create()
  const PolicyInputList = [policy(statement({ Action: 'ec2:RunInstances' }))]
  const run = { PolicyInputList, ActionNames: ['ec2:RunInstances'], ResourceHandlingOption: 'EC2-VPC-EBS-Subnet' }
  const ResourceArns = ['arn:aws:ec2:us-east-1:123456789012:instance/*']
  assert.equal((await simulate(world, { ...run, ResourceArns })).EvalDecision, 'allowed')
  assert.equal((await simulate(world, { ...run, ResourceHandlingOption: 'fictional' })).EvalDecision, 'allowed')
})

/** Some million steps for a question: conditions of statements that need not be asked to decide, but to tell all that match. */
function costly(statements: number): SimulateCustomPolicyCommandInput {
  const one = statement({ Condition: { StringLike: { 'x:key': `*${'a'.repeat(38)}b?*` } } })
  return {
    PolicyInputList: [policy(statement(), ...Array.from({ length: statements }, () => one))],
    ActionNames: ['s3:GetObject'],
    ContextEntries: [entry('x:key', `${'a'.repeat(25_000)}b`)],
  }
}

test('F-22: N-07: a page ends early when comparing long values takes long, and the next goes on', async () => {
  const world = await World.create()
  const ActionNames = Array.from({ length: 7 }, () => 's3:GetObject')
  const lengths: number[] = []
  let Marker: string | undefined
  do {
    const command = new SimulateCustomPolicyCommand({ ...costly(6), ActionNames, Marker })
    const page = await world.iam().send(command)
    lengths.push(page.EvaluationResults?.length ?? 0)
    assert.equal(page.IsTruncated, page.Marker !== undefined)
    Marker = page.Marker
  } while (Marker !== undefined)
  assert.equal(Math.max(...lengths), 2)
  assert.equal(
    lengths.reduce((sum, length) => sum + length, 0),
    ActionNames.length,
  )
})

test('F-22: N-07: one action that takes far longer than a page may is refused', async () => {
  const world = await World.create()
  const ResourceArns = Array.from({ length: 20 }, (_, at) => `arn:aws:s3:::bucket/${at}`)
  await assert.rejects(simulate(world, { ...costly(6), ResourceArns }), {
    name: 'InvalidInputException',
    message: 'The policies and resources are too many for one simulation.',
  })
})

test('F-22: what cannot all be told within the steps of an explanation is not told in part', async () => {
  const world = await World.create()
  await assert.rejects(simulate(world, costly(60)), { name: 'PolicyEvaluationException' })
})
