import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertNone } from '../source/assert-none.ts'
import { codeFiles } from '../source/source-file.ts'
import { purityFindings } from './purity.ts'

const refused = [
  'const now = Date.now()',
  'const now = new Date()',
  'const id = Math.random()',
  `import { randomBytes } from 'node:crypto'`,
  'const id = crypto.randomUUID()',
  'const home = process.env.HOME',
  'setTimeout(() => undefined, 5)',
  'const pattern = new RegExp(text)',
]

for (const text of refused) {
  test(`\`${text}\` is refused in a pure room`, () => {
    assert.equal(purityFindings([{ path: 'packages/policy/src/a.ts', text }]).length, 1)
  })
}

test('N-01: a pattern from a text is refused at the edges too, a clock is not', () => {
  const path = 'packages/server/src/endpoints/a.ts'
  assert.equal(purityFindings([{ path, text: 'const pattern = new RegExp(text)' }]).length, 1)
  assert.deepEqual(purityFindings([{ path, text: 'const now = Date.now()' }]), [])
})

test('a date from a value and a literal pattern are accepted', () => {
  const text = `const then = new Date(seconds)\nconst pattern = new RegExp('^a$')\nconst other = /b/`
  assert.deepEqual(purityFindings([{ path: 'packages/policy/src/a.ts', text }]), [])
})

test('N-01: no text becomes a pattern, and the rooms that decide read no clock, no randomness and no environment', () => {
  assertNone(purityFindings(codeFiles()))
})
