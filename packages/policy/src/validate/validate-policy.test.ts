import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findingsOf, sentencesOf } from '../../test/findings-of.ts'
import type { Finding } from '../finding.ts'

const VERSION = 'Policy document must be version 2012-10-17 or greater.'
const LEGACY = 'The policy failed legacy parsing'
const PRINCIPAL = 'Policy document should not specify a principal.'
const SID_UNIQUE = 'Statement IDs (SID) in a single policy must be unique.'
const SID_FORMAT =
  'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*'
const NO_ACTION = 'Policy statement must contain actions.'
const NO_RESOURCE = 'Policy statement must contain resources.'
const NO_VENDOR = 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'
const COLONS = 'Actions/Condition can contain only one colon.'
const SERVICE = 'Resource vendor must be fully qualified and cannot contain regexes.'
const IAM_PATH =
  'IAM resource path must either be "*" or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.'

/** A statement but for what is given; undefined leaves an element out. */
function statement(elements: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...elements }
}

describe('validatePolicy, errors', () => {
  const refused: readonly (readonly [name: string, message: string, ...statements: readonly object[]])[] = [
    ['an Effect in another case', LEGACY, statement({ Effect: 'deny' })],
    ['a date that is none', LEGACY, statement({ Condition: { DateLessThan: { 'aws:CurrentTime': 'tomorrow' } } })],
    [
      'one date of several that is none',
      LEGACY,
      statement({ Condition: { DateLessThan: { 'aws:CurrentTime': ['2026-01-01', '2026-02-30'] } } }),
    ],
    ['a number that is none', LEGACY, statement({ Condition: { NumericEquals: { 's3:max-keys': 'ten' } } })],
    ['a range that is none', LEGACY, statement({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/33' } } })],
    [
      'an IPv6 range with host bits',
      LEGACY,
      statement({ Condition: { IpAddress: { 'aws:SourceIp': '2001:db8::1/32' } } }),
    ],
    ['bytes that are none', LEGACY, statement({ Condition: { BinaryEquals: { 'x:y': 'QQ' } } })],
    ['an ARN that is none', LEGACY, statement({ Condition: { ArnLike: { 'aws:SourceArn': 'bucket' } } })],
    [
      'a qualified operator with a number that is none',
      LEGACY,
      statement({ Condition: { 'ForAnyValue:NumericEqualsIfExists': { 'x:y': '1x' } } }),
    ],
    ['an ARN of four colons', LEGACY, statement({ Resource: 'arn:aws:s3::bucket' })],
    ['an ARN without a service', LEGACY, statement({ Resource: 'arn:aws::::bucket' })],
    ['an IAM resource of four colons', IAM_PATH, statement({ Resource: 'arn:aws:iam::x' })],
    ['a NotResource of four colons', LEGACY, statement({ Resource: undefined, NotResource: 'arn:aws:s3::bucket' })],
    ['a Principal', PRINCIPAL, statement({ Principal: '*' })],
    ['F-11: a NotPrincipal', PRINCIPAL, statement({ Effect: 'Deny', NotPrincipal: { AWS: '111122223333' } })],
    ['a Sid with other characters', SID_FORMAT, statement({ Sid: 'my-statement' })],
    ['two statements of one Sid', SID_UNIQUE, statement({ Sid: 'A' }), statement({ Sid: 'A' })],
    ['F-12: no Action', NO_ACTION, statement({ Action: undefined })],
    ['F-12: an empty Action', NO_ACTION, statement({ Action: [] })],
    ['F-12: an empty NotAction', NO_ACTION, statement({ Action: undefined, NotAction: [] })],
    ['F-12: no Resource', NO_RESOURCE, statement({ Resource: undefined })],
    ['F-12: an empty Resource', NO_RESOURCE, statement({ Resource: [] })],
    ['F-12: an empty NotResource', NO_RESOURCE, statement({ Resource: undefined, NotResource: [] })],
    ['an Action without a service', NO_VENDOR, statement({ Action: 'GetObject' })],
    ['an empty Action text', NO_VENDOR, statement({ Action: '' })],
    ['a NotAction without a service', NO_VENDOR, statement({ Action: undefined, NotAction: ['s3:*', 'ec2'] })],
    ['an Action with two colons', COLONS, statement({ Action: 's3:Get:Object' })],
    ['a service with a space', 'Vendor s 3 is not valid', statement({ Action: 's 3:GetObject' })],
    ['a service with a wildcard', 'Vendor s* is not valid', statement({ Action: 's*:GetObject' })],
    ['a service without a name', 'Vendor  is not valid', statement({ Action: ':GetObject' })],
    ['a Resource that is no ARN', 'Resource bucket must be in ARN format or "*".', statement({ Resource: 'bucket' })],
    ['an empty Resource text', 'Resource  must be in ARN format or "*".', statement({ Resource: '' })],
    [
      'an unknown partition',
      'Partition "moon" is not valid for resource "arn:moon:s3:::bucket".',
      statement({ Resource: 'arn:moon:s3:::bucket' }),
    ],
    [
      'a partition with a wildcard',
      'Partition "aws*" is not valid for resource "arn:aws*:s3:::bucket".',
      statement({ Resource: 'arn:aws*:s3:::bucket' }),
    ],
    [
      'an ARN without its first word',
      'Partition "s3" is not valid for resource "arn:s3:::bucket:*".',
      statement({ Resource: 'aws:s3:::bucket' }),
    ],
    [
      'two words',
      'Partition "there" is not valid for resource "arn:there:*:*:*:*".',
      statement({ Resource: 'here:there' }),
    ],
    ['three words', 'Partition "b" is not valid for resource "arn:b:c:*:*:*".', statement({ Resource: 'a:b:c' })],
    [
      'many words',
      'Partition "b" is not valid for resource "arn:b:c:d:e:f:g".',
      statement({ Resource: 'a:b:c:d:e:f:g' }),
    ],
    ['an ARN that ends with its partition', SERVICE, statement({ Resource: 'arn:aws' })],
    ['an ARN of any service', SERVICE, statement({ Resource: 'arn:aws:*:*:*:*' })],
    ['a service with a wildcard in an ARN', SERVICE, statement({ Resource: 'arn:aws:s?:::bucket' })],
    [
      'an IAM resource with a region',
      'IAM resource arn:aws:iam:us-east-1:111122223333:user/a cannot contain region information.',
      statement({ Resource: 'arn:aws:iam:us-east-1:111122223333:user/a' }),
    ],
    [
      'a bucket with a region',
      'Resource arn:aws:s3:us-east-1::bucket can not contain region information.',
      statement({ Resource: 'arn:aws:s3:us-east-1::bucket' }),
    ],
    ['an IAM resource of no kind', IAM_PATH, statement({ Resource: 'arn:aws:iam::111122223333:bucket' })],
  ]
  for (const [name, message, ...statements] of refused) {
    it(`answers AWS's sentence to ${name}`, () => {
      assert.deepEqual(
        errorsOf(statements).map((finding) => finding.message),
        [message],
      )
    })
  }

  const taken: readonly (readonly [name: string, ...statements: readonly object[]])[] = [
    ['a list with * in it', statement({ Resource: ['arn:aws:s3:::bucket', '*'] })],
    ['an action of a service that does not exist', statement({ Action: 'my-own.service:Do It' })],
    ['*:* and *', statement({ Action: ['*:*', '*'] })],
    ['a resource of a service that does not exist', statement({ Resource: 'arn:aws:mine:::thing' })],
    ['an ARN of three parts', statement({ Resource: 'arn:aws:thing' })],
    ['an ARN of any partition', statement({ Resource: 'arn:*:s3:::bucket' })],
    [
      'other partitions',
      statement({ Resource: ['arn:aws-cn:s3:::b', 'arn:aws-us-gov:s3:::b', 'arn:aws-eusc:s3:::b'] }),
    ],
    [
      'IAM resources',
      statement({
        Resource: [
          'arn:aws:iam::*:user/${aws:username}',
          'arn:aws:iam::*:*',
          'arn:aws:iam::*:us*',
          'arn:aws:iam::*:root',
        ],
      }),
    ],
    [
      'S3 resources that live in a region',
      statement({ Resource: ['arn:aws:s3:eu-west-1:111122223333:accesspoint/a', 'arn:aws:s3:*:*:job/*'] }),
    ],
    ['empty Sids in several statements', statement({ Sid: '' }), statement({ Sid: '' })],
    ['an empty Condition', statement({ Condition: {} })],
    ['an operator without keys', statement({ Condition: { DateGreaterThan: {} } })],
    ['an unknown operator without keys', statement({ Condition: { Nonsense: {} } })],
    ['a key without values', statement({ Condition: { DateGreaterThan: { 'aws:CurrentTime': [] } } })],
    [
      'JSON numbers and booleans',
      statement({ Condition: { NumericLessThan: { 's3:max-keys': 10 }, Bool: { 'aws:SecureTransport': true } } }),
    ],
    ['an ARN that is a variable', statement({ Condition: { ArnEquals: { 'aws:SourceArn': '${aws:PrincipalArn}' } } })],
    ['unknown condition keys', statement({ Condition: { StringEquals: { anything: 'x' } } })],
    [
      'NotAction and NotResource',
      statement({ Action: undefined, NotAction: 'iam:*', Resource: undefined, NotResource: 'arn:aws:s3:::b' }),
    ],
  ]
  for (const [name, ...statements] of taken) {
    it(`lets ${name} be stored`, () => {
      assert.deepEqual(errorsOf(statements), [])
    })
  }

  it('asks for version 2012-10-17 of a managed policy only', () => {
    for (const Version of ['2008-10-17', undefined]) {
      const document = { Version, Statement: [statement({})] }
      for (const kind of ['managed', 'boundary'] as const) {
        const errors = findingsOf(document, kind).filter(({ severity }) => severity === 'error')
        assert.deepEqual(
          errors.map(({ message }) => message),
          [VERSION],
        )
      }
      for (const kind of ['identity', 'session'] as const) {
        assert.ok(findingsOf(document, kind).every(({ severity }) => severity === 'warning'))
      }
    }
  })

  it('takes operands in a policy of a session that match nothing, but no malformed bytes', () => {
    const malformed = [
      { NumericEquals: { 's3:max-keys': 'ten' } },
      { DateLessThan: { 'aws:CurrentTime': 'tomorrow' } },
      { IpAddress: { 'aws:SourceIp': '2001:db8::1/32' } },
      { ArnLike: { 'aws:SourceArn': 'bucket' } },
    ]
    for (const Condition of malformed) {
      assert.deepEqual(sentencesOf('session', statement({ Condition })), [])
      for (const kind of ['identity', 'managed', 'boundary'] as const) {
        assert.deepEqual(sentencesOf(kind, statement({ Condition })), [LEGACY])
      }
    }
    assert.deepEqual(sentencesOf('session', statement({ Condition: { BinaryEquals: { 'x:y': 'QQ' } } })), [LEGACY])
    assert.deepEqual(sentencesOf('session', statement({ Principal: '*' })), [PRINCIPAL])
  })

  it('puts first what AWS reports first', () => {
    const [bad, worse] = [
      statement({ Sid: 'A', Resource: 'bucket' }),
      statement({ Sid: 'A', Action: undefined, Effect: 'deny', Principal: '*' }),
    ]
    const first = (Version: string, ...statements: readonly object[]): string | undefined =>
      findingsOf({ Version, Statement: statements }, 'managed')[0]?.message
    assert.equal(first('2008-10-17', bad, worse), VERSION)
    assert.equal(first('2012-10-17', bad, worse), LEGACY)
    assert.equal(first('2012-10-17', bad, { ...worse, Effect: 'Deny' }), PRINCIPAL)
    assert.equal(first('2012-10-17', bad, { ...worse, Effect: 'Deny', Principal: undefined }), SID_UNIQUE)
    assert.equal(first('2012-10-17', bad, { ...worse, Effect: 'Deny', Principal: undefined, Sid: 'B' }), NO_ACTION)
    assert.equal(first('2012-10-17', bad, statement({ Action: 'x' })), 'Resource bucket must be in ARN format or "*".')
    assert.equal(first('2012-10-17', statement({ Action: 'x', Resource: undefined })), NO_VENDOR)
  })

  it('does not parse the old way behind a resource whose format is wrong', () => {
    const messages = (...Resource: readonly string[]): readonly string[] =>
      errorsOf([statement({ Resource })]).map(({ message }) => message)
    const format = 'Resource bucket must be in ARN format or "*".'
    assert.deepEqual(messages('bucket', 'arn:aws:s3::b'), [format])
    assert.deepEqual(messages('arn:aws:s3::b', 'bucket'), [LEGACY, format])
  })

  it('names line, column and path of the culprit', () => {
    const text =
      '{\n  "Version": "2012-10-17",\n  "Statement": {\n    "Effect": "Allow",\n    "Action": ["s3:*", "x"],\n    "Resource": "*"\n  }\n}'
    const [finding] = findingsOf(text, 'identity')
    assert.deepEqual(
      [finding?.line, finding?.column, finding?.path, finding?.code],
      [5, 24, 'Statement[0].Action[1]', 'MalformedAction'],
    )
  })
})

function errorsOf(statements: readonly object[]): readonly Finding[] {
  const findings = findingsOf({ Version: '2012-10-17', Statement: statements }, 'managed')
  return findings.filter(({ severity }) => severity === 'error')
}
