// `iamd policy test` in a process of its own, as CI and a person at a desk run it.
import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { IamdProcess, runIamd } from './service/iamd-process.ts'
import { temporaryDirectory } from './service/temporary-directory.ts'

function policy(Action: string): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } })
}

/** A folder with one policy, which may read, and one expectation of it. */
async function policyFolder(t: TestContext, expect: 'allow' | 'deny'): Promise<string> {
  const folder = join(await temporaryDirectory(t), 'policies')
  await mkdir(folder)
  await writeFile(join(folder, 'reader.json'), policy('s3:Get*'))
  const expectations = [{ action: 's3:PutObject', expect }]
  await writeFile(
    join(folder, 'reader.test.json'),
    JSON.stringify({ policies: { identity: ['reader.json'] }, expectations }),
  )
  return folder
}

test('the exit code of a run is what a build goes by', async (t) => {
  const asExpected = await runIamd(t, ['policy', 'test', await policyFolder(t, 'deny')])
  assert.deepEqual([asExpected.code, asExpected.stderr], [0, ''])
  const otherwise = await runIamd(t, ['policy', 'test', await policyFolder(t, 'allow'), '--output', 'junit'])
  assert.deepEqual([otherwise.code, otherwise.stderr], [1, ''])
  assert.match(otherwise.stdout, /<failure type="implicitDeny"/)
  const nothing = await runIamd(t, ['policy', 'test', await temporaryDirectory(t)])
  assert.deepEqual([nothing.code, nothing.stdout], [2, ''])
})

test('a watch runs again when a policy changes, and ends with 0 when it is interrupted', async (t) => {
  const folder = await policyFolder(t, 'allow')
  const watch = new IamdProcess(t, ['policy', 'test', folder, '--watch'])
  await watch.said('stdout', /1 expectation, 1 failed/)
  await writeFile(join(folder, 'reader.json'), policy('s3:*'))
  await watch.said('stdout', /1 expectation, 0 failed/)
  assert.equal((await watch.stop('SIGINT')).code, 0)
})
