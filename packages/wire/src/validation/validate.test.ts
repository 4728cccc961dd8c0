import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { valueArbitrary } from '../../test/shape-arbitrary.ts'
import { allOperations, walkShape } from '../../test/walk-shape.ts'
import { Fault } from '../fault.ts'
import { getOperation, type OperationName } from '../service.ts'
import type { Shape } from '../shape.ts'
import { validate } from './validate.ts'

/** The code and sentence with which an input is refused. */
function refusal(name: OperationName, input: object): string {
  try {
    validate(getOperation(name), input)
  } catch (error) {
    assert.ok(error instanceof Fault)
    assert.equal(error.status, 400)
    return `${error.code}: ${error.message}`
  }
  return 'nothing was refused'
}

/** A requirement, the call, and what the service was observed to answer (or what its other answers let expect). */
interface Case {
  readonly requirement: string
  readonly operation: OperationName
  readonly input: object
  readonly answer: string
}

const failed = 'failed to satisfy constraint:'
const tagPattern = String.raw`Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]+`
const arnPattern = String.raw`Member must satisfy regular expression pattern: [\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+`
const tagKeys = `Value at 'tagKeys' ${failed} Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, ${tagPattern}, Member must not be null]`
const names = 'It must contain only alphanumeric characters and/or the following: +=,.@_-'
const paths = 'It must begin and end with / and contain only alphanumeric characters and/or / characters.'
const tag = { Key: 'k', Value: 'v' }
const roleArn = 'arn:aws:iam::123456789012:role/r'

