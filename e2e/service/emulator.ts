/** `iamd dev` for the tests of one file, which take an account of their own each. */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { IamdProcess, objectOf, textOf } from './iamd-process.ts'

/** An account and its root user's key. */
export interface Account {
  readonly accountId: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

export interface Emulator {
  readonly url: string
  readonly newAccount: () => Promise<Account>
}

/** Starts the emulator on a free port; it is gone when the test is over. */
export async function startEmulator(context: TestContext): Promise<Emulator> {
  const server = new IamdProcess(context, ['dev', '--listen', '127.0.0.1:0', '--output', 'json'])
  const url = textOf(await server.firstObject(), 'url')
  return { url, newAccount: () => newAccount(url) }
}

/** Reads the members of an account from what a command or the emulator has said. */
export function accountOf(said: unknown): Account {
  return {
    accountId: textOf(said, 'accountId'),
    accessKeyId: textOf(said, 'accessKeyId'),
    secretAccessKey: textOf(said, 'secretAccessKey'),
  }
}

async function newAccount(url: string): Promise<Account> {
  const answer = await fetch(`${url}/_iamd/dev/accounts`, { method: 'POST', headers: { 'X-Iamd-Dev': '1' } })
  const text = await answer.text()
  assert.equal(answer.status, 200, text)
  return accountOf(objectOf(text))
}
