import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readContext } from './context.ts'
import { holds } from './holds.ts'
import type { AskedValue } from './question.ts'

describe('a condition', () => {
  it('F-01, F-02: on a missing key fails, unless it is negated or IfExists', () => {
    assert.equal(fits('StringEquals', ['x'], undefined), false)
    assert.equal(fits('StringNotEquals', ['x'], undefined), true)
    assert.equal(fits('StringEqualsIfExists', ['x'], undefined), true)
    assert.equal(fits('NumericLessThan', ['1'], undefined), false)
    assert.equal(fits('NotIpAddress', ['10.0.0.0/8'], undefined), true)
    assert.equal(fits('BoolIfExists', ['true'], undefined), true)
  })

  it('Null asks whether the key is there, also when its value is empty', () => {
    assert.equal(fits('Null', ['true'], undefined), true)
    assert.equal(fits('Null', ['false'], undefined), false)
    assert.equal(fits('Null', ['FALSE'], ''), true)
    assert.equal(fits('Null', ['true', 'false'], 'x'), true)
  })

  it('is one of the operands, or none of them when negated', () => {
    assert.equal(fits('StringEquals', ['x', 'y'], 'y'), true)
    assert.equal(fits('StringNotEquals', ['x', 'y'], 'y'), false)
    assert.equal(fits('StringNotEquals', ['x', 'y'], 'z'), true)
    assert.equal(fits('StringNotLike', ['x*', 'y*'], 'yes'), false)
    assert.equal(fits('StringEquals', ['x*'], 'xy'), false)
  })

  it('lower-cases as Unicode has it, and folds nothing', () => {
    assert.equal(fits('StringEqualsIgnoreCase', ['ΟΔΟΣ'], 'οδος'), true)
    assert.equal(fits('StringEqualsIgnoreCase', ['s'], 'ſ'), false)
    assert.equal(fits('StringNotEqualsIgnoreCase', ['X'], 'x'), false)
  })

  it('F-06: with a variable without value does not match, but its negation does', () => {
    assert.equal(fits('StringEquals', ['${aws:none}'], 'x'), false)
    assert.equal(fits('StringNotEquals', ['${aws:none}'], 'x'), true)
    assert.equal(fits('ArnNotLike', ['arn:aws:s3:::${aws:none}'], 'arn:aws:s3:::b'), true)
    assert.equal(fits('Bool', ['${*}'], 'no'), true)
  })

  it('on what is no number or time is false, but for NotEquals', () => {
    for (const type of ['Numeric', 'Date']) {
      for (const name of ['Equals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals']) {
        assert.equal(fits(type + name, ['1'], 'NaN'), false, type + name)
        assert.equal(fits(type + name, ['text'], '1'), false, type + name)
      }
      assert.equal(fits(`${type}NotEquals`, ['1'], 'NaN'), true, type)
      assert.equal(fits(`${type}NotEquals`, ['text'], '1'), true, type)
    }
    assert.equal(fits('NumericLessThanEquals', ['10'], '1e1'), true)
    assert.equal(fits('DateLessThan', ['2020-01-01'], '1577836799'), true)
  })

  it('F-19: on a malformed address of a request is false, also when negated', () => {
    assert.equal(fits('IpAddress', ['0.0.0.0/0'], '1.2.3'), false)
    assert.equal(fits('NotIpAddress', ['10.0.0.0/8'], '1.2.3'), false)
    assert.equal(fits('NotIpAddress', ['10.0.0.0/8'], '11.0.0.1'), true)
    assert.equal(fits('NotIpAddress', ['2001:db8::1/32'], '2001:db8::1'), true)
    assert.equal(fits('ForAllValues:NotIpAddress', ['10.0.0.0/8'], 'x'), false)
  })

  it('F-09: on ARNs compares part by part', () => {
    for (const operator of ['ArnEquals', 'ArnLike']) {
      assert.equal(fits(operator, ['arn:aws:iam::*:role/*'], 'arn:aws:iam::1:role/a/b:c'), true)
      assert.equal(fits(operator, ['arn:*:role/x'], 'arn:aws:iam::1:role/x'), false)
      assert.equal(fits(operator, ['arn:aws:iam::1:role/x'], 'role/x'), false)
    }
    assert.equal(fits('StringLike', ['arn:*:role/x'], 'arn:aws:iam::1:role/x'), true)
    assert.equal(fits('ArnNotLike', ['arn:aws:iam::1:role/x'], 'role/x'), false)
    assert.equal(fits('ArnNotEquals', ['arn:aws:iam::1:role/x'], 'arn:aws:iam::1:role/y'), true)
  })

  it('whose operand is no ARN grants nothing, and counts for a Deny', () => {
    const arn = 'arn:aws:iam::1:role/x'
    for (const operator of ['ArnLike', 'ArnEquals', 'ArnNotLike', 'ArnNotEquals']) {
      assert.equal(fits(operator, ['x'], arn), false, operator)
      assert.equal(fits(operator, ['x'], arn, 'Deny'), true, operator)
      assert.equal(fits(operator, ['x'], 'x', 'Deny'), false, operator)
    }
    assert.equal(fits('ArnLike', ['x', arn], arn), true)
    assert.equal(fits('ArnNotLike', ['x', arn], arn, 'Deny'), false)
  })

  it('F-03: on all or any of the values of a set', () => {
    const key = 'aws:TagKeys'
    assert.equal(fits('ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], 'Allow', key), true)
    assert.equal(fits('ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], 'Allow', key), false)
    assert.equal(fits('ForAnyValue:StringEquals', ['a', 'b'], ['a', 'c'], 'Allow', key), true)
    assert.equal(fits('ForAnyValue:StringEquals', ['a', 'b'], ['c'], 'Allow', key), false)
    for (const none of [undefined, []] as const) {
      assert.equal(fits('ForAllValues:StringEquals', ['a'], none, 'Allow', key), true)
      assert.equal(fits('ForAnyValue:StringNotEquals', ['a'], none, 'Allow', key), false)
    }
    assert.equal(fits('ForAllValues:StringEquals', ['a'], [''], 'Allow', key), false)
    assert.equal(fits('ForAllValues:StringEquals', ['a'], '', 'Allow', key), false)
    assert.equal(fits('ForAnyValue:StringEquals', [''], '', 'Allow', key), true)
    assert.equal(fits('ForAnyValue:StringEqualsIfExists', ['a'], undefined, 'Allow', key), false)
  })

  it('F-04: negates each value, and then counts', () => {
    const key = 'aws:TagKeys'
    assert.equal(fits('ForAllValues:StringNotEquals', ['a', 'b'], ['a', 'c'], 'Allow', key), false)
    assert.equal(fits('ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'd'], 'Allow', key), true)
    assert.equal(fits('ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'c'], 'Allow', key), true)
    assert.equal(fits('ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'b'], 'Allow', key), false)
  })

  it('without operands is met by an absent key only, under ForAllValues and IfExists', () => {
    for (const operator of [
      'StringEquals',
      'StringNotEquals',
      'ForAnyValue:StringNotEquals',
      'NumericNotEquals',
      'Null',
    ]) {
      assert.equal(fits(operator, [], 'a'), false, operator)
      assert.equal(fits(operator, [], undefined), false, operator)
    }
    for (const operator of ['StringEqualsIfExists', 'StringNotEqualsIfExists', 'ForAllValues:StringNotEquals']) {
      assert.equal(fits(operator, [], 'a'), false, operator)
      assert.equal(fits(operator, [], undefined), true, operator)
    }
  })

  it('on a set without a qualifier is never fulfilled, but an absent set is like any other absent key', () => {
    for (const value of [['a'], ['b'], 'a', ['a', 'b']]) {
      for (const operator of ['StringEquals', 'StringNotEquals', 'StringEqualsIfExists', 'StringNotLikeIfExists']) {
        assert.equal(fits(operator, ['a'], value, 'Allow', 'AWS:tagkeys'), false, operator)
      }
    }
    assert.equal(fits('StringEquals', ['a'], ['a']), false)
    assert.equal(fits('StringEquals', ['a'], undefined, 'Allow', 'aws:TagKeys'), false)
    assert.equal(fits('StringNotEquals', ['a'], undefined, 'Allow', 'aws:TagKeys'), true)
    assert.equal(fits('StringEqualsIfExists', ['a'], undefined, 'Allow', 'aws:TagKeys'), true)
    assert.equal(fits('Null', ['false'], ['a'], 'Allow', 'aws:TagKeys'), true)
  })
})

// Five things make a case; as a record each row would take five lines.
function fits(
  ...[operator, operands, value, effect = 'Allow', key = 'test:Key']: readonly [
    operator: string,
    operands: readonly string[],
    value: AskedValue | undefined,
    effect?: 'Allow' | 'Deny',
    key?: string,
  ]
): boolean {
  const context = readContext(value === undefined ? {} : { [key]: value })
  return holds({ operator, key, operands }, { context, hasVariables: true, effect })
}
