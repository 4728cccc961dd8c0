import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ContextEntry } from '@aws-sdk/client-iam'
import { ALLOW, BUCKET_A, DENY, entry, policy, simulate, statement } from '../../../test/simulation/simulations.ts'
import { World } from '../../../test/world.ts'

const CALLER = 'arn:aws:iam::123456789012:user/path/Ann'
const STUB = 'STUB_PRINCIPAL_FOR_POLICY_SIMULATOR'

type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>

/** Whether a statement with that condition allows. */
async function holds(
  world: World,
  Condition: Condition,
  { entries = [], CallerArn }: { readonly entries?: ContextEntry[]; readonly CallerArn?: string } = {},
): Promise<boolean> {
  const PolicyInputList = [policy(statement({ Condition }))]
  const { EvalDecision } = await simulate(world, { PolicyInputList, ContextEntries: entries, CallerArn })
  return EvalDecision === 'allowed'
}

const TYPED: readonly (readonly [string, Condition, ContextEntry, boolean])[] = [
  ['a string', { StringEquals: { 'x:key': 'a' } }, entry('X:Key', 'a'), true],
  ['an empty string', { Null: { 'x:key': 'false' } }, entry('x:key', ''), true],
  ['a number', { NumericLessThan: { 'x:key': '10' } }, entry('x:key', '9', 'numeric'), true],
  ['a date', { DateLessThan: { 'x:key': '2026-11-22' } }, entry('x:key', '2026-11-21T12:00:00Z', 'date'), true],
  ['an address', { IpAddress: { 'x:key': '192.0.2.0/24' } }, entry('x:key', '192.0.2.7', 'ip'), true],
  ['bytes', { BinaryEquals: { 'x:key': 'AAA=' } }, entry('x:key', 'AAA=', 'binary'), true],
  ['TRUE', { Bool: { 'x:key': 'true' } }, entry('x:key', 'TRUE', 'boolean'), true],
  ['any other text as a boolean', { Bool: { 'x:key': 'false' } }, entry('x:key', 'yes', 'boolean'), true],
  ['a list for any', { 'ForAnyValue:StringEquals': { 'x:key': 'b' } }, entry('x:key', ['a', 'b'], 'stringList'), true],
  [
    'a list for all',
    { 'ForAllValues:StringEquals': { 'x:key': 'b' } },
    entry('x:key', ['a', 'b'], 'stringList'),
    false,
  ],
  ['a list without a qualifier', { StringEquals: { 'x:key': 'a' } }, entry('x:key', ['a'], 'stringList'), false],
  [
    'a list of booleans',
    { 'ForAllValues:Bool': { 'x:key': 'true' } },
    entry('x:key', ['TRUE', 'true'], 'booleanList'),
    true,
  ],
]

for (const [what, condition, given, expected] of TYPED) {
  test(`the context of a simulation takes ${what}`, async () => {
    assert.equal(await holds(await World.create(), condition, { entries: [given] }), expected)
  })
}

test('a context entry that says nothing is passed over', async () => {
  assert.equal(await holds(await World.create(), { Null: { 'x:key': 'true' } }, { entries: [{}] }), true)
})

test('a simulation without a caller knows the account that asks, and a stub of a user', async () => {
  const world = await World.create()
  assert.equal(await holds(world, { StringEquals: { 'aws:userid': STUB } }), true)
  assert.equal(await holds(world, { StringEquals: { 'aws:PrincipalAccount': '123456789012' } }), true)
  assert.equal(await holds(world, { Null: { 'aws:PrincipalArn': 'true', 'aws:username': 'true' } }), true)
})

test('a simulation with a caller knows its ARN, its account, its name when it is a user, and the ARN for its id', async () => {
  const world = await World.create()
  const caller = (CallerArn: string, condition: Condition): Promise<boolean> => holds(world, condition, { CallerArn })
  assert.equal(await caller(CALLER, { StringEquals: { 'aws:username': 'Ann', 'aws:userid': CALLER } }), true)
  assert.equal(await caller(CALLER, { ArnEquals: { 'aws:PrincipalArn': CALLER } }), true)
  const other = 'arn:aws:iam::999999999999:role/path/Reader'
  assert.equal(await caller(other, { StringEquals: { 'aws:PrincipalAccount': '999999999999' } }), true)
  assert.equal(await caller(other, { Null: { 'aws:username': 'true' } }), true)
  assert.equal(await caller('arn:aws:iam::123456789012:group/Team', { Null: { 'aws:username': 'true' } }), true)
})

test('what the request gives goes before what the simulator says, whatever the case', async () => {
  const world = await World.create()
  const options = { CallerArn: CALLER, entries: [entry('AWS:UserName', 'Bob')] }
  assert.equal(await holds(world, { StringEquals: { 'aws:username': 'Bob' } }, options), true)
})

const WITH_KEY = statement({ Condition: { StringEquals: { 'x:key': 'a' } } })
const MISSING: readonly (readonly [string, Parameters<typeof simulate>[1], string[]])[] = [
  ['the key of a condition', { PolicyInputList: [policy(WITH_KEY)] }, ['x:key']],
  ['nothing that is given', { PolicyInputList: [policy(WITH_KEY)], ContextEntries: [entry('X:KEY', 'b')] }, []],
  [
    'keys of statements that have nothing to do with the question',
    { PolicyInputList: [policy(statement({ ...WITH_KEY, Action: 's3:PutObject' }))] },
    ['x:key'],
  ],
  [
    'a key in each of its spellings',
    { PolicyInputList: [policy(WITH_KEY, statement({ Condition: { Bool: { 'X:Key': 'true' } } }))] },
    ['X:Key', 'x:key'],
  ],
  [
    'variables, with a default too, and no escape',
    { PolicyInputList: [policy(statement({ Resource: "arn:aws:s3:::${aws:username}/${*}/${x:key, 'd'}" }))] },
    ['aws:username', 'x:key'],
  ],
  [
    'keys that the simulator supplies',
    {
      PolicyInputList: [policy(statement({ Condition: { StringEquals: { 'aws:userid': 'a' } } }))],
      CallerArn: CALLER,
    },
    ['aws:userid'],
  ],
  ['keys of the boundary', { PermissionsBoundaryPolicyInputList: [policy(WITH_KEY)] }, ['x:key']],
  ['nothing when it is allowed', { PolicyInputList: [ALLOW, policy(WITH_KEY)] }, []],
  ['nothing when it is denied', { PolicyInputList: [DENY, policy(WITH_KEY)] }, []],
  [
    'no key of a service control policy',
    { OrderedOrganizationPolicyInputList: [{ ServiceControlPolicyInputList: [policy(WITH_KEY)] }] },
    [],
  ],
]

for (const [what, input, expected] of MISSING) {
  test(`a simulation misses ${what}`, async () => {
    const world = await World.create()
    assert.deepEqual((await simulate(world, input)).MissingContextValues, expected)
    const onOne = await simulate(world, { ...input, ResourceArns: [BUCKET_A] })
    assert.deepEqual(onOne.ResourceSpecificResults?.[0]?.MissingContextValues ?? [], expected)
  })
}
