/**
 * Kills a process that is being written to, again and again, and compares what it had acknowledged with what is left.
 * The process, who writes to it and who looks at the directory afterwards are the subject's.
 */

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises' // the moment of a kill has to be any moment
import { seededRandom } from '../damage/random.ts'
import { environmentOf, losePower, startDurable } from './faulty-disk.ts'

export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** What is left, compared with what had been acknowledged. Any error that `check` throws counts as a failure to open. */
export interface Check {
  /** Acknowledged, and not there. */
  readonly lost: readonly string[]
  /** There in part. */
  readonly halfApplied: readonly string[]
  /** From the start of opening until everything can be served. */
  readonly readyMilliseconds: number
}

export interface CrashSubject {
  /** What is started on a data directory and killed; its standard output is a pipe. */
  command(directory: string): Command
  /**
   * Has it written to until it is gone: calls `acknowledge` with a name for each write that it has acknowledged. Resolves
   * once the process has ended and every acknowledgement has been counted.
   */
  write(child: ChildProcess, acknowledge: (write: string) => void): Promise<void>
  /** How it is killed; without it the child gets SIGKILL. */
  kill?(child: ChildProcess, random: (bound: number) => number): Promise<void>
  /** A child that is killed while it starts is killed within so long of its start; 250 ms without it. */
  readonly startMilliseconds?: number
  /** Opens the directory and looks for everything that was ever acknowledged on it. */
  check(directory: string, acknowledged: ReadonlySet<string>): Promise<Check>
}

export interface CrashOptions {
  readonly subject: CrashSubject
  readonly rounds: number
  readonly seed: number
  /** An empty directory of this run. */
  readonly workshop: string
  /** `power`: what was not synced is lost, but for sectors that reached the disk by themselves. */
  readonly by: 'kill' | 'power'
  /** After so many rounds the next starts on an empty directory, or looking would take longer than writing. */
  readonly roundsPerDirectory?: number
}

export interface CrashFigures {
  readonly rounds: number
  readonly acknowledged: number
  readonly lost: readonly string[]
  readonly halfApplied: readonly string[]
  readonly failedToOpen: readonly string[]
  readonly readyMillisecondsP50: number
  readonly readyMillisecondsP99: number
}

const WITHIN_MS = 250
/** Of 1,000 sectors that were not synced, how many are on the disk nevertheless, from round to round. */
const EARLY: readonly number[] = [0, 30, 300, 700]

export async function crashRounds(options: CrashOptions): Promise<CrashFigures> {
  const { subject, rounds, seed, roundsPerDirectory = 5 } = options
  const random = seededRandom(seed)
  const workshop = realpathSync(options.workshop)
  const results: { readonly checks: Check[]; readonly failedToOpen: string[] } = { checks: [], failedToOpen: [] }
  let acknowledged = new Set<string>()
  let total = 0
  for (let round = 0; round < rounds; round += 1) {
    const directory = join(workshop, `data ${Math.floor(round / roundsPerDirectory)}`)
    if (round % roundsPerDirectory === 0) {
      acknowledged = new Set()
      mkdirSync(directory)
    }
    const before = acknowledged.size
    await crash({ ...options, workshop }, { directory, random, acknowledged })
    total += acknowledged.size - before
    try {
      results.checks.push(await subject.check(directory, acknowledged))
    } catch (error) {
      results.failedToOpen.push(`round ${round}: ${String(error)}`)
    }
    if (round % roundsPerDirectory === roundsPerDirectory - 1) rmSync(directory, { recursive: true })
  }
  return { rounds, acknowledged: total, ...summary(results) }
}

interface Round {
  readonly directory: string
  readonly random: (bound: number) => number
  readonly acknowledged: Set<string>
}

/** Starts, writes, kills at a random moment. */
async function crash(
  { subject, by, workshop }: CrashOptions,
  { directory, random, acknowledged }: Round,
): Promise<void> {
  const durable = join(workshop, 'durable')
  const disk = { directory, durable, early: EARLY[random(EARLY.length)] ?? 0, seed: random(1_000_000) }
  if (by === 'power') startDurable(directory, durable)
  const { file, args, env } = subject.command(directory)
  const child = spawn(file, [...args], {
    env: { ...process.env, ...env, ...(by === 'power' && environmentOf(disk)) },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  try {
    await killWhileWriting(subject, child, { random, acknowledged })
  } finally {
    child.kill('SIGKILL')
  }
  if (by === 'power') losePower(directory, durable)
}

/** Resolves when the process has ended; throws when it did so by itself. */
async function killWhileWriting(
  subject: CrashSubject,
  child: ChildProcess,
  { random, acknowledged }: Omit<Round, 'directory'>,
): Promise<void> {
  let complaints = ''
  child.stderr?.on('data', (chunk: Buffer) => (complaints = `${complaints}${chunk.toString()}`.slice(-2_000)))
  const ended = once(child, 'close')
  const { promise: firstWrite, resolve } = Promise.withResolvers<undefined>()
  const writing = subject.write(child, (write) => {
    acknowledged.add(write)
    resolve(undefined)
  })
  // Whoever waits below hears of it.
  writing.catch(() => {})
  // One in five is killed while it starts, the others once they write.
  const isStarting = random(5) === 0
  if (!isStarting) await Promise.race([firstWrite, ended, writing])
  await setTimeout(random(isStarting ? (subject.startMilliseconds ?? WITHIN_MS) : WITHIN_MS))
  if (child.exitCode !== null || child.signalCode !== null) {
    throw new Error(`the process ended by itself (${child.signalCode ?? child.exitCode}): ${complaints}`)
  }
  await (subject.kill?.(child, random) ?? child.kill('SIGKILL'))
  await Promise.all([writing, ended])
}

function summary(results: {
  readonly checks: readonly Check[]
  readonly failedToOpen: readonly string[]
}): Omit<CrashFigures, 'rounds' | 'acknowledged'> {
  const ready = results.checks.map(({ readyMilliseconds }) => readyMilliseconds).toSorted((one, other) => one - other)
  const at = (share: number): number =>
    Math.round(ready[Math.min(ready.length - 1, Math.floor(ready.length * share))] ?? 0)
  return {
    lost: results.checks.flatMap(({ lost }) => lost),
    halfApplied: results.checks.flatMap(({ halfApplied }) => halfApplied),
    failedToOpen: results.failedToOpen,
    readyMillisecondsP50: at(0.5),
    readyMillisecondsP99: at(0.99),
  }
}
