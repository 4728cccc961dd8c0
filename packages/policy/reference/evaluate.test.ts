import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { referenceAnswer } from './evaluate.ts'
import type { Caller, PolicySource, Question } from './question.ts'

const ACCOUNT = '111122223333'
const OTHER = '999988887777'
const ROOT_ARN = `arn:aws:iam::${ACCOUNT}:root`
const USER_ARN = `arn:aws:iam::${ACCOUNT}:user/ada`
const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/dev`
const SESSION_ARN = `arn:aws:sts::${ACCOUNT}:assumed-role/dev/ada`
const FEDERATED_ARN = `arn:aws:sts::${ACCOUNT}:federated-user/bo`

const user: Caller = { kind: 'user', accountId: ACCOUNT, arn: USER_ARN, id: 'AIDA1' }
const role: Caller = { kind: 'roleSession', accountId: ACCOUNT, arn: SESSION_ARN, roleArn: ROLE_ARN, roleId: 'AROA1' }
const federatedUser: Caller = {
  kind: 'federatedUser',
  accountId: ACCOUNT,
  arn: FEDERATED_ARN,
  userArn: USER_ARN,
  userId: 'AIDA1',
}
const root: Caller = { kind: 'root', accountId: ACCOUNT }
const anonymous: Caller = { kind: 'anonymous' }
const service: Caller = { kind: 'service', name: 'ec2.amazonaws.com' }
const federated: Caller = { kind: 'federated', provider: 'accounts.google.com' }

const allow = policy({ Effect: 'Allow' })
const deny = policy({ Effect: 'Deny' })
const nothing = policy({ Effect: 'Allow', Action: 'other:*' })
const grants = (principal: unknown): PolicySource => policy({ Effect: 'Allow', Principal: principal })

describe('the reference', () => {
  it('denies by default, and names the identity policies', () => {
    assert.equal(answer(user, {}), 'implicitDeny identity')
    assert.equal(answer(user, { identity: [nothing], group: [nothing] }), 'implicitDeny identity')
  })

  it('allows by any identity policy, of the user or of a group, and says by which statement', () => {
    assert.deepEqual(referenceAnswer(question(user, { identity: [nothing], group: [nothing, allow] })), {
      effect: 'allow',
      source: 'identity',
      statement: { policy: 2, index: 0 },
    })
  })

  it('needs each limit that applies, and names the first that is missing', () => {
    const identity = [allow]
    assert.equal(answer(user, { identity, boundary: nothing, session: [] }), 'implicitDeny boundary')
    assert.equal(answer(user, { identity, boundary: allow, session: [] }), 'implicitDeny session')
    assert.equal(answer(user, { identity, endpoint: nothing }), 'implicitDeny endpoint')
    assert.equal(answer(user, { identity, serviceControl: [[allow], [nothing]] }), 'implicitDeny serviceControl')
    assert.equal(answer(user, { identity, serviceControl: [[nothing, allow], [allow]] }), 'allow identity')
    assert.equal(answer(user, { identity, serviceControl: [] }), 'implicitDeny serviceControl')
    assert.equal(
      answer(user, { identity, resourceControl: [[nothing]], serviceControl: [[nothing]] }),
      'implicitDeny resourceControl',
    )
  })

  it('puts an explicit deny above all, and names the first kind of policy that has one', () => {
    const all = { identity: [allow], resource: grants('*') }
    const order = [
      'resourceControl',
      'serviceControl',
      'endpoint',
      'resource',
      'identity',
      'boundary',
      'session',
    ] as const
    const denials = {
      resourceControl: [[deny]],
      serviceControl: [[deny]],
      endpoint: policy({ Effect: 'Deny', Principal: '*' }),
      resource: policy({ Effect: 'Deny', Principal: '*' }),
      identity: [deny],
      boundary: deny,
      session: [deny],
    }
    for (const [place, source] of order.entries()) {
      const rest = Object.fromEntries(order.slice(place).map((name) => [name, denials[name]]))
      assert.equal(answer(user, { ...all, ...rest }), `explicitDeny ${source}`)
    }
  })

  // User guide, "Policy evaluation logic": the table of principals of a resource's policy inside one account.
  it('F-15: lets a resource policy stand for identity, boundary and session as far as it names the caller', () => {
    const rows: readonly (readonly [Caller, unknown, covers: number])[] = [
      [user, { AWS: ACCOUNT }, 0],
      [user, { AWS: [OTHER, ROOT_ARN] }, 0],
      [user, { AWS: USER_ARN }, 2],
      [user, { AWS: 'AIDA1' }, 2],
      [user, { AWS: '*' }, 3],
      [user, '*', 3],
      [role, { AWS: ROOT_ARN }, 0],
      [role, { AWS: ROLE_ARN }, 1],
      [role, { AWS: 'AROA1' }, 1],
      [role, { AWS: [ROLE_ARN, SESSION_ARN] }, 3],
      [federatedUser, { AWS: ACCOUNT }, 0],
      [federatedUser, { AWS: USER_ARN }, 1],
      [federatedUser, { AWS: FEDERATED_ARN }, 3],
    ]
    const missing = ['implicitDeny identity', 'implicitDeny boundary', 'implicitDeny session', 'allow resource']
    for (const [caller, principal, covers] of rows) {
      const limits = { boundary: nothing, session: [nothing] }
      assert.equal(
        answer(caller, { ...limits, resource: grants(principal) }),
        missing[covers],
        JSON.stringify(principal),
      )
      assert.equal(answer(caller, { identity: [deny], resource: grants(principal) }), 'explicitDeny identity')
    }
  })

  it('needs both accounts when the resource is of another', () => {
    const request = { resourceAccount: OTHER }
    assert.equal(answer(user, { identity: [allow] }, request), 'implicitDeny resource')
    assert.equal(answer(user, { resource: grants({ AWS: USER_ARN }) }, request), 'implicitDeny identity')
    assert.equal(answer(user, {}, request), 'implicitDeny identity')
    assert.equal(answer(user, { identity: [allow], resource: grants({ AWS: ACCOUNT }) }, request), 'allow identity')
    assert.equal(
      answer(user, { identity: [allow], boundary: nothing, resource: grants('*') }, request),
      'implicitDeny boundary',
    )
    assert.equal(answer(root, {}, request), 'implicitDeny resource')
    assert.equal(answer(root, { resource: grants({ AWS: ROOT_ARN }) }, request), 'allow root')
  })

  it('asks a key policy and a trust policy always, and identity policies unless it names the caller', () => {
    const requires = (policies: Question['policies'], kind: 'required' | 'trust'): string =>
      answer(user, policies, {}, kind)
    assert.equal(requires({ identity: [allow] }, 'required'), 'implicitDeny resource')
    assert.equal(requires({ identity: [allow] }, 'trust'), 'implicitDeny trust')
    assert.equal(requires({ resource: grants({ AWS: ROOT_ARN }) }, 'trust'), 'implicitDeny identity')
    assert.equal(requires({ resource: grants({ AWS: USER_ARN }) }, 'trust'), 'allow trust')
    assert.equal(requires({ identity: [allow], resource: grants({ AWS: ROOT_ARN }) }, 'required'), 'allow identity')
    assert.equal(answer(root, {}, {}, 'required'), 'implicitDeny resource')
  })

  it('lets the root user do what neither organization nor resource forbids', () => {
    assert.equal(answer(root, {}), 'allow root')
    assert.equal(answer(root, { serviceControl: [[deny]] }), 'explicitDeny serviceControl')
    assert.equal(answer({ ...root, isManagementAccount: true }, { serviceControl: [[deny]] }), 'allow root')
    assert.equal(
      answer(root, { resource: policy({ Effect: 'Deny', Principal: { AWS: ACCOUNT } }) }),
      'explicitDeny resource',
    )
  })

  it('gives a federated user what its user and the session policies share', () => {
    assert.equal(answer(federatedUser, { identity: [allow] }), 'implicitDeny session')
    assert.equal(answer(federatedUser, { identity: [allow], session: [allow] }), 'allow identity')
    assert.equal(answer(federatedUser, { identity: [nothing], session: [allow] }), 'implicitDeny identity')
    const ofRoot: Caller = { kind: 'federatedUser', accountId: ACCOUNT, arn: FEDERATED_ARN }
    assert.equal(answer(ofRoot, { session: [allow] }), 'allow root')
    assert.equal(answer(ofRoot, {}), 'implicitDeny session')
  })

  it('asks only the resource for callers without an account', () => {
    const ignored = { identity: [allow], boundary: deny, session: [deny], serviceControl: [[deny]] }
    assert.equal(answer(anonymous, ignored), 'implicitDeny resource')
    assert.equal(answer(anonymous, { ...ignored, resource: grants({ AWS: '*' }) }), 'allow resource')
    assert.equal(
      answer(service, { ...ignored, resource: grants({ Service: ['x', 'ec2.amazonaws.com'] }) }),
      'allow resource',
    )
    assert.equal(answer(service, { resource: grants({ AWS: '*' }) }), 'implicitDeny resource')
    assert.equal(answer(service, { resource: grants('*') }), 'allow resource')
    assert.equal(
      answer(federated, { resource: grants({ Federated: 'accounts.google.com' }) }, {}, 'trust'),
      'allow trust',
    )
    assert.equal(answer(federated, { resource: grants({ AWS: '*' }) }, {}, 'trust'), 'implicitDeny trust')
    assert.equal(
      answer(anonymous, { resource: grants('*'), resourceControl: [[deny]] }),
      'explicitDeny resourceControl',
    )
  })

  it('spares service-linked roles, management accounts and kms:RetireGrant', () => {
    const controls = { identity: [allow], serviceControl: [[deny]], resourceControl: [[deny]] }
    const linked: Caller = { ...role, isServiceLinked: true }
    assert.equal(answer(linked, controls), 'allow identity')
    assert.equal(answer({ ...user, isManagementAccount: true }, controls), 'explicitDeny resourceControl')
    assert.equal(answer(user, controls, { isOwnedByManagementAccount: true }), 'explicitDeny serviceControl')
    assert.equal(
      answer(user, { identity: [allow], resourceControl: [[deny]] }, { action: 'kms:RetireGrant' }),
      'allow identity',
    )
  })

  it('F-11: spares from a Deny with NotPrincipal only whose every name is listed', () => {
    const except = (...names: string[]): PolicySource => policy({ Effect: 'Deny', NotPrincipal: { AWS: names } })
    const identity = [allow]
    assert.equal(answer(user, { identity, resource: except(USER_ARN) }), 'explicitDeny resource')
    assert.equal(answer(user, { identity, resource: except(USER_ARN, ACCOUNT) }), 'allow identity')
    assert.equal(
      answer(user, { identity, boundary: allow, resource: except(USER_ARN, ACCOUNT) }),
      'explicitDeny resource',
    )
    assert.equal(answer(role, { identity, resource: except(ROLE_ARN, ROOT_ARN) }), 'explicitDeny resource')
    assert.equal(answer(role, { identity, resource: except('AROA1', SESSION_ARN, ROOT_ARN) }), 'allow identity')
    assert.equal(
      answer(federatedUser, { identity, session: [allow], resource: except(FEDERATED_ARN, ACCOUNT) }),
      'allow identity',
    )
    assert.equal(answer(root, { resource: except(ROOT_ARN) }), 'allow root')
    assert.equal(answer(anonymous, { resource: except(ROOT_ARN) }), 'explicitDeny resource')
    const others = policy({ Effect: 'Allow', NotPrincipal: { AWS: USER_ARN } })
    assert.equal(answer(user, { resource: others }), 'implicitDeny identity')
    assert.equal(answer(anonymous, { resource: others }), 'allow resource')
  })

  it('F-11: takes a NotPrincipal of everyone for a list of every name', () => {
    for (const NotPrincipal of ['*', { AWS: '*' }]) {
      const nobody = policy({ Effect: 'Allow', NotPrincipal })
      assert.equal(answer(user, { resource: nobody }), 'implicitDeny identity')
      assert.equal(answer(anonymous, { resource: nobody }), 'implicitDeny resource')
      const everyone = policy({ Effect: 'Deny', NotPrincipal })
      assert.equal(answer(user, { identity: [allow], resource: everyone }), 'allow identity')
      assert.equal(answer(anonymous, { resource: everyone }), 'explicitDeny resource')
    }
  })

  it('answers GetCallerIdentity and GetSessionToken whatever policies say', () => {
    const action = 'STS:getcalleridentity'
    assert.equal(answer(user, { identity: [deny], serviceControl: [[deny]] }, { action }), 'allow identity')
    assert.equal(answer(user, { identity: [deny] }, { action: 'sts:GetSessionToken' }), 'allow identity')
    assert.equal(answer(anonymous, {}, { action }), 'implicitDeny resource')
  })

  it('F-12: reads NotAction and NotResource as complements, and actions in any case', () => {
    const by = (statement: object): string => answer(user, { identity: [policy({ Effect: 'Allow', ...statement })] })
    assert.equal(by({ Action: 'S3:GETobject' }), 'allow identity')
    assert.equal(by({ Action: ['s3:Put*', 's3:?etObject'] }), 'allow identity')
    assert.equal(by({ Action: undefined, NotAction: 's3:Put*' }), 'allow identity')
    assert.equal(by({ Action: undefined, NotAction: ['iam:*', 's3:*'] }), 'implicitDeny identity')
    assert.equal(by({ Resource: undefined, NotResource: 'arn:aws:s3:::c' }), 'allow identity')
    assert.equal(by({ Resource: undefined, NotResource: 'arn:aws:s3:::*' }), 'implicitDeny identity')
    assert.equal(by({ Resource: 'arn:aws:s3:::B' }), 'implicitDeny identity')
    assert.equal(by({ Action: '*:*' }), 'allow identity')
    for (const Action of ['ſ3:GetObject', 's*:GetObject', 's3*'])
      assert.equal(by({ Action }), 'implicitDeny identity', Action)
  })

  it('F-07: replaces variables behind the fifth colon of a resource, and since 2012 only', () => {
    const request = { resource: `arn:aws:s3:::${ACCOUNT}/x`, context: { 'aws:PrincipalAccount': ACCOUNT } }
    const by = (resource: string, Version = '2012-10-17'): string =>
      answer(user, { identity: [{ ...policy({ Effect: 'Allow', Resource: resource }), Version }] }, request)
    assert.equal(by('arn:aws:s3:::${aws:PrincipalAccount}/*'), 'allow identity')
    assert.equal(by('arn:aws:s3:::${aws:PrincipalAccount}/*', '2008-10-17'), 'implicitDeny identity')
    assert.equal(by('arn:aws:s3:::${aws:PrincipalTag/none}*'), 'implicitDeny identity')
    assert.equal(by('arn:${aws:PrincipalTag/none}:*'), 'implicitDeny identity')
  })

  it('needs all conditions of a statement', () => {
    const condition = { StringEquals: { 'aws:a': 'x', 'aws:b': 'y' }, Bool: { 'aws:c': true } }
    const identity = [policy({ Effect: 'Allow', Condition: condition })]
    assert.equal(
      answer(user, { identity }, { context: { 'AWS:A': 'x', 'aws:b': 'y', 'aws:c': 'true' } }),
      'allow identity',
    )
    assert.equal(
      answer(user, { identity }, { context: { 'aws:a': 'x', 'aws:b': 'z', 'aws:c': 'true' } }),
      'implicitDeny identity',
    )
    assert.equal(answer(user, { identity }, { context: { 'aws:a': 'x', 'aws:b': 'y' } }), 'implicitDeny identity')
  })
})

function policy(statement: object): PolicySource {
  return { Version: '2012-10-17', Statement: { Action: '*', Resource: '*', ...statement } }
}

function question(
  caller: Caller,
  policies: Question['policies'],
  request: Partial<Question['request']> = {},
): Question {
  return { request: { caller, action: 's3:GetObject', resource: 'arn:aws:s3:::b', context: {}, ...request }, policies }
}

// A caller, its policies, what is special about the request, and the kind of the resource's policy make one row.
function answer(
  ...[caller, policies, request, kind = 'grants']: readonly [
    caller: Caller,
    policies: Question['policies'],
    request?: Partial<Question['request']>,
    kind?: 'grants' | 'required' | 'trust',
  ]
): string {
  const { effect, source } = referenceAnswer({ ...question(caller, policies, request), resourcePolicyKind: kind })
  return `${effect} ${source}`
}
