import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { findSyncStep, stepAt, withTry } from './code-sync.ts'

const NOW = new Date('2026-11-22T12:00:00Z')
const CURRENT = NOW.getTime() / 30_000

/** A device whose code at each step is the step itself. */
function isStep(step: number, code: string): boolean {
  return code === String(step)
}

/** The codes that the device shows so many steps from now, and one after. */
function codesFrom(distance: number): [string, string] {
  return [String(CURRENT + distance), String(CURRENT + distance + 1)]
}

test('a step is 30 seconds since 1970', () => {
  assert.equal(stepAt(new Date(0)), 0)
  assert.equal(stepAt(new Date(29_999)), 0)
  assert.equal(stepAt(new Date(30_000)), 1)
})

test('two codes in a row are found from 998 steps back to 1000 steps ahead, and no further', () => {
  for (const distance of [-998, -997, -1, 0, 1, 998, 999]) {
    assert.equal(findSyncStep(isStep, codesFrom(distance), { now: NOW }), CURRENT + distance + 1, `${distance}`)
  }
  for (const distance of [-1001, -1000, -999, 1000, 1001]) {
    assert.equal(findSyncStep(isStep, codesFrom(distance), { now: NOW }), undefined, `${distance}`)
  }
})

test('codes that are not of two steps in a row are not found', () => {
  const at = (step: number): string => String(CURRENT + step)
  for (const codes of [
    [at(0), at(0)],
    [at(1), at(0)],
    [at(0), at(2)],
    [at(0), 'x'],
    ['x', at(1)],
  ] as const) {
    assert.equal(findSyncStep(isStep, codes, { now: NOW }), undefined, codes.join())
  }
})

test('no code synchronises twice: the pair must be newer than the one before, in both codes', () => {
  fc.assert(
    fc.property(fc.integer({ min: -998, max: 999 }), fc.integer({ min: -1100, max: 1100 }), (distance, last) => {
      const after = CURRENT + last
      const found = findSyncStep(isStep, codesFrom(distance), { now: NOW, after })
      assert.equal(found, distance > last ? CURRENT + distance + 1 : undefined)
    }),
    { seed: 1 },
  )
})

test('a code that several steps have is no obstacle, and the nearest pair is taken', () => {
  const codes = new Map([
    [CURRENT - 5, '1'],
    [CURRENT + 3, '1'],
    [CURRENT + 4, '2'],
    [CURRENT - 9, '1'],
    [CURRENT - 8, '2'],
  ])
  const isCodeAt = (step: number, code: string): boolean => codes.get(step) === code
  assert.equal(findSyncStep(isCodeAt, ['1', '2'], { now: NOW }), CURRENT + 4)
})

test('nine tries are counted in each three minutes of UTC, and the tenth is refused until the next three', () => {
  let device = withTry({ serialNumber: 'x', createdAt: '', sealedSeed: '', tags: [] }, NOW)
  for (let tries = 1; tries < 9; tries += 1) {
    assert.equal(device?.tries?.count, tries)
    device = device && withTry(device, new Date(NOW.getTime() + tries * 19_999))
  }
  assert(device !== undefined)
  assert.equal(withTry(device, new Date(NOW.getTime() + 179_999)), undefined)
  assert.equal(withTry(device, new Date(NOW.getTime() + 180_000))?.tries?.count, 1)
  // A clock that went back does not give tries again in the window where they were used up.
  assert.equal(withTry(device, NOW), undefined)
})
