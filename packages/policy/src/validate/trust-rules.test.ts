import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findingsOf, sentencesOf } from '../../test/findings-of.ts'

const ACTIONS = 'AssumeRole policy may only specify STS AssumeRole actions.'
const NO_PRINCIPALS =
  'Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: The passed in policy has a statement with no principals!'
const FEDERATED = 'Federated principals must be valid domain names or SAML metadata ARNs'

/** A statement but for what is given; undefined leaves an element out. */
function statement(elements: Readonly<Record<string, unknown>>): object {
  return { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole', ...elements }
}

function trusting(Principal: unknown): object {
  return statement({ Principal })
}

const aws = (name: string): string => `Invalid principal in policy: "AWS":"${name}"`
const service = (name: string): string => `Invalid principal in policy: "SERVICE":"${name}"`

describe('validatePolicy of a trust policy', () => {
  const refused: readonly (readonly [name: string, sentence: string, ...statements: readonly object[]])[] = [
    ['an Effect in another case', 'Invalid effect: allow', statement({ Effect: 'allow' })],
    ['no Principal', 'Missing required field Principal', trusting(undefined)],
    ['an empty Principal', 'Missing required field Principal cannot be empty!', trusting({})],
    ['a type without principals', NO_PRINCIPALS, trusting({ AWS: [] })],
    ['no Action', 'Missing required field Action', statement({ Action: undefined })],
    ['F-12: an empty Action', 'Missing required field Action cannot be empty!', statement({ Action: [] })],
    ['a Resource', 'Has prohibited field Resource', statement({ Resource: '*' })],
    ['a NotResource', 'AssumeRole policy must not contain resources.', statement({ NotResource: '*' })],
    [
      'F-11: NotPrincipal with Allow',
      'Allow with NotPrincipal is not allowed.',
      statement({ Principal: undefined, NotPrincipal: { AWS: '111122223333' } }),
    ],
    [
      'F-11: NotPrincipal with Deny',
      'AssumeRole policy must not contain NotPrincipal field.',
      statement({ Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: '111122223333' } }),
    ],
    ['everyone as a scalar', 'AssumeRolepolicy contained an invalid principal: "STAR":"*".', trusting('*')],
    [
      'a canonical user',
      `AssumeRolepolicy contained an invalid principal: "CANONICALUSER":"${'0a'.repeat(32)}".`,
      trusting({ CanonicalUser: '0a'.repeat(32) }),
    ],
    ['a short account number', aws('1234'), trusting({ AWS: '1234' })],
    ['a group', aws('arn:aws:iam::111122223333:group/g'), trusting({ AWS: 'arn:aws:iam::111122223333:group/g' })],
    [
      'a wildcard within a name',
      aws('arn:aws:iam::111122223333:role/r*'),
      trusting({ AWS: 'arn:aws:iam::111122223333:role/r*' }),
    ],
    ['a wildcard for the account', aws('arn:aws:iam::*:root'), trusting({ AWS: 'arn:aws:iam::*:root' })],
    ['a bucket', aws('arn:aws:s3:::b'), trusting({ AWS: 'arn:aws:s3:::b' })],
    ['an empty name', aws(''), trusting({ AWS: '' })],
    [
      'an unknown partition',
      aws('arn:moon:iam::111122223333:root'),
      trusting({ AWS: 'arn:moon:iam::111122223333:root' }),
    ],
    ['a service without its domain', service('lambda'), trusting({ Service: 'lambda' })],
    ['a wildcard for a service', service('*.amazonaws.com'), trusting({ Service: '*.amazonaws.com' })],
    ['every service', service('*'), trusting({ Service: '*' })],
    ['every provider', FEDERATED, trusting({ Federated: '*' })],
    ['a provider that is a user', FEDERATED, trusting({ Federated: 'arn:aws:iam::111122223333:user/u' })],
    ['an action of another service', ACTIONS, statement({ Action: ['sts:AssumeRole', 's3:GetObject'] })],
    ['every action', ACTIONS, statement({ Action: '*' })],
    ['every action of STS', ACTIONS, statement({ Action: 'sts:*' })],
    ['another action of STS', ACTIONS, statement({ Action: 'sts:GetFederationToken' })],
    [
      'two statements of one Sid',
      'The Statement Ids in the policy are not unique',
      statement({ Sid: 'A' }),
      statement({ Sid: 'A' }),
    ],
  ]
  for (const [name, sentence, ...statements] of refused) {
    it(`answers AWS's sentence to ${name}`, () => {
      assert.deepEqual(sentencesOf('trust', ...statements), [sentence])
    })
  }

  it('tells where a type of principals that does not exist stands, as AWS does', () => {
    // The text whose refusal by CreateRole is on record with this position.
    const text =
      '{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"service":"ecs-tasks.amazonaws.com"}}],"Version":"2012-10-17"}'
    assert.equal(findingsOf(text, 'trust')[0]?.message, 'Syntax error at position (1,83)')
  })

  const taken: readonly (readonly [name: string, ...statements: readonly object[]])[] = [
    ['everyone with an AWS account', trusting({ AWS: '*' })],
    [
      'root, a user and a role',
      trusting({ AWS: ['root', 'user/a/b', 'role/r'].map((name) => `arn:aws:iam::111122223333:${name}`) }),
    ],
    [
      'sessions',
      trusting({ AWS: ['assumed-role/r/s', 'federated-user/f'].map((name) => `arn:aws:sts::111122223333:${name}`) }),
    ],
    ['unique ids', trusting({ AWS: ['AIDAABCDEFGHIJKLMNOPQ', 'AROAABCDEFGHIJKLMNOPQ'] })],
    [
      'services',
      trusting({ Service: ['lambda.amazonaws.com', 's3.cn-north-1.amazonaws.com.cn', 'alexa-appkit.amazon.com'] }),
    ],
    [
      'providers',
      trusting({
        Federated: [
          'arn:aws:iam::111122223333:saml-provider/P',
          'arn:aws:iam::111122223333:oidc-provider/idp.example.com/a',
        ],
      }),
    ],
    ['several types at once', trusting({ AWS: '111122223333', Service: 'ec2.amazonaws.com' })],
    ['a Deny', statement({ Effect: 'Deny', Principal: { AWS: '*' } })],
    [
      'actions in any case',
      statement({ Action: ['sts:assumerole', 'sts:TagSession', 'sts:SetSourceIdentity', 'sts:SetContext'] }),
    ],
    ['a Sid with other characters', statement({ Sid: 'my statement' })],
    ['no Sid twice', statement({ Sid: '' }), statement({ Sid: '' })],
    ['operands that are none', statement({ Condition: { DateLessThan: { 'aws:CurrentTime': 'tomorrow' } } })],
  ]
  for (const [name, ...statements] of taken) {
    it(`lets ${name} be stored`, () => {
      assert.deepEqual(sentencesOf('trust', ...statements), [])
    })
  }

  it('refuses a policy of permissions for its resources first, as recorded', () => {
    const permissions = { Effect: 'Allow', Action: ['s3:ListBucket'], Resource: '*' }
    assert.deepEqual(sentencesOf('trust', permissions), [
      'Has prohibited field Resource',
      'Missing required field Principal',
      ACTIONS,
    ])
  })

  it('puts what the parser finds before what names are', () => {
    const wrong = statement({ Action: '*', Principal: { AWS: '1' }, Resource: '*' })
    assert.deepEqual(sentencesOf('trust', wrong), ['Has prohibited field Resource', ACTIONS, aws('1')])
  })
})
