import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compile, decide, explain, type AccessRequest, type ContextValue, type PoliciesInForce } from '../src/index.ts'
import { compileAll, statementDocument, USER, USER_ARN, userWith } from './build-policies.ts'

const REQUEST: AccessRequest = {
  principal: USER,
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::b/k',
  context: { get: () => undefined },
}
const ALLOW_ALL = statementDocument({ Action: '*' })

/** A value whose type the compiler does not know to be wrong. */
function untyped<Type>(value: unknown): Type {
  const box: object = { value }
  const other: Type = Reflect.get(box, 'value')
  return other
}

function* nobody(): Generator<undefined, undefined> {}

describe('decide fails closed', () => {
  const operators = [
    'StringEquals',
    'StringNotEquals',
    'StringLikeIfExists',
    'NumericNotEquals',
    'DateNotEquals',
    'Bool',
    'NotIpAddress',
    'ArnNotLike',
    'Null',
    'ForAllValues:StringEquals',
    'ForAnyValue:StringNotEquals',
  ]
  const operandOf = (operator: string): string => {
    if (operator.startsWith('Arn')) return 'arn:aws:s3:::x'
    return operator.startsWith('NotIp') ? '10.0.0.0/8' : 'true'
  }
  for (const operator of operators) {
    it(`O-05: a context that throws denies, whatever else allows: ${operator}`, () => {
      const conditional = statementDocument({ Condition: { [operator]: { 'iamd:key': operandOf(operator) } } })
      const failure = new Error('the context is gone')
      const context = {
        get: (): ContextValue => {
          throw failure
        },
      }
      const decision = decide({ ...REQUEST, context }, userWith(conditional, ALLOW_ALL))
      assert.deepEqual(decision, {
        effect: 'implicitDeny',
        source: 'identity',
        statement: undefined,
        budgetExceeded: false,
        failure,
      })
    })

    it(`O-02, O-03: a context of the wrong type denies, whatever else allows: ${operator}`, () => {
      const conditional = statementDocument({ Condition: { [operator]: { 'iamd:key': operandOf(operator) } } })
      for (const wrong of [
        true,
        false,
        0,
        1,
        Number.NaN,
        null,
        {},
        [1],
        [null],
        [undefined],
        ['a', true],
        1n,
        Symbol('x'),
        () => 'true',
        new Date(0),
      ]) {
        const context = { get: () => untyped<ContextValue>(wrong) }
        const decision = decide({ ...REQUEST, context }, userWith(conditional, ALLOW_ALL))
        assert.equal(decision.effect, 'implicitDeny', typeof wrong)
        assert.ok(decision.failure instanceof TypeError)
      }
    })
  }

  it('O-05: a context that throws for a variable denies', () => {
    const own = statementDocument({ Resource: 'arn:aws:s3:::b/${aws:username}' })
    const context = { get: () => assert.fail('no such user') }
    assert.equal(decide({ ...REQUEST, context }, userWith(own, ALLOW_ALL)).effect, 'implicitDeny')
  })

  it('O-05: what is thrown without saying anything is a failure too', () => {
    const conditional = statementDocument({ Condition: { Bool: { 'iamd:key': 'true' } } })
    for (const nothing of [undefined, null]) {
      // Whoever may throw only errors can still hand on what somebody else has thrown.
      const context = { get: (): ContextValue | undefined => nobody().throw(nothing).value }
      const { effect, failure } = decide({ ...REQUEST, context }, userWith(conditional, ALLOW_ALL))
      assert.equal(effect, 'implicitDeny')
      assert.ok(failure instanceof Error)
    }
  })

  it('F-11: a kind of principal that there is not names nobody', () => {
    for (const kind of ['*', '__proto__', 'constructor', 'aws']) {
      const parts: Readonly<Record<string, unknown>> = JSON.parse(
        `{"Action": "*", "Principal": {"${kind}": ["ann", "${USER_ARN}"]}}`,
      )
      const policy = statementDocument(parts)
      const resource = { policies: compile(compileAll([policy])), kind: 'grants' } as const
      for (const principal of [{ kind: 'anonymous' } as const, USER]) {
        assert.equal(decide({ ...REQUEST, principal }, { resource }).effect, 'implicitDeny', kind)
      }
    }
  })

  it('F-11: a principal that is called as an account or as everyone is written is neither', () => {
    const policy = statementDocument({ Action: '*', Principal: { AWS: ['123456789012', '*'], Federated: '*' } })
    const [account, everyone] = ['123456789012', 'arn:aws:iam::123456789012:root']
    const only = statementDocument({ Action: '*', Principal: { AWS: [account, everyone] } })
    const other = { kind: 'user', accountId: '999999999999', id: 'AIDAOTHER' } as const
    const ask = (principal: AccessRequest['principal'], document: typeof policy): string => {
      const resource = { policies: compile(compileAll([document])), kind: 'grants' } as const
      return decide({ ...REQUEST, principal, resourceAccount: account }, { ...userWith(ALLOW_ALL), resource }).effect
    }
    for (const arn of [account, everyone, '*']) assert.equal(ask({ ...other, arn }, only), 'implicitDeny', arn)
    assert.equal(ask({ kind: 'federated', provider: '*' }, policy), 'implicitDeny')
  })

  it('O-05: an explicit deny that cannot be read denies all the same', () => {
    const deny = statementDocument({ Effect: 'Deny', Condition: { Bool: { 'iamd:key': 'true' } } })
    const context = { get: () => assert.fail('gone') }
    assert.equal(decide({ ...REQUEST, context }, userWith(ALLOW_ALL, deny)).effect, 'implicitDeny')
  })

  it('a request or a principal of the wrong shape is denied, by root too', () => {
    const user = userWith(ALLOW_ALL)
    assert.equal(decide(REQUEST, user).effect, 'allow')
    for (const wrong of [undefined, null, 1, true, {}, ['s3:GetObject']]) {
      for (const principal of [USER, { kind: 'root', accountId: '123456789012' } as const]) {
        const request = { ...REQUEST, principal }
        assert.equal(decide({ ...request, action: untyped(wrong) }, user).effect, 'implicitDeny')
        assert.equal(decide({ ...request, resource: untyped(wrong) }, user).effect, 'implicitDeny')
        assert.equal(decide({ ...request, principal: untyped(wrong) }, user).effect, 'implicitDeny')
        assert.equal(
          decide({ ...request, principal: untyped({ ...principal, accountId: wrong }) }, user).effect,
          'implicitDeny',
        )
      }
      assert.equal(decide(untyped(wrong), user).effect, 'implicitDeny')
      const root = { kind: 'root', accountId: '123456789012' } as const
      assert.equal(decide(REQUEST, untyped(wrong)).effect, 'implicitDeny')
      const isRecord = typeof wrong === 'object' && wrong !== null
      const { effect } = decide({ ...REQUEST, principal: root }, untyped(wrong))
      assert.equal(
        effect,
        isRecord ? 'allow' : 'implicitDeny',
        'no policy limits the root user, but there must be a record that says so',
      )
      assert.equal(decide(REQUEST, untyped<PoliciesInForce>({ identity: wrong })).effect, 'implicitDeny')
      for (const source of ['boundary', 'session', 'serviceControl', 'resourceControl', 'resource', 'endpoint']) {
        const policies = untyped<PoliciesInForce>({ ...user, [source]: wrong })
        const { effect } = decide(REQUEST, policies)
        assert.equal(effect, wrong === undefined ? 'allow' : 'implicitDeny', source)
      }
    }
  })

  it('F-22: a decision that takes too many steps is a deny and says so, whatever allows', () => {
    // Each pattern costs about a million steps on a resource of 2 KiB, the most that a pattern can.
    const hostile = Array.from({ length: 6 }, (_, index) => `arn:*${'a'.repeat(1_000 + index)}b?*`)
    const deny = statementDocument({ Effect: 'Deny', Resource: hostile })
    const request = { ...REQUEST, resource: `arn:${'a'.repeat(2_040)}b` }
    const decision = decide(request, userWith(ALLOW_ALL, deny))
    assert.deepEqual([decision.effect, decision.budgetExceeded], ['implicitDeny', true])
    const one = statementDocument({ Effect: 'Deny', Resource: hostile.slice(0, 1) })
    assert.equal(decide(request, userWith(ALLOW_ALL, one)).effect, 'allow')
  })

  it('F-22: many operands with many values are within the same budget', () => {
    const operands = Array.from({ length: 5_000 }, (_, index) => `value-${index}-*`)
    const conditional = statementDocument({ Condition: { 'ForAllValues:StringNotLike': { 'iamd:keys': operands } } })
    const context = { get: () => Array.from({ length: 5_000 }, (_, index) => `other-${index}`) }
    assert.equal(decide({ ...REQUEST, context }, userWith(conditional, ALLOW_ALL)).budgetExceeded, true)
  })

  it('F-22: what variables come to is within the same budget, and is never put together beyond it', () => {
    const operand = `*${'${iamd:key}'.repeat(4_000)}?`
    const value = 'a'.repeat(50_000)
    for (const operator of ['StringLike', 'StringEqualsIgnoreCase', 'ArnLike']) {
      const conditional = statementDocument({ Condition: { [operator]: { 'iamd:key': operand } } })
      const context = { get: () => (operator === 'ArnLike' ? `arn:aws:s3:::${value}` : value) }
      assert.equal(decide({ ...REQUEST, context }, userWith(conditional, ALLOW_ALL)).budgetExceeded, true, operator)
    }
  })

  it('F-22: reading lists of values is within the same budget', () => {
    const keys = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`iamd:key${index}`, 'false']))
    const conditional = statementDocument({ Condition: { Null: keys } })
    const values = Array.from({ length: 5_000 }, () => 'a')
    const context = { get: () => values }
    assert.equal(decide({ ...REQUEST, context }, userWith(conditional, ALLOW_ALL)).budgetExceeded, true)
  })

  it('F-22: comparing long values is within the same budget', () => {
    const conditional = statementDocument({ Condition: { 'ForAllValues:NumericLessThan': { 'iamd:keys': '1' } } })
    const context = { get: () => Array.from({ length: 1_000 }, () => '0'.repeat(5_000)) }
    assert.equal(decide({ ...REQUEST, context }, userWith(conditional, ALLOW_ALL)).budgetExceeded, true)
  })

  it('F-22: an explanation that takes too many steps says so, however many statements the decision need not ask', () => {
    const costly = { Action: 'x:y', Condition: { StringLike: { 'iamd:key': `*${'a'.repeat(40)}b?*` } } }
    const context = { get: () => `${'a'.repeat(50_000)}b` }
    const policies = userWith(ALLOW_ALL, ...Array.from({ length: 50 }, () => statementDocument(costly)))
    const explanation = explain({ ...REQUEST, context }, policies)
    assert.equal(explanation.decision.effect, 'allow')
    assert.equal(explanation.isCutShort, false)
    const [source] = explanation.sources
    const untold = source?.statements.filter(({ failed }) => failed.includes('failure'))
    assert.ok(untold !== undefined && untold.length > 40)
    assert.ok(untold.every(({ applies, failure }) => !applies && failure instanceof Error))
    assert.equal(explanation.isCutShort, true)
    assert.ok(explanation.stepsTaken < 12_000_000)
  })

  it('explain never throws for a request or a principal of the wrong shape', () => {
    for (const wrong of [undefined, null, 1, {}]) {
      const questions = [explain(untyped(wrong), userWith(ALLOW_ALL)), explain(REQUEST, untyped(wrong))]
      assert.deepEqual(
        questions.map(({ decision }) => decision.effect),
        ['implicitDeny', 'implicitDeny'],
      )
    }
  })

  it('explain never throws when a context does, and says what failed and where', () => {
    const conditional = statementDocument({ Condition: { Bool: { 'iamd:key': 'true' } } })
    const failure = new Error('gone')
    const context = {
      get: (): ContextValue => {
        throw failure
      },
    }
    const { decision, sources } = explain({ ...REQUEST, context }, userWith(conditional, ALLOW_ALL))
    assert.equal(decision.failure, failure)
    assert.deepEqual(
      sources[0]?.statements.map(({ applies, failed }) => ({ applies, failed })),
      [
        { applies: false, failed: ['condition', 'failure'] },
        { applies: true, failed: [] },
      ],
    )
  })
})
