import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { documentOf, statementDocument, USER as ALICE, USER_ARN } from '../../test/build-policies.ts'
import { contextOf } from '../../test/decision-cases.ts'
import { compilePolicy } from '../compile/compile-policy.ts'
import { compile } from '../compile/policy-set.ts'
import type { Decision } from './access-request.ts'
import { decide } from './decide.ts'
import { denialSentence } from './denial-sentence.ts'

const USER = 'arn:aws:iam::111122223333:user/dev/alice'
const TARGET = 'arn:aws:iam::111122223333:user/bob'

describe('denialSentence', () => {
  it('says that no policy allows, with the resource', () => {
    const denial = { principalArn: USER, action: 'iam:DeleteUser', resource: TARGET, decision: decisionOf(undefined) }
    assert.equal(
      denialSentence(denial),
      'User: arn:aws:iam::111122223333:user/dev/alice is not authorized to perform: iam:DeleteUser on resource: arn:aws:iam::111122223333:user/bob because no identity-based policy allows the iam:DeleteUser action',
    )
  })

  it('leaves out a resource that the action has not', () => {
    const denial = { principalArn: USER, action: 'iam:ListUsers', resource: undefined, decision: decisionOf(undefined) }
    assert.equal(
      denialSentence(denial),
      'User: arn:aws:iam::111122223333:user/dev/alice is not authorized to perform: iam:ListUsers because no identity-based policy allows the iam:ListUsers action',
    )
  })

  it('says that an inline policy denies, without naming it', () => {
    const denial = {
      principalArn: USER,
      action: 'iam:DeleteUser',
      resource: TARGET,
      decision: decisionOf({ arn: undefined }),
    }
    assert.equal(
      denialSentence(denial),
      'User: arn:aws:iam::111122223333:user/dev/alice is not authorized to perform: iam:DeleteUser on resource: arn:aws:iam::111122223333:user/bob with an explicit deny in an identity-based policy',
    )
  })

  it('ends in the ARN of a managed policy that denies', () => {
    const arn = 'arn:aws:iam::111122223333:policy/NoDeletes'
    const denial = { principalArn: USER, action: 'iam:DeleteUser', resource: TARGET, decision: decisionOf({ arn }) }
    assert.equal(
      denialSentence(denial),
      'User: arn:aws:iam::111122223333:user/dev/alice is not authorized to perform: iam:DeleteUser on resource: arn:aws:iam::111122223333:user/bob with an explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/NoDeletes',
    )
  })

  it('tells a caller nothing of a failure', () => {
    const decision: Decision = { ...decisionOf(undefined), budgetExceeded: true, failure: new Error('private') }
    const sentence = denialSentence({ principalArn: USER, action: 'iam:GetUser', resource: undefined, decision })
    assert.equal(sentence.endsWith('because no identity-based policy allows the iam:GetUser action'), true)
  })
})

function decisionOf(deny: { readonly arn: string | undefined } | undefined): Decision {
  const document = documentOf(statementDocument({ Effect: 'Deny', Action: 'iam:*' }))
  const policies =
    deny === undefined ? [] : [compilePolicy(document, { name: 'NoDeletes', arn: deny.arn, attachedTo: USER_ARN })]
  const request = { principal: ALICE, action: 'iam:DeleteUser', resource: TARGET, context: contextOf({}) }
  return decide(request, { identity: compile(policies) })
}
