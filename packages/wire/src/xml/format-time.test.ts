import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatTime } from './format-time.ts'

test('law: a time is formatted as toISOString does, without its fraction of a second', () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), (time) => {
      assert.equal(formatTime(time), time.toISOString().replace(/\.\d{3}Z$/, 'Z'))
    }),
    { numRuns: 10_000, seed: 42 },
  )
})

test('an invalid time is refused', () => {
  assert.throws(() => formatTime(new Date(Number.NaN)), RangeError)
})
