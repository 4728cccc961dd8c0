import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findingsOf, sentencesOf } from '../../test/findings-of.ts'

const PRINCIPAL = 'Invalid principal in policy'
const ACTION = 'Policy has invalid action'
const RESOURCE = 'Policy has invalid resource'

/** A statement but for what is given; undefined leaves an element out. */
function statement(elements: Readonly<Record<string, unknown>>): object {
  return { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*', ...elements }
}

const others = { Principal: undefined, NotPrincipal: { AWS: '111122223333' } }

const REFUSED: readonly (readonly [name: string, sentence: string, ...statements: readonly object[]])[] = [
  ['an Effect in another case', 'Invalid effect: ALLOW', statement({ Effect: 'ALLOW' })],
  ['no Principal', 'Missing required field Principal', statement({ Principal: undefined })],
  ['an empty Principal', 'Missing required field Principal cannot be empty!', statement({ Principal: {} })],
  ['no Action', 'Missing required field Action', statement({ Action: undefined })],
  ['F-12: an empty Action', 'Missing required field Action cannot be empty!', statement({ Action: [] })],
  ['F-12: no Resource', 'Missing required field Resource', statement({ Resource: undefined })],
  ['F-12: an empty Resource', 'Missing required field Resource cannot be empty!', statement({ Resource: [] })],
  ['F-11: NotPrincipal with Allow', 'Allow with NotPrincipal is not allowed.', statement(others)],
  ['a type without principals', PRINCIPAL, statement({ Principal: { AWS: [] } })],
  ['a principal that is none', PRINCIPAL, statement({ Principal: { AWS: ['111122223333', 'user'] } })],
  ['a group', PRINCIPAL, statement({ Principal: { AWS: 'arn:aws:iam::111122223333:group/g' } })],
  ['a wildcard within a principal', PRINCIPAL, statement({ Principal: { AWS: 'arn:aws:iam::111122223333:user/*' } })],
  ['a canonical user that is none', PRINCIPAL, statement({ Principal: { CanonicalUser: 'me' } })],
  ['an Action without a service', ACTION, statement({ Action: 'GetObject' })],
  ['a Resource that is no ARN', RESOURCE, statement({ Resource: 'b/*' })],
  ['an ARN with too few parts', RESOURCE, statement({ Resource: 'arn:aws:s3::b' })],
  [
    'two statements of one Sid',
    'The Statement Ids in the policy are not unique',
    statement({ Sid: 'A' }),
    statement({ Sid: 'A' }),
  ],
]

describe('validatePolicy of a policy of a resource', () => {
  for (const [name, sentence, ...statements] of REFUSED) {
    it(`answers AWS's sentence to ${name}`, () => {
      assert.deepEqual(sentencesOf('resource', ...statements), [sentence])
    })

    it(`answers the same for an endpoint, as EC2 words it, to ${name}`, () => {
      assert.deepEqual(sentencesOf('endpoint', ...statements), [`The Policy Document is not valid. ${sentence}`])
    })
  }

  it('names the type of principals that does not exist by its place', () => {
    const [finding] = findingsOf('{"Statement": {"Effect": "Allow",\n "Principal": {"aws": "*"}}}', 'resource')
    assert.equal(finding?.message, 'Missing required field Action')
    const [other] = findingsOf(
      '{"Statement": {"Effect": "Allow", "Action": "a:b", "Resource": "*",\n "Principal": {"aws": "*"}}}',
      'resource',
    )
    assert.deepEqual([other?.message, other?.line, other?.column], ['Syntax error at position (2,24)', 2, 23])
  })

  const taken: readonly (readonly [name: string, ...statements: readonly object[]])[] = [
    ['a Sid with other characters', statement({ Sid: 'my statement' })],
    ['everyone', statement({ Principal: { AWS: ['*'] } })],
    ['every service', statement({ Principal: { Service: '*' } })],
    ['a canonical user', statement({ Principal: { CanonicalUser: '0'.repeat(64) } })],
    [
      'an origin access identity',
      statement({ Principal: { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1' } }),
    ],
    ['NotPrincipal with Deny', statement({ ...others, Effect: 'Deny' })],
    ['everything', statement({ Action: '*', Resource: '*' })],
    ['operands that are none', statement({ Condition: { DateLessThan: { 'aws:CurrentTime': 'tomorrow' } } })],
  ]
  for (const [name, ...statements] of taken) {
    it(`lets ${name} be stored`, () => {
      assert.deepEqual(sentencesOf('resource', ...statements), [])
      assert.deepEqual(sentencesOf('endpoint', ...statements), [])
    })
  }
})
