/** Programs with boto3, whose steps each come out as a test of their own. */
import assert from 'node:assert/strict'
import { devNull } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { startEmulator } from './emulator.ts'
import { objectOf, textOf } from './iamd-process.ts'
import { runProgram } from './outside-program.ts'

/** Runs a program of the folder `boto3` against a fresh account; it must have that many steps. */
export async function runBoto3Steps(t: TestContext, program: string, stepCount: number): Promise<void> {
  const { url, newAccount } = await startEmulator(t)
  const { accountId, accessKeyId, secretAccessKey } = await newAccount()
  const words = [join(import.meta.dirname, '..', 'boto3', program), url, accountId, accessKeyId, secretAccessKey]
  const env = { AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull, PYTHONDONTWRITEBYTECODE: '1' }
  const ended = await runProgram('python3', words, env)
  assert.equal(ended.code, 0, ended.stderr)
  const steps = ended.stdout.trimEnd().split('\n').map(objectOf)
  assert.equal(steps.length, stepCount)
  for (const step of steps) {
    await t.test(textOf(step, 'name'), () => assert.equal(step['fault'], undefined))
  }
}
