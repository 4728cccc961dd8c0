/** Addresses, numbers and dates that one reader takes for one thing and another for another. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { decide } from '../../src/index.ts'
import { statementDocument, USER, userWith } from '../build-policies.ts'
import { sentencesOf } from '../findings-of.ts'
import { hostileValues } from './hostile-texts.ts'

interface Question {
  readonly operator: string
  readonly operand: string
  readonly value: string
}

/** Whether a condition of one operand holds for one value. */
function holds({ operator, operand, value }: Question): boolean {
  const policy = statementDocument({ Condition: { [operator]: { 'iamd:key': operand } } })
  const request = {
    principal: USER,
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::b/k',
    context: { get: () => value },
  }
  const decision = decide(request, userWith(policy))
  assert.equal(decision.failure, undefined)
  return decision.effect === 'allow'
}

function isStorable(operator: string, operand: string): boolean {
  const Condition = { [operator]: { 'iamd:key': operand } }
  const [sentence] = sentencesOf('identity', { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition })
  assert.ok(sentence === undefined || sentence === 'The policy failed legacy parsing')
  return sentence === undefined
}

describe('hostile operands', () => {
  const addresses = [
    '010.0.0.1',
    '10.0.0',
    '10.0.0.0.1',
    '0x0a.0.0.1',
    '10.0.0.1/33',
    '10.0.0.1/',
    '10.0.0.1/08',
    ' 10.0.0.1',
  ]
  const longAddresses = [
    'fe80::1%eth0',
    '1::2::3',
    '::/129',
    '12345::',
    ':::',
    '2001:db8::1/32',
    '::ffff:010.0.0.1',
    '[::1]',
  ]
  for (const operand of [...addresses, ...longAddresses]) {
    it(`F-19: \`${operand}\` is no range: not stored, and in no decision a match`, () => {
      assert.equal(isStorable('IpAddress', operand), false)
      for (const value of ['10.0.0.1', '8.0.0.1', '::1', 'fe80::1', '2001:db8::1', operand]) {
        assert.equal(holds({ operator: 'IpAddress', operand, value }), false)
      }
    })
  }

  it('F-19: an IPv4-mapped address is the IPv4 one, and a range of all leaves none of its family out', () => {
    assert.ok(holds({ operator: 'IpAddress', operand: '10.0.0.0/8', value: '::ffff:10.1.2.3' }))
    assert.ok(holds({ operator: 'IpAddress', operand: '0.0.0.0/0', value: '255.255.255.255' }))
    assert.equal(holds({ operator: 'IpAddress', operand: '0.0.0.0/0', value: '::1' }), false)
    assert.equal(holds({ operator: 'NotIpAddress', operand: '10.0.0.0/8', value: 'fe80::1%eth0' }), false)
  })

  const numbers = ['0x10', '1e', 'NaN', 'Infinity', '-Infinity', '1,000', '١', '1 ', '', '--1', '1e1e1', '1_000']
  for (const operand of numbers) {
    it(`F-20: \`${operand}\` is no number: not stored, and equal to nothing`, () => {
      assert.equal(isStorable('NumericEquals', operand), false)
      for (const value of ['16', '1', '0', '1000', 'NaN', operand]) {
        assert.equal(holds({ operator: 'NumericEquals', operand, value }), false)
        assert.equal(holds({ operator: 'NumericLessThan', operand, value }), false)
        assert.equal(holds({ operator: 'NumericGreaterThanEquals', operand, value }), false)
      }
    })
  }

  it('F-20: huge and tiny numbers are compared exactly, without a double between', () => {
    const nines = '9'.repeat(400)
    assert.ok(holds({ operator: 'NumericEquals', operand: nines, value: nines }))
    assert.ok(holds({ operator: 'NumericLessThan', operand: nines, value: `${nines.slice(1)}8` }))
    assert.ok(holds({ operator: 'NumericLessThan', operand: '9007199254740993', value: '9007199254740992' }))
    assert.equal(holds({ operator: 'NumericEquals', operand: '9007199254740993', value: '9007199254740992' }), false)
  })

  for (const operand of [
    '2026-02-30',
    '2026-13-01',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:00+24:00',
    '9223372036854775808',
    '1e3',
    'now',
  ]) {
    it(`F-20: \`${operand}\` is no date: not stored, and equal to nothing`, () => {
      assert.equal(isStorable('DateEquals', operand), false)
      for (const value of ['2026-03-02T00:00:00Z', '1000', operand]) {
        assert.equal(holds({ operator: 'DateEquals', operand, value }), false)
        assert.equal(holds({ operator: 'DateLessThan', operand, value }), false)
      }
    })
  }

  it('F-20: epoch seconds, dates and time zones of one instant are one', () => {
    for (const value of ['2026-01-01T00:00:00Z', '2026-01-01', '2026-01-01T02:00:00+02:00', '1767225600']) {
      assert.ok(holds({ operator: 'DateEquals', operand: '1767225600', value }))
    }
  })

  it('law: what may be stored never makes a decision fail, and what may not never matches', () => {
    const operators = [
      'NumericEquals',
      'NumericLessThan',
      'DateEquals',
      'DateGreaterThan',
      'IpAddress',
      'ArnLike',
      'BinaryEquals',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...operators), hostileValues, hostileValues, (operator, operand, value) => {
        fc.pre(operand.isWellFormed())
        const matches = holds({ operator, operand, value })
        if (matches) assert.ok(isStorable(operator, operand))
      }),
      { numRuns: 500, seed: 20_261_122 },
    )
  })
})
