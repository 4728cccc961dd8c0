/** The real command in a process of its own, and what it says. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

const door = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'bin', 'iamd.mjs')

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Options of Node itself. */
  readonly nodeOptions?: readonly string[]
  /** In a process group of its own, as a shell starts what is typed in a terminal. */
  readonly isGroup?: boolean
}

/** A command that keeps running. It is killed when the test ends, should it still run then. */
export class IamdProcess {
  readonly child: ChildProcess
  stdout = ''
  stderr = ''
  readonly #exit: Promise<unknown>

  constructor(
    context: TestContext,
    words: readonly string[],
    { env = {}, nodeOptions = [], isGroup = false }: RunOptions = {},
  ) {
    const variables = { PATH: process.env['PATH'], HOME: process.env['HOME'], NO_COLOR: '1', ...env }
    this.child = spawn(process.execPath, [...nodeOptions, door, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: variables,
      detached: isGroup,
    })
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text))
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text))
    this.#exit = once(this.child, 'close')
    context.after(() => this.child.kill('SIGKILL'))
  }

  /** Resolves when the output has the text; rejects when the process ends without having said it. */
  async said(stream: 'stdout' | 'stderr', text: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = text.exec(this[stream])
      if (found !== null) return found
      const source = this.child[stream]
      assert(source !== null)
      const isOver = await Promise.race([once(source, 'data').then(() => false), this.#exit.then(() => true)])
      if (isOver) assert.match(this[stream], text, `stderr: ${this.stderr}`)
    }
  }

  /** The first line of standard output, which `--output json` makes an object. */
  async firstObject(): Promise<Readonly<Record<string, unknown>>> {
    const [, line = ''] = await this.said('stdout', /^(.*)\n/)
    return objectOf(line)
  }

  async ended(): Promise<Ended> {
    await this.#exit
    return { code: this.child.exitCode, stdout: this.stdout, stderr: this.stderr }
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    this.child.kill(signal)
    return this.ended()
  }
}

/** Runs a command to its end. */
export async function runIamd(context: TestContext, words: readonly string[], options?: RunOptions): Promise<Ended> {
  return new IamdProcess(context, words, options).ended()
}

export function objectOf(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(text)
  assert(typeof value === 'object' && value !== null)
  return { ...value }
}

/** A member that must be a text. */
export function textOf(value: unknown, member: string): string {
  assert(typeof value === 'object' && value !== null)
  const found: unknown = Object.entries(value).find(([name]) => name === member)?.[1]
  assert(typeof found === 'string', `\`${member}\` is missing`)
  return found
}
