import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { compareDecimals, type Decimal, parseDecimal } from './decimal.ts'

/** Numbers of at most 30 digits before and 10 behind the point, as text and as an integer count of 10^-10. */
const numbers = fc
  .record({
    sign: fc.constantFrom('', '+', '-'),
    zeros: fc.constantFrom('', '0', '000'),
    whole: fc.bigInt({ min: 0n, max: 10n ** 30n }),
    fraction: fc.array(fc.nat(9), { maxLength: 10 }).map((digits) => digits.join('')),
  })
  .map(({ sign, zeros, whole, fraction }) => {
    const units = BigInt(`${whole}${fraction.padEnd(10, '0')}`)
    return { text: `${sign}${zeros}${whole}${fraction && `.${fraction}`}`, units: sign === '-' ? -units : units }
  })

describe('decimal numbers', () => {
  it('law: O-06: comparison is exact for numbers of any length', () => {
    fc.assert(
      fc.property(numbers, numbers, (one, other) => {
        const sign = one.units < other.units ? -1 : Number(one.units > other.units)
        assert.equal(Math.sign(compareDecimals(decimal(one.text), decimal(other.text))), sign)
      }),
      { numRuns: 3_000 },
    )
  })

  it('law: moving the point and the exponent together changes nothing', () => {
    fc.assert(
      fc.property(numbers, fc.nat(30), ({ text }, places) => {
        const [whole = '', fraction = ''] = text.split('.')
        const shifted = `${whole}${fraction}${'0'.repeat(places)}e-${places + fraction.length}`
        assert.equal(compareDecimals(decimal(text), decimal(shifted)), 0)
      }),
      { numRuns: 2_000 },
    )
  })

  it('F-20: is nothing but digits, sign, point and exponent', () => {
    const bad = [
      '',
      '+',
      '.',
      '.5',
      '5.',
      '1e',
      'e1',
      '1e1.5',
      '--1',
      '1 ',
      '\n1',
      '1\n',
      '1_000',
      '1,5',
      '0x10',
      '0b1',
      '1n',
      '１',
      'Infinity',
    ]
    for (const text of bad) assert.equal(parseDecimal(text), undefined, JSON.stringify(text))
  })

  it('bounds the exponent, so that nothing can be made to count to it', () => {
    assert.notEqual(parseDecimal('1e999999'), undefined)
    assert.equal(parseDecimal('1e1000000'), undefined)
    assert.equal(parseDecimal('1e-1000000'), undefined)
  })
})

function decimal(text: string): Decimal {
  return parseDecimal(text) ?? assert.fail(`\`${text}\` is no number`)
}
