// The older Node line that iamd supports: the server and a story over its socket, and what is pure or writes to disk.
import assert from 'node:assert/strict'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { runProgram, SETUP_REMEDY } from './service/outside-program.ts'

const root = join(import.meta.dirname, '..')
const node24 = join(root, 'tools', 'node24', 'node_modules', '.bin', 'node')

/** Chosen to end in seconds: no campaigns, no random round trips, no crashes. `npm run test:node24` runs everything. */
const unitTests = [
  'packages/policy/src/**/*.test.ts',
  'packages/policy/test/decision-cases.test.ts',
  'packages/sigv4/src/**/*.test.ts',
  'packages/sigv4/test/aws-signing-suite.test.ts',
  'packages/wire/src/**/*.test.ts',
  'packages/server/src/journal/memory.test.ts',
  'packages/server/src/journal/sqlite/sqlite.test.ts',
]
const LEAST_UNIT_TESTS = 1000

before(async () => {
  await access(node24).catch(() => assert.fail(`Node 24 is not in tools/node24; ${SETUP_REMEDY}`))
})

test('the tests of the second Node run on Node 24', async () => {
  const { stdout } = await runProgram(node24, ['--version'], {})
  assert.match(stdout, /^v24\./)
})

test('on Node 24 the server goes through the story with an SDK', async () => {
  const passed = await passingTests([join(root, 'e2e', 'story-sdk-v3.test.ts')])
  assert.ok(passed > 5, `${passed} tests passed`)
})

test('on Node 24 policies, signatures, the wire and the journal keep their tests', async () => {
  const passed = await passingTests(unitTests.map((path) => join(root, path)))
  assert.ok(passed > LEAST_UNIT_TESTS, `${passed} tests passed`)
})

/** The number of tests that passed; rejects with the report when one did not. The server that a test starts runs on the same Node. */
async function passingTests(paths: readonly string[]): Promise<number> {
  const options = ['--test', '--test-isolation=none', '--test-timeout=180000', '--test-reporter=tap']
  const { code, stdout, stderr } = await runProgram(node24, [...options, ...paths], {})
  assert.equal(code, 0, failuresIn(stdout) || stderr)
  const [, passed = '0'] = /^# pass (\d+)$/m.exec(stdout) ?? []
  return Number(passed)
}

function failuresIn(report: string): string {
  const lines = report.split('\n')
  return lines.flatMap((line, at) => (/^\s*not ok /.test(line) ? lines.slice(at, at + 12) : [])).join('\n')
}
