/** Rows F-16, F-23, O-01 to O-03, O-06 and O-09 through the front door: what a caller sends is data, and never more than the model takes of it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type HttpRequest, sign } from '@iamd/sigv4'
import { getOperation, type OperationName } from '@iamd/wire'
import { DOCUMENT, fillAccount, STANDING } from '../standing-account.ts'
import { callParameters, post, postCall, type Refusal, refusalOf, type WireInput } from '../wire-call.ts'
import { NOON, type Statement, World } from '../world.ts'

const IAM = { service: { service: 'iam' }, region: 'us-east-1', now: NOON } as const
const FORM = ['Content-Type', 'application/x-www-form-urlencoded'] as const
const OWN = 'arn:aws:iam::123456789012:user/path/Standing'

/** A condition that this caller does not meet, and what it sends to be taken for one who does. */
const PRETENCES: readonly {
  readonly condition: NonNullable<Statement['Condition']>
  readonly parameters?: WireInput
  readonly headers?: readonly string[]
}[] = [
  {
    condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
    parameters: { 'aws:SourceIp': '10.0.0.1', SourceIp: '10.0.0.1' },
    headers: [
      'X-Forwarded-For',
      '10.0.0.1',
      'Forwarded',
      'for=10.0.0.1',
      'X-Real-Ip',
      '10.0.0.1',
      'aws-SourceIp',
      '10.0.0.1',
    ],
  },
  { condition: { StringEquals: { 'aws:username': 'Root' } }, parameters: { 'aws:username': 'Root', username: 'Root' } },
  { condition: { StringLike: { 'aws:userid': 'AIDAROOT*' } }, parameters: { 'aws:userid': 'AIDAROOT' } },
  {
    condition: { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:root' } },
    parameters: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:root' },
    headers: ['X-Amz-Principal-Arn', 'arn:aws:iam::123456789012:root'],
  },
  { condition: { StringEquals: { 'aws:PrincipalType': 'Account' } }, parameters: { 'aws:PrincipalType': 'Account' } },
  {
    condition: { StringEquals: { 'aws:PrincipalTag/Team': 'a' } },
    parameters: {
      'aws:PrincipalTag/Team': 'a',
      'Tags.member.1.Key': 'aws:PrincipalTag/Team',
      'Tags.member.1.Value': 'a',
    },
    headers: ['aws-PrincipalTag-Team', 'a'],
  },
  {
    condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    parameters: { 'aws:MultiFactorAuthPresent': true, SerialNumber: 'x', TokenCode: '123456' },
    headers: ['X-Amz-Mfa', 'x 123456'],
  },
  {
    condition: { Bool: { 'aws:ViaAWSService': 'true' } },
    parameters: { 'aws:ViaAWSService': true },
    headers: ['Via', 'aws'],
  },
  { condition: { Bool: { 'aws:SecureTransport': 'false' } }, headers: ['X-Forwarded-Proto', 'http'] },
  {
    condition: { DateGreaterThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } },
    parameters: { 'aws:CurrentTime': '2031-01-01T00:00:00Z' },
    headers: ['Date', 'Wed, 01 Jan 2031 00:00:00 GMT'],
  },
  {
    condition: { StringEquals: { 'aws:ResourceAccount': '999999999999' } },
    parameters: { 'aws:ResourceAccount': '999999999999' },
  },
  {
    condition: { ArnEquals: { 'iam:PolicyARN': STANDING.policyArn } },
    parameters: { PolicyArn: STANDING.policyArn, 'iam:PolicyARN': STANDING.policyArn },
  },
  {
    condition: { StringEquals: { 'aws:RequestTag/Team': 'a' } },
    parameters: { 'Tags.member.1.Key': 'Team', 'Tags.member.1.Value': 'a', 'aws:RequestTag/Team': 'a' },
  },
  { condition: { StringEquals: { 'aws:ResourceTag/Team': 'z' } }, parameters: { 'aws:ResourceTag/Team': 'z' } },
]

test('F-16: no parameter and no header of a caller becomes a condition key that the server fills', async () => {
  for (const { condition, parameters = {}, headers = [] } of PRETENCES) {
    const world = await World.create()
    await fillAccount(world)
    const caller = await world.createUser('Caller', {
      Effect: 'Allow',
      Action: 'iam:GetUser',
      Resource: OWN,
      Condition: condition,
    })
    const unsigned = postCall(getOperation('GetUser'), { UserName: STANDING.user, ...parameters })
    const call = sign({ ...unsigned, rawHeaders: [...unsigned.rawHeaders, ...headers] }, caller, IAM)
    assert.equal(refusalOf(await world.send(call)).code, 'AccessDenied', JSON.stringify(condition))
  }
})

