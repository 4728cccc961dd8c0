// The story with boto3. The steps are Python, in the file beside this one; each comes out as a test of its own.
import assert from 'node:assert/strict'
import { devNull } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startEmulator } from './service/emulator.ts'
import { objectOf, textOf } from './service/iamd-process.ts'
import { runProgram } from './service/outside-program.ts'

const STEP_COUNT = 11

test('the story with boto3', async (t) => {
  const { url, newAccount } = await startEmulator(t)
  const { accountId, accessKeyId, secretAccessKey } = await newAccount()
  const program = join(import.meta.dirname, 'story-boto3.py')
  const env = { AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull }
  const ended = await runProgram('python3', [program, url, accountId, accessKeyId, secretAccessKey], env)
  assert.equal(ended.code, 0, ended.stderr)
  const steps = ended.stdout.trimEnd().split('\n').map(objectOf)
  assert.equal(steps.length, STEP_COUNT)
  for (const step of steps) {
    await t.test(textOf(step, 'name'), () => assert.equal(step['fault'], undefined))
  }
})
