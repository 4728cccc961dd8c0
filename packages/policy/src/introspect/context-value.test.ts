import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type ContextValueType, isContextValue } from './context-value.ts'

/** Observed with SimulateCustomPolicy, and its neighbours. */
const VALUES: readonly (readonly [ContextValueType, readonly string[], readonly string[]])[] = [
  ['string', ['', 'a', '${x}'], []],
  ['boolean', ['true', 'TRUE', 'yes', ''], []],
  ['numeric', ['0', '01.00', '+1', '-2.5', '1e2', '1e9999'], ['', '0x10', ' 1 ', 'NaN', 'Infinity', 'abc']],
  ['date', ['2035', '2026-11-22', '2026-11-22T12:00:00Z', '1770000000'], ['', 'tomorrow']],
  ['ip', ['192.0.2.1', '2001:db8::1'], ['', '999.0.0.1', '192.0.2.0/24', '2001:db8::/32']],
  ['binary', ['', 'AAA='], ['!base64', 'AAA', 'AAB=']],
]

describe('isContextValue', () => {
  for (const [type, good, bad] of VALUES) {
    it(`tells ${type} values from others`, () => {
      for (const text of good) assert.equal(isContextValue(type, text), true, text)
      for (const text of bad) assert.equal(isContextValue(type, text), false, text)
    })
  }
})
