import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { StepBudget } from '../context/step-budget.ts'
import { CONDITION_OPERATORS, type ConditionOperator } from '../document/operator-name.ts'
import type { Comparison } from './operator.ts'
import { getOperator, OPERATORS } from './operators.ts'

describe('the table of operators', () => {
  it('has every operator of the language once, by its name', () => {
    assert.deepEqual(OPERATORS.map(({ name }) => name).toSorted(), CONDITION_OPERATORS.toSorted())
    for (const name of CONDITION_OPERATORS) assert.equal(getOperator(name).name, name)
  })

  it('has variables in strings and ARNs only', () => {
    const takers = OPERATORS.filter(({ takesVariables }) => takesVariables).map(({ name }) => name)
    assert.deepEqual(
      takers,
      CONDITION_OPERATORS.filter((name) => /^(?:String|Arn)/.test(name)),
    )
  })

  it('negates those with Not in their name', () => {
    const negated = OPERATORS.filter((operator) => operator.kind === 'value' && operator.isNegated).map(
      ({ name }) => name,
    )
    assert.deepEqual(
      negated,
      CONDITION_OPERATORS.filter((name) => name.includes('Not')),
    )
  })

  it('law: a negated operator compares exactly as its positive one', () => {
    const operands = fc.array(
      fc.constantFrom('a', 'A', '1', '01', '2026-01-01', '10.0.0.0/8', 'arn:aws:s3:::a', 'x*'),
      { maxLength: 3 },
    )
    const values = fc.constantFrom(
      'a',
      'A',
      '1',
      '1.0',
      '2026-01-01T00:00:00Z',
      '10.1.1.1',
      'arn:aws:s3:::a',
      'xyz',
      '',
    )
    const pairs = CONDITION_OPERATORS.filter((name) => name.includes('Not')).map(
      (name) => [name, CONDITION_OPERATORS.find((other) => other === name.replace('Not', ''))] as const,
    )
    fc.assert(
      fc.property(fc.constantFrom(...pairs), operands, values, ([negated, positive], list, value) => {
        assert.ok(positive !== undefined)
        assert.equal(compare(negated, list, value), compare(positive, list, value))
      }),
      { numRuns: 2_000 },
    )
  })

  const wellFormed: readonly (readonly [
    operator: ConditionOperator,
    good: readonly string[],
    bad: readonly string[],
  ])[] = [
    ['StringEquals', ['', 'anything', '${', '${aws:username}'], []],
    ['StringLike', ['', '*'], []],
    ['NumericLessThan', ['0', '-1', '1.5', '1e3', '007'], ['', 'ten', 'NaN', '1,0', '0x1', '${aws:EpochTime}', '1.']],
    [
      'DateLessThan',
      [
        '2026-01-01',
        '2026-01-01T00:00:00Z',
        '2026-01',
        '01T',
        '1772366400',
        '-292275054',
        '+2026',
        '2016-12-13T21:20:37.593194+00:00',
        '2016-12-13t2:00:00.593194+23',
        '9223372036854775807',
        'T'.padStart(5, '2'),
      ],
      [
        '',
        'tomorrow',
        '234-13',
        '2016-12-13t2:00:00.593194+1',
        '2016-12-13t2:00:00.1999999999+10:59',
        '9223372036854775808',
        '2026-02-30',
        '-1-1-1-1',
        '292278994-01-01T',
        '2026-01-01T25:00Z',
        '${aws:CurrentTime}',
        'T',
      ],
    ],
    ['Bool', ['true', 'false', 'perhaps'], []],
    [
      'BinaryEquals',
      ['', 'QQ==', 'QUI=', 'QUJD', '+/+/'],
      ['Q', 'QQ', 'QQ=', 'QR==', 'QUJ=', 'Q===', '=', '-_-_', 'QQ==QQ=='],
    ],
    [
      'IpAddress',
      ['10.0.0.0/8', '10.1.2.3/8', '::/0', '2001:db8::/32', '10.1.2.3'],
      ['10.0.0.0/33', '2001:db8::1/32', 'here', ''],
    ],
    [
      'ArnLike',
      ['arn:aws:s3:::bucket', 'arn:*:*:*:*:*', '*', '${aws:PrincipalArn}', 'arn:aws:iam::*'],
      ['', 'bucket', 'arn:aws:s3', 'ern:aws:s3:::bucket'],
    ],
    ['Null', ['true', 'false', 'perhaps'], []],
  ]
  for (const [name, good, bad] of wellFormed) {
    it(`stores what AWS stores as operands of ${name}`, () => {
      const { isWellFormed } = getOperator(name)
      const syntax = { variables: true }
      assert.deepEqual(
        good.filter((operand) => !isWellFormed(operand, syntax)),
        [],
        'refused',
      )
      assert.deepEqual(
        bad.filter((operand) => isWellFormed(operand, syntax)),
        [],
        'taken',
      )
    })
  }

  it('F-07: without variables, `${aws:PrincipalArn}` is no ARN', () => {
    assert.equal(getOperator('ArnLike').isWellFormed('${aws:PrincipalArn}', { variables: false }), false)
  })
})

function compare(name: ConditionOperator, operands: readonly string[], value: string): Comparison {
  const operator = getOperator(name)
  if (operator.kind !== 'value') throw new Error(`\`${name}\` compares nothing`)
  const test = operator.compile(operands, { variables: true })
  return test(value, { context: { get: () => undefined }, steps: new StepBudget() })
}