const cases: readonly Case[] = [
  {
    requirement: 'IAM names a required member that is absent',
    operation: 'CreateUser',
    input: {},
    answer: `ValidationError: 1 validation error detected: Value at 'userName' ${failed} Member must not be null`,
  },
  {
    requirement: 'IAM names every required member that is absent, in the order of the model',
    operation: 'PutUserPolicy',
    input: { PolicyName: 'p' },
    answer: `ValidationError: 2 validation errors detected: Value at 'userName' ${failed} Member must not be null; Value at 'policyDocument' ${failed} Member must not be null`,
  },
  {
    requirement: 'IAM does not show a value that is too long',
    operation: 'CreateUser',
    input: { UserName: 'a'.repeat(65) },
    answer: `ValidationError: 1 validation error detected: Value at 'userName' ${failed} Member must have length less than or equal to 64`,
  },
  {
    requirement: 'IAM refuses the characters of a name in words of its own',
    operation: 'UpdateUser',
    input: { UserName: 'a', NewUserName: 'bad/name' },
    answer: `ValidationError: The specified value for newUserName is invalid. ${names}`,
  },
  {
    requirement: 'IAM refuses an empty name for its characters',
    operation: 'GetUser',
    input: { UserName: '' },
    answer: `ValidationError: The specified value for userName is invalid. ${names}`,
  },
  {
    requirement: 'IAM refuses a path that does not end with a slash in words of its own',
    operation: 'CreateUser',
    input: { UserName: 'a', Path: '/team' },
    answer: `ValidationError: The specified value for path is invalid. ${paths}`,
  },
  {
    requirement: 'IAM tells other violations before it refuses in words of its own',
    operation: 'CreateUser',
    input: { UserName: 'bad/name', Path: `/${'a'.repeat(511)}/` },
    answer: `ValidationError: 1 validation error detected: Value at 'path' ${failed} Member must have length less than or equal to 512`,
  },
  {
    requirement: 'IAM refuses an access key id for its characters in words of its own',
    operation: 'DeleteAccessKey',
    input: { AccessKeyId: 'AKIA-------------' },
    answer:
      'ValidationError: The specified value for accessKeyId is invalid. It must contain only alphanumeric characters.',
  },
  {
    requirement: 'IAM refuses a document that is not Latin-1 in words of its own',
    operation: 'PutUserPolicy',
    input: { UserName: 'a', PolicyName: 'p', PolicyDocument: '{"a":"\u3042"}' },
    answer:
      'ValidationError: The specified value for policyDocument is invalid. It must contain only printable ASCII characters.',
  },
  {
    requirement: 'IAM names the tag of which a member is absent',
    operation: 'TagUser',
    input: { UserName: 'a', Tags: [tag, { Value: 'v' }] },
    answer: `ValidationError: 1 validation error detected: Value at 'tags.2.member.key' ${failed} Member must not be null`,
  },
  {
    requirement: 'IAM checks the length before the pattern',
    operation: 'TagUser',
    input: { UserName: 'a', Tags: [{ Key: '', Value: 'v' }] },
    answer: `ValidationError: 2 validation errors detected: Value at 'tags.1.member.key' ${failed} Member must have length greater than or equal to 1; Value at 'tags.1.member.key' ${failed} ${tagPattern}`,
  },
  {
    requirement: 'IAM checks the number of tags before the tags',
    operation: 'TagUser',
    input: { UserName: 'a', Tags: [...Array.from({ length: 50 }, () => tag), { Key: 'bad#', Value: 'v' }] },
    answer: `ValidationError: 2 validation errors detected: Value at 'tags' ${failed} Member must have length less than or equal to 50; Value at 'tags.51.member.key' ${failed} ${tagPattern}`,
  },
  {
    requirement: 'IAM has one sentence for a list of text, however many elements are wrong, and in whatever way',
    operation: 'UntagUser',
    input: { UserName: 'a', TagKeys: ['bad#', '', 'k'.repeat(129), undefined] },
    answer: `ValidationError: 1 validation error detected: ${tagKeys}`,
  },
  {
    requirement: 'IAM names a structure that was left out of a list',
    operation: 'TagUser',
    input: { UserName: 'a', Tags: [undefined, tag] },
    answer: `ValidationError: 1 validation error detected: Value at 'tags' ${failed} Member must satisfy constraint: [Member must not be null]`,
  },
  {
    requirement: 'IAM names the range that a number left',
    operation: 'ListUsers',
    input: { MaxItems: 1001 },
    answer: `ValidationError: 1 validation error detected: Value at 'maxItems' ${failed} Member must have value less than or equal to 1000`,
  },
  {
    requirement: 'IAM names the values of an enumeration',
    operation: 'UpdateAccessKey',
    input: { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', Status: 'active' },
    answer: `ValidationError: 1 validation error detected: Value at 'status' ${failed} Member must satisfy enum value set: [Active, Inactive, Expired]`,
  },
  {
    requirement: 'only the first letter of a name is in lower case',
    operation: 'CreateSAMLProvider',
    input: { SAMLMetadataDocument: '', Name: 'n' },
    answer: `ValidationError: 1 validation error detected: Value at 'sAMLMetadataDocument' ${failed} Member must have length greater than or equal to 1000`,
  },
  {
    requirement: 'keys and values of a map have a sentence each',
    operation: 'PutAccountProperties',
    input: { Properties: { '1': '', a: 'b' } },
    answer: `ValidationError: 2 validation errors detected: Value at 'properties' ${failed} Map keys must satisfy constraint: [Member must have length less than or equal to 50, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: ^[A-Za-z][A-Za-z0-9/_-]*$, Member must not be null]; Value at 'properties' ${failed} Map value must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must not be null]`,
  },
  {
    requirement: 'structures in a map are named by their key',
    operation: 'AcquireRole',
    input: { TemplateArn: roleArn, ReplacementValues: { k: { Values: [] }, l: {} } },
    answer: `ValidationError: 2 validation errors detected: Value at 'replacementValues.k.member.values' ${failed} Member must have length greater than or equal to 1; Value at 'replacementValues.l.member.values' ${failed} Member must not be null`,
  },
  {
    requirement: 'a union has exactly one of its members',
    operation: 'SimulatePrincipalPolicy',
    input: {
      PolicySourceArn: roleArn,
      ActionNames: ['a:b'],
      PolicyExclusionList: [{ PolicyType: 'scp', PolicyArn: roleArn }, {}],
    },
    answer: `ValidationError: 2 validation errors detected: Value at 'policyExclusionList.1.member' ${failed} Member must have exactly one of its members; Value at 'policyExclusionList.2.member' ${failed} Member must have exactly one of its members`,
  },
  {
    requirement: 'STS says null of what is absent',
    operation: 'AssumeRole',
    input: { RoleArn: roleArn },
    answer: `ValidationError: 1 validation error detected: Value null at 'roleSessionName' ${failed} Member must not be null`,
  },
  {
    requirement: 'STS shows the value, and checks the pattern before the length',
    operation: 'AssumeRole',
    input: { RoleArn: '', RoleSessionName: 'bad/name' },
    answer: `ValidationError: 3 validation errors detected: Value '' at 'roleArn' ${failed} ${arnPattern}; Value '' at 'roleArn' ${failed} Member must have length greater than or equal to 20; Value 'bad/name' at 'roleSessionName' ${failed} Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
  },
  {
    requirement: 'STS shows a number that left its range',
    operation: 'AssumeRole',
    input: { RoleArn: roleArn, RoleSessionName: 'ab', DurationSeconds: -1 },
    answer: `ValidationError: 1 validation error detected: Value '-1' at 'durationSeconds' ${failed} Member must have value greater than or equal to 900`,
  },
  {
    requirement: 'STS does not show a token',
    operation: 'AssumeRoleWithWebIdentity',
    input: { RoleArn: roleArn, RoleSessionName: 'ab', WebIdentityToken: 'x' },
    answer: `ValidationError: 1 validation error detected: Value at 'webIdentityToken' ${failed} Member must have length greater than or equal to 4`,
  },
  {
    requirement: 'a service with the JSON protocol answers its own code',
    operation: 'PutAccountQuotas',
    input: { Quotas: [{ Name: 'users', Value: -1 }] },
    answer: `ValidationException: 1 validation error detected: Value at 'quotas.1.member.value' ${failed} Member must have value greater than or equal to 0`,
  },
]

for (const { requirement, operation, input, answer } of cases) {
  test(requirement, () => {
    assert.equal(refusal(operation, input), answer)
  })
}

test('characters are counted, not their code units', () => {
  const session = (text: string): object => ({ RoleArn: text, RoleSessionName: 'ab' })
  assert.match(
    refusal('AssumeRole', session('\u{1F600}'.repeat(2048))),
    /^ValidationError: 1 validation error detected: .*regular expression/,
  )
  assert.match(
    refusal('AssumeRole', session('\u{1F600}'.repeat(2049))),
    /^ValidationError: 2 validation errors detected: .*2048$/,
  )
  assert.equal(refusal('AssumeRole', session('é'.repeat(2048))), 'nothing was refused')
  const description = (count: number): object => ({
    PolicyName: 'p',
    PolicyDocument: '{}',
    Description: '\u{1F600}'.repeat(count),
  })
  assert.equal(refusal('CreatePolicy', description(1000)), 'nothing was refused')
  assert.match(refusal('CreatePolicy', description(1001)), /less than or equal to 1000$/)
})

test('B-06: text for which the model has no pattern is refused where XML cannot carry it', () => {
  for (const character of ['\u0000', '\u0008', '\u000B', '\u001F', '\uFFFE', '\uFFFF', '\uD800', '\uDC00']) {
    const answer = refusal('CreatePolicy', { PolicyName: 'p', PolicyDocument: '{}', Description: `a${character}b` })
    assert.match(
      answer,
      /^ValidationError: 1 validation error detected: Value at 'description' failed .* regular expression/,
    )
  }
  const allowed = 'a\t\n\r\u0085\u2028\uD7FF\uE000\uFFFD\u{10000}\u{10FFFF}'
  assert.equal(
    refusal('CreatePolicy', { PolicyName: 'p', PolicyDocument: '{}', Description: allowed }),
    'nothing was refused',
  )
})

/** AWS publishes no length for these; the limit of a body holds, and what their operations say. */
const unboundedTexts = [
  'AcquireRole.ReplacementValues',
  'AcquireRole.ReplacementValues.Values',
  'AssumeRole.Policy',
  'CreateDelegationRequest.Permissions.Parameters.Values',
  'CreateServiceSpecificCredential.ServiceName',
  'CreateVirtualMFADevice.VirtualMFADeviceName',
  'DeletePolicyVersion.VersionId',
  'GetDelegatedAccessToken.TradeInToken',
  'GetPolicyVersion.VersionId',
  'ListServiceSpecificCredentials.ServiceName',
  'SetDefaultPolicyVersion.VersionId',
  'SimulateCustomPolicy.ContextEntries.ContextKeyValues',
  'SimulatePrincipalPolicy.ContextEntries.ContextKeyValues',
]

test('B-10: every text of every input has a longest length, but for those that AWS gives none', () => {
  const unbounded = allOperations().flatMap(({ name, input }) =>
    [...walkShape(input)].filter(({ shape }) => isUnbounded(shape)).map(({ path }) => [name, ...path].join('.')),
  )
  assert.deepEqual([...new Set(unbounded)].toSorted(), unboundedTexts)
})

function isUnbounded(shape: Shape): boolean {
  if (shape.kind !== 'string' || shape.max !== undefined || shape.values !== undefined) return false
  return shape.pattern === undefined || /[+*]/.test(shape.pattern)
}

test('B-10: a text that is far too long is refused', () => {
  const huge = 'a'.repeat(1_000_000)
  for (const [operation, input] of [
    ['CreateUser', { UserName: huge }],
    ['ChangePassword', { OldPassword: huge, NewPassword: huge }],
    ['AssumeRoleWithSAML', { RoleArn: roleArn, PrincipalArn: roleArn, SAMLAssertion: huge }],
  ] as const) {
    assert.match(refusal(operation, input), /Member must have length less than or equal to/)
  }
})

test('law: what the model allows is never refused', () => {
  for (const operation of allOperations()) {
    const inputs = valueArbitrary(operation.input, 'input')
    fc.assert(
      fc.property(inputs, (input) => validate(operation, input)),
      { numRuns: 10, seed: 42 },
    )
  }
})

test('a value of another type than its shape is a bug, not a violation', () => {
  assert.throws(() => validate(getOperation('CreateUser'), { UserName: 1 }), TypeError)
  assert.throws(() => validate(getOperation('ListUsers'), { MaxItems: '1' }), TypeError)
  assert.throws(() => validate(getOperation('TagUser'), { UserName: 'a', Tags: {} }), TypeError)
  assert.throws(() => validate(getOperation('TagUser'), undefined), TypeError)
})
