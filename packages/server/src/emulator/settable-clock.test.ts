import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { SettableClock } from './settable-clock.ts'

const machineMs = Date.parse('2026-11-22T12:00:00Z')

test('a clock that was never touched is the machine’s', () => {
  let nowMs = machineMs
  const clock = new SettableClock(() => nowMs)
  nowMs += 1500
  assert.equal(clock.now().getTime(), machineMs + 1500)
})

test('a clock that was set stands still, and moves by what it is advanced', () => {
  let nowMs = machineMs
  const clock = new SettableClock(() => nowMs)
  const set = clock.change({ kind: 'set', time: new Date('2030-01-01T00:00:00Z') })
  assert.deepEqual(set, { time: '2030-01-01T00:00:00.000Z', isStopped: true })
  nowMs += 60_000
  assert.equal(clock.now().toISOString(), '2030-01-01T00:00:00.000Z')
  assert.equal(clock.change({ kind: 'advance', seconds: -0.5 }).time, '2029-12-31T23:59:59.500Z')
})

test('a clock that was advanced goes on running, until it follows the machine again', () => {
  let nowMs = machineMs
  const clock = new SettableClock(() => nowMs)
  assert.equal(clock.change({ kind: 'advance', seconds: 3600 }).isStopped, false)
  nowMs += 1000
  assert.equal(clock.now().getTime(), machineMs + 3_601_000)
  clock.change({ kind: 'follow' })
  assert.equal(clock.now().getTime(), nowMs)
})

test('two advances are one of their sum', () => {
  const seconds = fc.integer({ min: -1_000_000, max: 1_000_000 })
  fc.assert(
    fc.property(seconds, seconds, (one, other) => {
      const twice = new SettableClock(() => machineMs)
      twice.change({ kind: 'advance', seconds: one })
      twice.change({ kind: 'advance', seconds: other })
      const once = new SettableClock(() => machineMs)
      once.change({ kind: 'advance', seconds: one + other })
      assert.equal(twice.now().getTime(), once.now().getTime())
    }),
  )
})

test('a time that cannot be written with four digits for the year is refused, and the clock stays as it is', () => {
  const clock = new SettableClock(() => machineMs)
  for (const seconds of [Number.NaN, Infinity, 1e300, -1e12, 1e12]) {
    assert.throws(() => clock.change({ kind: 'advance', seconds }), RangeError)
  }
  assert.throws(() => clock.change({ kind: 'set', time: new Date(Number.NaN) }), RangeError)
  assert.equal(clock.now().getTime(), machineMs)
})
