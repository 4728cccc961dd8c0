/** That remedies are enough, and none too many, is tested with random questions in `test/explanations`; here is what they say. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Question } from '../../reference/question.ts'
import { explainQuestion } from '../../test/engine-answer.ts'
import type { Remedy } from './remedy.ts'

const ACCOUNT = '123456789012'
const CALLER = { kind: 'user', accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/ann`, id: 'AIDAANN' } as const
const ALLOW = { Effect: 'Allow', Action: '*', Resource: '*' }
const DENY = { Sid: 'Never', Effect: 'Deny', Action: 's3:*', Resource: '*' }

function remediesFor(policies: Question['policies'], request: Partial<Question['request']> = {}): readonly Remedy[] {
  const asked = { caller: CALLER, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', context: {}, ...request }
  return explainQuestion({ request: asked, policies }).remedies
}

function placesOf(remedies: readonly Remedy[]): readonly unknown[] {
  return remedies.map((remedy) =>
    remedy.kind === 'addAllow'
      ? remedy.places.map(({ source, level, grade }) => [source, level, grade])
      : [remedy.kind],
  )
}

describe('remedies', () => {
  it('name every Deny that applies, wherever it stands', () => {
    const remedies = remediesFor({
      identity: [{ Statement: [ALLOW, DENY] }],
      serviceControl: [[{ Statement: ALLOW }], [{ Statement: [ALLOW, DENY] }]],
    })
    assert.deepEqual(
      remedies.map((remedy) =>
        remedy.kind === 'removeDeny' ? [remedy.source, remedy.level, remedy.statement.sid] : remedy.kind,
      ),
      [
        ['serviceControl', 1, 'Never'],
        ['identity', undefined, 'Never'],
      ],
    )
  })

  it('name each level of control policies that does not allow', () => {
    const remedies = remediesFor({
      identity: [{ Statement: ALLOW }],
      serviceControl: [[{ Statement: ALLOW }], []],
      resourceControl: [[]],
    })
    assert.deepEqual(placesOf(remedies), [[['resourceControl', 0, undefined]], [['serviceControl', 1, undefined]]])
  })

  it('in one account offer the identity, or a policy of the resource that names the user', () => {
    assert.deepEqual(placesOf(remediesFor({ identity: [] })), [
      [
        ['identity', undefined, undefined],
        ['resource', undefined, 2],
      ],
    ])
  })

  it('across accounts want both sides', () => {
    const remedies = remediesFor({ identity: [] }, { resourceAccount: '210987654321' })
    assert.deepEqual(placesOf(remedies), [[['resource', undefined, 1]], [['identity', undefined, undefined]]])
  })

  it('show which Allows came near, and what is in their way', () => {
    const near = { ...ALLOW, Action: 's3:Get*', Resource: 'arn:aws:s3:::other/*' }
    const far = { ...ALLOW, Action: 'ec2:*' }
    const [remedy] = remediesFor({ identity: [{ Statement: [far, near] }] })
    assert.equal(remedy?.kind, 'addAllow')
    const misses = remedy.places.flatMap(({ nearMisses }) => nearMisses)
    assert.deepEqual(
      misses.map(({ statement, failed }) => [statement.index, failed]),
      [[1, ['resource']]],
    )
  })

  it('are what failed, when deciding failed', () => {
    const condition = { StringEquals: { 'aws:username': 'ann' } }
    const question = { request: { caller: CALLER, action: 's3:GetObject', resource: '*', context: {} }, policies: {} }
    const failing = { ...question, policies: { identity: [{ Statement: { ...ALLOW, Condition: condition } }] } }
    const context = JSON.parse('{"aws:username": 7}')
    const [remedy, another] = explainQuestion({ ...failing, request: { ...failing.request, context } }).remedies
    assert.equal(another, undefined)
    assert.equal(remedy?.kind, 'mendFailure')
    assert.ok(remedy.failure instanceof TypeError)
  })
})
