import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allOperations, walkShape } from '../../test/walk-shape.ts'
import { patternTest } from './pattern.ts'

const shapes = allOperations().flatMap(({ input, output }) => [...walkShape(input), ...walkShape(output)])
const patterns = new Set(shapes.flatMap(({ shape }) => (shape.kind === 'string' ? (shape.pattern ?? []) : [])))

test('a pattern matches the whole text, not a part of it', () => {
  const isName = patternTest('[\\w+=,.@-]+')
  assert.deepEqual(['a', 'a b', ' a', 'a\n', ''].map(isName), [true, false, false, false, false])
})

test('alternatives of a pattern are matched whole', () => {
  const isPath = patternTest('(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)')
  assert.deepEqual(['/', '/a/', '/a//b/', '//', '/a', 'a/', '/a b/', '/\u007F/', '/é/', '/a/\n'].map(isPath), [
    true,
    true,
    true,
    false,
    false,
    false,
    false,
    false,
    false,
    false,
  ])
})

test('an account alias has no two hyphens in a row, and none at its ends', () => {
  const isAlias = patternTest('^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$')
  assert.deepEqual(['abc', 'a-b-c', 'a--b', '-ab', 'ab-', 'AB1', 'ab'].map(isAlias), [
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ])
})

test('tags have letters of every script, but no control characters', () => {
  const isKey = patternTest('[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+')
  assert.deepEqual(['a:b', '\u3042', '\u{20000}', 'a b', 'a\tb', 'a#'].map(isKey), [
    true,
    true,
    true,
    true,
    false,
    false,
  ])
})

test('the model has patterns of which each compiles', () => {
  assert.ok(patterns.size > 30)
  for (const pattern of patterns) assert.equal(typeof patternTest(pattern)('a'), 'boolean')
})

test('B-10: no pattern of the model takes more than linear time, whatever the text', () => {
  const size = 100_000
  const parts = ['a', '0', '/', '//', '/a', '-', 'a-', '.', ' ', '?', 'o-', 'http://', 'v1.', '\u00E9', '\u{20000}']
  const started = performance.now()
  for (const pattern of patterns) {
    const isMatch = patternTest(pattern)
    for (const part of parts) {
      const text = part.repeat(size / part.length)
      for (const hostile of [text, `${text}\u0000`, `/${text}`, `o-0123456789/r-0123${text}\u0000`]) isMatch(hostile)
    }
  }
  // A quadratic pattern would need 10^10 steps for a single one of these texts.
  assert.ok(performance.now() - started < 20_000)
})
