import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertNone } from '../source/assert-none.ts'
import { codeFiles } from '../source/source-file.ts'
import { longTestFunctions } from './function-sizes.ts'

const body = 'check()\n'.repeat(60)

test('a test of 62 lines is found, the group around it is not', () => {
  const text = `describe('a group', () => {\ntest('one', () => {\n${body}})\n})\n`
  assert.deepEqual(longTestFunctions([{ path: 'a.test.ts', text }]), [
    'a.test.ts:2: a function of 62 lines, more than 60',
  ])
})

test('no test in the repository has a function of more than 60 lines', () => {
  assertNone(longTestFunctions(codeFiles()))
})