test('F-16: a resource and its tags are the stored ones, however the request names them', async () => {
  const world = await World.create()
  await fillAccount(world)
  const onOwn = { Effect: 'Allow', Action: 'iam:GetUser', Resource: OWN } as const
  const caller = await world.createUser('Caller', {
    ...onOwn,
    Condition: { StringEquals: { 'aws:ResourceTag/Team': 'a' } },
  })
  const call = (UserName: string): HttpRequest => sign(postCall(getOperation('GetUser'), { UserName }), caller, IAM)
  assert.equal((await world.send(call('sTANDING'))).status, 200)
  assert.equal(refusalOf(await world.send(call('Free'))).code, 'AccessDenied')
  assert.equal(refusalOf(await world.send(call('Nobody'))).code, 'AccessDenied')
})

test('F-10, O-07: a tag named with the Kelvin sign does not answer for one named k', async () => {
  const world = await World.create()
  await fillAccount(world)
  await world.change(({ users }) => {
    const user = users.find('standing')
    assert(user !== undefined)
    users.put({ ...user, tags: [{ key: '\u212A', value: 'a' }] })
  })
  const onOwn = { Effect: 'Allow', Action: 'iam:GetUser', Resource: OWN } as const
  const withTag = (key: string): Statement => ({
    ...onOwn,
    Condition: { StringEquals: { [`aws:ResourceTag/${key}`]: 'a' } },
  })
  const byLetter = await world.createUser('Letter', withTag('k'))
  const bySign = await world.createUser('Sign', withTag('\u212A'))
  const call = postCall(getOperation('GetUser'), { UserName: STANDING.user })
  assert.equal(refusalOf(await world.send(sign(call, byLetter, IAM))).code, 'AccessDenied')
  assert.equal((await world.send(sign(call, bySign, IAM))).status, 200)
})

test('F-23: a policy that is too large is refused with AWS’s error, whole, and what was there stays', async () => {
  const world = await World.create()
  await fillAccount(world)
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }
  for (const size of [7_000, 131_072, 131_073, 150_000]) {
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Sid: 'x'.repeat(size), ...statement }],
    })
    for (const [name, input, code] of [
      [
        'PutUserPolicy',
        { UserName: STANDING.user, PolicyName: STANDING.inlinePolicy, PolicyDocument },
        'LimitExceeded',
      ],
      [
        'PutGroupPolicy',
        { GroupName: STANDING.group, PolicyName: STANDING.inlinePolicy, PolicyDocument },
        'LimitExceeded',
      ],
      ['CreatePolicy', { PolicyName: 'Large', PolicyDocument }, 'LimitExceeded'],
      ['CreatePolicyVersion', { PolicyArn: STANDING.policyArn, PolicyDocument, SetAsDefault: true }, 'LimitExceeded'],
    ] as const) {
      const refusal = refusalOf(await world.send(sign(postCall(getOperation(name), input), world.root, IAM)))
      assert.equal(refusal.code, PolicyDocument.length > 131_072 ? 'ValidationError' : code, `${name} of ${size}`)
    }
  }
  const { inlinePolicies, policies, policyVersions } = world.account
  assert.deepEqual(
    [...inlinePolicies.scan()].map(({ document }) => document),
    [DOCUMENT, DOCUMENT, DOCUMENT],
  )
  assert.equal(policies.size, 2)
  assert.equal(policyVersions.size, 3)
})

test('O-01: members named after what every object has are unknown parameters, and change no object', async () => {
  const world = await World.create()
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__', 'valueOf']
  for (const name of names) {
    const input = {
      UserName: `${name.replaceAll('_', '')}`,
      [`${name}.polluted`]: 'yes',
      [`Tags.member.1.${name}`]: 'yes',
    }
    const withTag = { ...input, 'Tags.member.1.Key': name, 'Tags.member.1.Value': name }
    assert.deepEqual(await answerOf(world, 'CreateUser', withTag), { status: 200, code: '', message: '' })
    assert.equal(refusalOf(await world.send(rawForm(world, `Action=${name}&Version=2010-05-08`))).code, 'InvalidAction')
    assert.equal(refusalOf(await world.send(rawForm(world, `Action=ListUsers&Version=${name}`))).code, 'InvalidAction')
    // A name that nobody has, though every object has such a member.
    assert.equal((await answerOf(world, 'GetGroup', { GroupName: name })).code, 'NoSuchEntity')
  }
  assert.deepEqual(world.account.users.find('tostring')?.tags, [{ key: 'toString', value: 'toString' }])
  assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false)
  for (const body of [
    '{"__proto__":{"Quotas":[]}}',
    '{"Quotas":[],"__proto__":{"a":1}}',
    '{"Quotas":[{"__proto__":{"Name":"x"}}]}',
  ]) {
    assert.equal((await world.send(rawJson(world, body))).status, body.startsWith('{"Quotas":[],') ? 200 : 400, body)
  }
  assert.deepEqual(Object.keys(Object.prototype), [])
})

