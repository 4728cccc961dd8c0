/** The sentences are those of the IAM User Guide, "Troubleshoot access denied error messages", row by row. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { DecisionSource } from './access-request.ts'
import { type Denial, denialSentence } from './denial-sentence.ts'

const USER = 'arn:aws:iam::111122223333:user/dev/alice'
const TARGET = 'arn:aws:iam::111122223333:user/bob'
const POLICY = 'arn:aws:iam::111122223333:policy/Guard'
const WHAT = `User: ${USER} is not authorized to perform: iam:DeleteUser on resource: ${TARGET}`

const ROWS: readonly (readonly [source: DecisionSource, implicit: string, explicit: string])[] = [
  [
    'serviceControl',
    'because no service control policy allows the iam:DeleteUser action',
    `with an explicit deny in a service control policy: ${POLICY}`,
  ],
  [
    'resourceControl',
    'because no resource control policy allows the iam:DeleteUser action',
    `with an explicit deny in a resource control policy: ${POLICY}`,
  ],
  [
    'endpoint',
    'because no VPC endpoint policy allows the iam:DeleteUser action',
    'with an explicit deny in a VPC endpoint policy',
  ],
  [
    'boundary',
    'because no permissions boundary allows the iam:DeleteUser action',
    `with an explicit deny in a permissions boundary: ${POLICY}`,
  ],
  [
    'session',
    'because no session policy allows the iam:DeleteUser action',
    `with an explicit deny in a session policy: ${POLICY}`,
  ],
  [
    'resource',
    'because no resource-based policy allows the iam:DeleteUser action',
    'with an explicit deny in a resource-based policy',
  ],
  [
    'trust',
    'because no role trust policy allows the iam:DeleteUser action',
    'with an explicit deny in the role trust policy',
  ],
  [
    'identity',
    'because no identity-based policy allows the iam:DeleteUser action',
    `with an explicit deny in an identity-based policy: ${POLICY}`,
  ],
]

describe('denialSentence', () => {
  for (const [source, implicit, explicit] of ROWS) {
    it(`says that no policy allows: ${source}`, () => {
      assert.equal(denialSentence(denialBy(source, 'implicitDeny')), `${WHAT} ${implicit}`)
    })

    it(`says that a policy denies, and its ARN where AWS adds it: ${source}`, () => {
      assert.equal(denialSentence(denialBy(source, 'explicitDeny', POLICY)), `${WHAT} ${explicit}`)
    })

    it(`names no policy that has no ARN: ${source}`, () => {
      const [unnamed] = explicit.split(': ')
      assert.equal(denialSentence(denialBy(source, 'explicitDeny')), `${WHAT} ${unnamed}`)
    })

    it(`names no policy to a caller of another organization: ${source}`, () => {
      const [unnamed] = explicit.split(': ')
      const denial = { ...denialBy(source, 'explicitDeny', POLICY), isOutsideOrganization: true }
      assert.equal(denialSentence(denial), `${WHAT} ${unnamed}`)
    })
  }

  it('leaves out a resource that the action has not', () => {
    assert.equal(
      denialSentence({ ...denialBy('identity', 'implicitDeny'), action: 'iam:ListUsers', resource: undefined }),
      `User: ${USER} is not authorized to perform: iam:ListUsers because no identity-based policy allows the iam:ListUsers action`,
    )
  })

  it('says through what it was denied, before the ARN', () => {
    const denial: Denial = { ...denialBy('endpoint', 'explicitDeny'), through: 'serviceControl' }
    assert.equal(
      denialSentence(denial),
      `${WHAT} with an explicit deny in a VPC endpoint policy transitively through a service control policy`,
    )
    const named: Denial = { ...denialBy('boundary', 'explicitDeny', POLICY), through: 'identity' }
    assert.equal(
      denialSentence(named),
      `${WHAT} with an explicit deny in a permissions boundary transitively through an identity-based policy: ${POLICY}`,
    )
  })

  it('puts the resource in double quotes for S3, whatever the case of the action', () => {
    const object = { resource: 'arn:aws:s3:::bucket/key', action: 'S3:GetObject' }
    assert.equal(
      denialSentence({ ...denialBy('identity', 'implicitDeny'), ...object }),
      `User: ${USER} is not authorized to perform: S3:GetObject on resource: "arn:aws:s3:::bucket/key" because no identity-based policy allows the S3:GetObject action`,
    )
  })

  it('tells a caller of another organization nothing but the refusal for S3', () => {
    const object = { resource: 'arn:aws:s3:::bucket/key', action: 's3:GetObject', isOutsideOrganization: true }
    assert.equal(denialSentence({ ...denialBy('resource', 'implicitDeny'), ...object }), 'Access Denied')
  })

  it('stands in the frame of EC2, with the message that DecodeAuthorizationMessage opens if there is one', () => {
    const instance = { resource: 'arn:aws:ec2:us-east-1:111122223333:instance/*', action: 'ec2:RunInstances' }
    const denial = { ...denialBy('serviceControl', 'explicitDeny'), ...instance }
    const told = `You are not authorized to perform this operation. User: ${USER} is not authorized to perform: ec2:RunInstances on resource: arn:aws:ec2:us-east-1:111122223333:instance/* with an explicit deny in a service control policy`
    assert.equal(denialSentence(denial), told)
    const encoded = denialSentence({ ...denial, encodedMessage: 'abc' })
    assert.equal(encoded, `${told}. Encoded authorization failure message: abc`)
    const passRole = { ...denialBy('identity', 'implicitDeny'), action: 'iam:PassRole', encodedMessage: 'abc' }
    assert.match(
      denialSentence(passRole),
      /^You are not authorized .* action\. Encoded authorization failure message: abc$/,
    )
  })

  it('takes an action without a service as it is', () => {
    const denial = { ...denialBy('identity', 'implicitDeny'), action: 's3', resource: 'arn:aws:s3:::b' }
    assert.match(denialSentence(denial), /perform: s3 on resource: arn:aws:s3:::b because/)
  })

  it('says of the root user what it says of an identity', () => {
    assert.match(denialSentence(denialBy('root', 'implicitDeny')), /because no identity-based policy allows/)
  })

  it('tells a caller nothing of a failure', () => {
    const denial = denialBy('identity', 'implicitDeny')
    const decision = { ...denial.decision, budgetExceeded: true, failure: new Error('private') }
    assert.equal(denialSentence({ ...denial, decision }), denialSentence(denial))
  })
})

function denialBy(source: DecisionSource, effect: 'implicitDeny' | 'explicitDeny', arn?: string): Denial {
  const place = { line: 1, column: 1 }
  const policy = { name: 'Guard', arn, attachedTo: USER }
  const statement =
    effect === 'explicitDeny'
      ? ({ policy, index: 0, sid: undefined, effect: 'Deny', start: place, end: place } as const)
      : undefined
  return {
    principalArn: USER,
    action: 'iam:DeleteUser',
    resource: TARGET,
    decision: { effect, source, statement, budgetExceeded: false, failure: undefined },
  }
}
