/** `iamd start` as a process of its own, on a data directory and a free port. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { RootCredential } from '../../../src/index.ts'
import type { Command } from '../rounds.ts'

/** The command as people run it. */
const DOOR = join(import.meta.dirname, '..', '..', '..', '..', 'cli', 'bin', 'iamd.mjs')

/** What it says of itself in its first line, when it answers. */
export interface Told {
  readonly port: number
  /** Of the account that this start made. */
  readonly root: RootCredential | undefined
}

export function startCommand(directory: string, workers: number): Command {
  const args = ['start', '--data', directory, '--listen', '127.0.0.1:0', '--output', 'json', '--workers', `${workers}`]
  return { file: process.execPath, args: [DOOR, ...args] }
}

/** Undefined where the process ended before it answered. What it prints after is read and dropped, so that it can end. */
export async function toldBy(child: ChildProcess): Promise<Told | undefined> {
  if (child.stdout === null) throw new Error('the output of the server is not a pipe')
  const lines = createInterface({ input: child.stdout })
  const [line] = await Promise.race([once(lines, 'line'), once(lines, 'close')])
  // A start that fails says so in an object of several lines.
  if (typeof line !== 'string' || !line.startsWith('{"')) return undefined
  const { url, rootCredential: root } = JSON.parse(line) as FirstLine // The command's tests hold its form.
  return { port: Number(new URL(url).port), root }
}

interface FirstLine {
  readonly url: string
  readonly rootCredential?: RootCredential
}

/** A server that lives until it is told to stop, or until the test that started it is over. */
export class IamdChild implements AsyncDisposable {
  readonly told: Told
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, told: Told) {
    this.#child = child
    this.told = told
  }

  /** Takes what `startCommand` gives. Throws with what it said where it does not start. */
  static async start({ file, args }: Command): Promise<IamdChild> {
    const child = spawn(file, [...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    const ended = once(child, 'close')
    let complaints = ''
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
    const told = await toldBy(child)
    if (told !== undefined) return new IamdChild(child, told)
    await ended
    throw new Error(complaints.trim())
  }

  /** Throws where it does not end as it should. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM')
    if (this.#child.exitCode !== 0) throw new Error(`the server ended with ${this.#child.exitCode} when told to stop`)
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await this.kill()
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const ended = once(this.#child, 'close')
    this.#child.kill(signal)
    await ended
  }
}

/** For an installation whose credential was made and never shown, which is what the command is for. */
export function recoverRoot(directory: string): RootCredential {
  const args = ['recover', 'root', '--data', directory, '--output', 'json']
  const { stdout, stderr, status } = spawnSync(process.execPath, [DOOR, ...args], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the root user could not be recovered: ${stderr.trim()}`)
  const { rootCredential } = JSON.parse(stdout) as { rootCredential: RootCredential } // As the command writes it.
  return rootCredential
}