test('O-02: what only looks like true or false is neither', async () => {
  const world = await World.create()
  await fillAccount(world)
  for (const SetAsDefault of ['False', 'TRUE', 'yes', 'on', '', '2', '-1', 'null', '[]']) {
    const input = { PolicyArn: STANDING.policyArn, PolicyDocument: DOCUMENT, SetAsDefault }
    const { status, code } = await answerOf(world, 'CreatePolicyVersion', input)
    assert.deepEqual([status, code], [400, 'MalformedInput'], SetAsDefault)
  }
  assert.equal(world.account.policies.find('standing')?.defaultVersion, 1)
})

test('O-03: a list where a text is expected, and a text where a list is, is not taken for the other', async () => {
  const world = await World.create()
  await fillAccount(world)
  assert.equal((await answerOf(world, 'GetUser', { UserName: [STANDING.user] })).status, 400)
  assert.equal((await answerOf(world, 'CreateUser', { UserName: ['a', 'b'] })).status, 400)
  assert.equal((await answerOf(world, 'TagUser', { UserName: STANDING.user, Tags: 'Team' })).status, 400)
  const twice = `${callParameters(getOperation('GetUser'), { UserName: STANDING.user })}&UserName=${STANDING.freeUser}`
  assert.equal(refusalOf(await world.send(rawForm(world, twice))).code, 'MalformedQueryString')
  for (const body of [
    '[]',
    '"Quotas"',
    '7',
    'null',
    '{"Quotas":"x"}',
    '{"Quotas":{"Name":"x"}}',
    '{"Quotas":[["x"]]}',
  ]) {
    assert.equal((await world.send(rawJson(world, body))).status, 400, body)
  }
  assert.deepEqual(world.bugs, [])
})

test('O-06: numbers that a double cannot hold are refused, not rounded', async () => {
  const world = await World.create()
  for (const MaxItems of [
    '9007199254740993',
    '1e3',
    '0x10',
    '1.5',
    ' 5',
    '5 ',
    '٥',
    'NaN',
    'Infinity',
    '-0x1',
    '1_000',
  ]) {
    const { status, code } = await answerOf(world, 'ListUsers', { MaxItems })
    assert.ok(status === 400 && /^(?:MalformedInput|ValidationError)$/.test(code), `${MaxItems}: ${status} ${code}`)
  }
  for (const value of ['9007199254740993', '1e400', '1.5', '"7"', 'true', '-1']) {
    assert.equal(
      (await world.send(rawJson(world, `{"Quotas":[{"Name":"UsersQuota","Value":${value}}]}`))).status,
      400,
      value,
    )
  }
})

test('O-09: bytes that are no UTF-8 are refused, not mended, in forms and in JSON', async () => {
  const world = await World.create()
  const start = Buffer.from('Action=CreateUser&Version=2010-05-08&UserName=a')
  for (const bytes of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82]]) {
    assert.equal((await world.send(rawForm(world, Buffer.concat([start, Buffer.from(bytes)])))).status, 400)
    const escaped = `${start.toString()}${bytes.map((byte) => `%${byte.toString(16)}`).join('')}`
    assert.equal((await world.send(rawForm(world, escaped))).status, 400)
    const json = Buffer.concat([Buffer.from('{"Quotas":[],"x":"'), Buffer.from(bytes), Buffer.from('"}')])
    assert.equal((await world.send(rawJson(world, json))).status, 400)
  }
  assert.equal(world.account.users.size, 0)
})

function rawForm(world: World, body: string | Uint8Array): HttpRequest {
  return sign(post(body, FORM), world.root, IAM)
}

function rawJson(world: World, body: string | Uint8Array): HttpRequest {
  const headers = ['Content-Type', 'application/x-amz-json-1.1', 'X-Amz-Target', 'Iamd.PutAccountQuotas']
  return sign(post(body, headers), world.root, { ...IAM, service: { service: 'iamd' } })
}

/** What the root user is answered. */
async function answerOf(world: World, name: OperationName, input: WireInput): Promise<Refusal> {
  return refusalOf(await world.send(sign(postCall(getOperation(name), input), world.root, IAM)))
}
