import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { documentOf, statementDocument, USER, USER_ARN, userWith } from '../../test/build-policies.ts'
import { contextOf } from '../../test/decision-cases.ts'
import { compilePolicy } from '../compile/compile-policy.ts'
import { compile } from '../compile/policy-set.ts'
import { StepBudget } from '../context/step-budget.ts'
import { decide } from './decide.ts'
import { type Asking, evaluateSource } from './evaluate-source.ts'
import { explain } from '../explain/explain.ts'

const REQUEST = { principal: USER, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', context: contextOf({}) }

describe('decide', () => {
  it('allows the root user everything, by no statement', () => {
    const request = { ...REQUEST, principal: { kind: 'root', accountId: '123456789012' } as const }
    assert.deepEqual(decide(request, {}), {
      effect: 'allow',
      source: 'root',
      statement: undefined,
      budgetExceeded: false,
      failure: undefined,
    })
    assert.deepEqual(explain(request, {}).sources, [])
  })

  it('names policy, statement and place of what decides', () => {
    const text =
      '{"Version": "2012-10-17",\n "Statement": [\n  {"Sid": "Read", "Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}'
    const policy = { name: 'Reader', arn: 'arn:aws:iam::111122223333:policy/Reader', attachedTo: USER_ARN }
    const policies = compile([compilePolicy(documentOf(text), policy)])
    assert.deepEqual(decide(REQUEST, { identity: policies }).statement, {
      policy,
      index: 0,
      sid: 'Read',
      effect: 'Allow',
      start: { line: 3, column: 3 },
      end: { line: 3, column: 72 },
    })
  })

  it('asks for a key only when everything before it matches', () => {
    const asked: string[] = []
    const context = { get: (key: string) => void asked.push(key) }
    const condition = { StringEquals: { 'AWS:PrincipalTag/Team': 'red' }, Bool: { 'aws:SecureTransport': 'true' } }
    decide({ ...REQUEST, context }, userWith(statementDocument({ Action: 's3:PutObject', Condition: condition })))
    decide({ ...REQUEST, context }, userWith(statementDocument({ Resource: 'arn:aws:s3:::c', Condition: condition })))
    assert.deepEqual(asked, [])
    decide({ ...REQUEST, context }, userWith(statementDocument({ Condition: condition })))
    assert.deepEqual(asked, ['aws:principaltag/team'])
  })

  it('asks for a variable only when the text before it matches', () => {
    const asked: string[] = []
    const context = { get: (key: string) => void asked.push(key) }
    decide({ ...REQUEST, context }, userWith(statementDocument({ Resource: 'arn:aws:s3:::c/${aws:username}' })))
    assert.deepEqual(asked, [])
  })

  it('does not take longer for statements that cannot match', () => {
    const matching = [
      statementDocument({ Action: 's3:Get*' }),
      statementDocument({ Effect: 'Deny', Action: 's3:Get*', Resource: 'arn:x' }),
    ]
    const other = Array.from({ length: 500 }, (_, index) =>
      statementDocument({ Effect: index % 2 ? 'Allow' : 'Deny', Action: [`ec2:Run${index}`, `s3:Put${index}`] }),
    )
    assert.equal(stepsOf([...other, ...matching, ...other]), stepsOf(matching))
  })

  it('compiles a document once, however many principals have it', () => {
    const document = documentOf(statementDocument({}))
    const [one, other] = ['alice', 'bob'].map((name) =>
      compilePolicy(document, { name, arn: undefined, attachedTo: USER_ARN }),
    )
    assert.equal(one?.program, other?.program)
    assert.deepEqual([one?.entries[0]?.ref.policy.name, other?.entries[0]?.ref.policy.name], ['alice', 'bob'])
  })

  const unstored: readonly (readonly [name: string, elements: object, effect: string])[] = [
    ['an Allow in another case grants nothing', { Effect: 'allow' }, 'implicitDeny'],
    ['a Deny in another case denies', { Effect: 'dENY' }, 'explicitDeny'],
    ['F-11: an Allow with a Principal grants nothing', { Principal: '*' }, 'implicitDeny'],
    ['F-11: an Allow with a NotPrincipal grants nothing', { NotPrincipal: { AWS: '111122223333' } }, 'implicitDeny'],
    ['F-11: a Deny with a Principal denies', { Effect: 'Deny', Principal: { AWS: '111122223333' } }, 'explicitDeny'],
    ['a statement without Action matches nothing', { Action: undefined }, 'implicitDeny'],
    ['a statement without Resource matches nothing', { Resource: undefined }, 'implicitDeny'],
  ]
  for (const [name, elements, effect] of unstored) {
    it(`is safe with documents that may not be stored: ${name}`, () => {
      assert.equal(decide(REQUEST, userWith(statementDocument({ ...elements }))).effect, effect)
    })
  }
})

/** Of the second time that the same set is asked. */
function stepsOf(sources: readonly unknown[]): number {
  const policies = compile(
    sources.map((source) => compilePolicy(documentOf(source), { name: 'p', arn: undefined, attachedTo: USER_ARN })),
  )
  const asking = { request: REQUEST, principal: USER, hasBoundary: false }
  const evaluationWith = (steps: StepBudget): Asking => ({ ...asking, evaluation: { context: REQUEST.context, steps } })
  evaluateSource(policies, 'attached', evaluationWith(new StepBudget()))
  const steps = new StepBudget()
  const before = steps.left
  evaluateSource(policies, 'attached', evaluationWith(steps))
  return before - steps.left
}
