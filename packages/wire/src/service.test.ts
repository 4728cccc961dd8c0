import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allOperations, walkShape } from '../test/walk-shape.ts'
import { type ErrorCode, getOperation, type Input, type Output, services } from './service.ts'

test('the table has the three services with their versions and protocols', () => {
  const rows = [...services].map(([key, { name, protocol, version, xmlNamespace, targetPrefix }]) => ({
    key,
    name,
    protocol,
    version,
    xmlNamespace,
    targetPrefix,
  }))
  assert.deepEqual(rows, [
    {
      key: 'iam',
      name: 'iam',
      protocol: 'awsQuery',
      version: '2010-05-08',
      xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
      targetPrefix: undefined,
    },
    {
      key: 'sts',
      name: 'sts',
      protocol: 'awsQuery',
      version: '2011-06-15',
      xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
      targetPrefix: undefined,
    },
    {
      key: 'iamd',
      name: 'iamd',
      protocol: 'awsJson1.1',
      version: '2026-11-01',
      xmlNamespace: undefined,
      targetPrefix: 'Iamd',
    },
  ])
})

test('no two operations share a name, so that a name alone finds its operation', () => {
  const operations = allOperations()
  assert.equal(new Set(operations.map(({ name }) => name)).size, operations.length)
  for (const operation of operations) assert.equal(getOperation(operation.name), operation)
})

test('an operation knows the status of its own errors and of those that all have', () => {
  assert.deepEqual(Object.fromEntries(getOperation('CreateUser').errors), {
    ConcurrentModification: 409,
    EntityAlreadyExists: 409,
    InvalidInput: 400,
    LimitExceeded: 409,
    NoSuchEntity: 404,
    ServiceFailure: 500,
    AccessDenied: 403,
    ValidationError: 400,
  })
  assert.deepEqual(Object.fromEntries(getOperation('GetCallerIdentity').errors), {
    AccessDenied: 403,
    ValidationError: 400,
  })
})

test('members are in the order of AWS, and know whether they are required', () => {
  const members = getOperation('CreateUser').input?.members.map(({ name, isRequired }) => [name, isRequired])
  assert.deepEqual(members, [
    ['Path', false],
    ['UserName', true],
    ['PermissionsBoundary', false],
    ['Tags', false],
  ])
})

test('every shape that an operation reaches is in the table', () => {
  for (const { input, output } of allOperations()) {
    for (const shape of [input, output]) for (const place of walkShape(shape)) assert.ok(place.shape.kind)
  }
})

test('secrets are marked as such', () => {
  const sensitive = allOperations().flatMap(({ name, input, output }) =>
    [...walkShape(input), ...walkShape(output)].flatMap(({ shape, path }) =>
      (shape.kind === 'string' || shape.kind === 'blob') && shape.isSensitive ? [[name, ...path].join('.')] : [],
    ),
  )
  for (const secret of [
    'CreateAccessKey.AccessKey.SecretAccessKey',
    'CreateLoginProfile.Password',
    'ChangePassword.NewPassword',
    'CreateVirtualMFADevice.VirtualMFADevice.Base32StringSeed',
    'AssumeRole.Credentials.SecretAccessKey',
  ]) {
    assert.ok(sensitive.includes(secret), secret)
  }
})

test('the types say what an operation takes, answers and refuses with', () => {
  const input: Input<'CreateUser'> = { UserName: 'a', Path: undefined, Tags: [{ Key: 'k', Value: 'v' }] }
  const output: Output<'DeleteUser'> = {}
  const code: ErrorCode<'GetUser'> = 'NoSuchEntity'
  const common: ErrorCode<'GetCallerIdentity'> = 'AccessDenied'
  // @ts-expect-error -- GetUser has no such error in the model.
  const wrong: ErrorCode<'GetUser'> = 'EntityAlreadyExists'
  // @ts-expect-error -- UserName is required.
  const incomplete: Input<'CreateUser'> = {}
  assert.deepEqual(
    [input.UserName, output, code, common, wrong, incomplete],
    ['a', {}, 'NoSuchEntity', 'AccessDenied', 'EntityAlreadyExists', {}],
  )
})
