import assert from 'node:assert/strict'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

import { fakeTerminal } from '../fake-terminal.ts'
import { wrongUsage } from '../failure.ts'
import { watchExpectations, type Run } from './watch-expectations.ts'

test('expectations run again when a file changes or is put in place of another, until they are told to end', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'iamd-watch-'))
  const elsewhere = mkdtempSync(join(tmpdir(), 'iamd-watch-'))
  t.after(() => [folder, elsewhere].forEach((each) => rmSync(each, { recursive: true })))
  const policy = join(elsewhere, 'policy.json')
  writeFileSync(policy, '{}')
  const changes = [
    () => writeFileSync(join(folder, 'a.test.json'), '{}'),
    () => writeFileSync(policy, '{ }'),
    () => {
      writeFileSync(join(folder, 'new.json'), '{}')
      renameSync(join(folder, 'new.json'), join(folder, 'a.test.json'))
    },
  ]
  const controller = new AbortController()
  let runs = 0
  const { session, stdout, stderr } = fakeTerminal()
  const runOnce = (): Promise<Run> => {
    runs += 1
    // The next change comes while this run is still under way, which is when it is easiest to miss.
    const change = changes.shift() ?? (() => controller.abort())
    change()
    if (runs === 2) throw wrongUsage('`a.test.json` is half written')
    return Promise.resolve({ outcomes: [], files: [policy] })
  }
  await watchExpectations({ named: [folder], runOnce, signal: controller.signal }, session)
  assert.ok(runs >= 4)
  assert.match(stdout(), /^(\n0 expectations, 0 failed\n){3,}$/)
  assert.match(stderr(), /iamd: `a\.test\.json` is half written\n/)
})
