import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertNone } from '../source/assert-none.ts'
import { codeFiles } from '../source/source-file.ts'
import { testFindings, untestedOperations } from './test-files.ts'

const refused = [
  `test.skip('a user has a name', () => {})`,
  `describe.only('users', () => {})`,
  `it.todo('a user has a name')`,
  `test('a user has a name', { skip: true }, () => {})`,
  `test('a user has a name', { timeout: 5, skip: process.platform === 'win32' }, () => {})`,
  `import { setTimeout } from 'node:timers/promises'`,
  `test('works', () => {})`,
]
const accepted = [
  `test('a user has a name', () => {})`,
  `test('a user has a name', { timeout: 5 }, () => {})`,
  `describe('users', () => {})`,
  `import { setTimeout } from 'node:timers/promises' // waits for a process that has no other sign`,
]

for (const text of refused) {
  test(`\`${text}\` is refused in a test`, () => {
    assert.equal(testFindings([{ path: 'packages/wire/src/a.test.ts', text }]).length, 1)
  })
}
for (const text of accepted) {
  test(`\`${text}\` is accepted in a test`, () => {
    assert.deepEqual(testFindings([{ path: 'packages/wire/src/a.test.ts', text }]), [])
  })
}

test('an operation without a test beside it is found, a helper of operations is not', () => {
  const folder = 'packages/server/src/operations/user'
  const files = [
    { path: `${folder}/create-user.ts`, text: `export const CreateUser = operation('CreateUser', {})` },
    { path: `${folder}/get-user.ts`, text: `export const GetUser = readOperation('GetUser', {})` },
    { path: `${folder}/get-user.test.ts`, text: '' },
    { path: `${folder}/user-view.ts`, text: 'export const userView = 1' },
  ]
  assert.deepEqual(untestedOperations(files), [`${folder}/create-user.test.ts: is missing`])
})

test('no test of the repository is switched off, sleeps or names no requirement', () => {
  assertNone(testFindings(codeFiles()))
})

test('every operation has its test beside it', () => {
  assertNone(untestedOperations(codeFiles()))
})
