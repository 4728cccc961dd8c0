/**
 * The whole server under the crash tests: `iamd start`, eight writers that send it signed calls over connections that are
 * kept, and signed reads of everything when it has started again.
 */
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises' // a writer whose connection was cut waits before it connects again
import { isDeepStrictEqual } from 'node:util'
import type { Credentials } from '@iamd/sigv4'
import type { RootCredential } from '../../../src/index.ts'
import type { Check, CrashSubject } from '../rounds.ts'
import { IamdChild, recoverRoot, startCommand, toldBy } from './iamd-child.ts'
import { type Life, newLife, stateAfter } from './life.ts'
import { readLife } from './read-life.ts'
import { SignedClient, textsIn } from './signed-client.ts'

const WRITERS = 8
const RECONNECT_MS = 5
/** Longer than a start takes here. */
const START_MS = 800

/** With more than one worker the supervisor is killed, and in every second round a worker before it. */
export function serverSubject(workers: number): CrashSubject {
  return new ServerSubject(workers)
}

/** What was begun on one data directory. */
interface Site {
  root: RootCredential | undefined
  readonly lives: Begun[]
}

interface Begun {
  readonly life: Life
  key: Credentials | undefined
}

class ServerSubject implements CrashSubject {
  readonly startMilliseconds = START_MS
  readonly #workers: number
  readonly #sites = new Map<string, Site>()
  #current: Site = { root: undefined, lives: [] }
  #rounds = 0

  constructor(workers: number) {
    this.#workers = workers
  }

  command(directory: string): ReturnType<CrashSubject['command']> {
    this.#current = this.#siteOf(directory)
    this.#rounds += 1
    return startCommand(directory, this.#workers)
  }

  async write(child: ChildProcess, acknowledge: (write: string) => void): Promise<void> {
    const site = this.#current
    const told = await toldBy(child)
    if (told === undefined) return
    site.root ??= told.root
    const { root } = site
    // Made by a start that was killed before it could show it: the look at what is left recovers it.
    if (root === undefined) return
    const writers = Array.from({ length: WRITERS }, (_, writer) => `${this.#rounds}-${writer}`)
    const server = { child, port: told.port, root, lives: site.lives }
    await Promise.all(writers.map((writer) => writeLives(writer, server, acknowledge)))
  }

  async kill(child: ChildProcess, random: (bound: number) => number): Promise<void> {
    if (this.#workers > 1 && this.#rounds % 2 === 0) {
      killOneOf(childrenOf(child), random)
      await setTimeout(random(300))
    }
    child.kill('SIGKILL')
  }

  async check(directory: string, acknowledged: ReadonlySet<string>): Promise<Check> {
    const site = this.#siteOf(directory)
    const start = performance.now()
    const server = await this.#serve(directory, site)
    const readyMilliseconds = performance.now() - start
    const port = server.told.port
    try {
      if (site.root === undefined) throw new Error('the server has no root credential')
      return { ...(await compare({ ...site, root: site.root }, port, acknowledged)), readyMilliseconds }
    } finally {
      await server.stop()
    }
  }

  async #serve(directory: string, site: Site): Promise<IamdChild> {
    const server = await IamdChild.start(startCommand(directory, this.#workers))
    site.root ??= server.told.root
    if (site.root !== undefined) return server
    await server.stop()
    site.root = recoverRoot(directory)
    return IamdChild.start(startCommand(directory, this.#workers))
  }

  #siteOf(directory: string): Site {
    const known = this.#sites.get(directory)
    const site = known ?? { root: undefined, lives: [] }
    this.#sites.set(directory, site)
    return site
  }
}

interface Written {
  readonly child: ChildProcess
  readonly port: number
  readonly root: RootCredential
  readonly lives: Begun[]
}

/** One life after another until the server is gone. */
async function writeLives(writer: string, server: Written, acknowledge: (write: string) => void): Promise<void> {
  using client = new SignedClient(server.port, server.root)
  for (let number = 0; server.child.exitCode === null && server.child.signalCode === null; number += 1) {
    const begun: Begun = { life: newLife(`${writer}-${number}`, number), key: undefined }
    server.lives.push(begun)
    const isWhole = await live(begun, client, { accountId: server.root.accountId, acknowledge })
    if (!isWhole) await setTimeout(RECONNECT_MS)
  }
}

interface Living {
  readonly accountId: string
  readonly acknowledge: (write: string) => void
}

/** False when the connection was cut: the call that was under way was made or not. Throws when a call is refused. */
async function live(begun: Begun, client: SignedClient, { accountId, acknowledge }: Living): Promise<boolean> {
  const { life } = begun
  for (const [at, { operation, input }] of life.steps.entries()) {
    const call = client.call(operation, input({ accountId, accessKeyId: begun.key?.accessKeyId ?? '' }))
    const answer = await call.catch(() => undefined)
    if (answer === undefined) return false
    if (answer.status !== 200)
      throw new Error(`${operation} of ${life.id} was answered with ${answer.status}: ${answer.body}`)
    if (operation === 'CreateAccessKey') begun.key = keyIn(answer.body)
    acknowledge(`${life.id}/${at}`)
  }
  return true
}

function keyIn(xml: string): Credentials {
  const [accessKeyId] = textsIn(xml, 'AccessKeyId')
  const [secretAccessKey] = textsIn(xml, 'SecretAccessKey')
  if (accessKeyId === undefined || secretAccessKey === undefined) throw new Error('CreateAccessKey answered no key')
  return { accessKeyId, secretAccessKey }
}

type Findings = Pick<Check, 'lost' | 'halfApplied'>

async function compare(
  { root, lives }: Site & { readonly root: RootCredential },
  port: number,
  acknowledged: ReadonlySet<string>,
): Promise<Findings> {
  const findings = { lost: new Array<string>(), halfApplied: new Array<string>() }
  const counts = { Users: 0, Groups: 0, Policies: 0 }
  const waiting = [...lives]
  const look = async (): Promise<void> => {
    using client = new SignedClient(port, root)
    for (let begun = waiting.pop(); begun !== undefined; begun = waiting.pop()) {
      const { life, key } = begun
      const found = await readLife(life, { client, accountId: root.accountId, key })
      if (found.user !== '') counts.Users += 1
      if (found.group !== '') counts.Groups += 1
      if (found.policy !== '') counts.Policies += 1
      const made = life.steps.findIndex((_, at) => !acknowledged.has(`${life.id}/${at}`))
      const count = made === -1 ? life.steps.length : made
      if ([count, count + 1].some((possible) => isDeepStrictEqual(found, stateAfter(life, possible)))) continue
      const earlier = Array.from({ length: count }, (_, possible) => possible)
      const isEarlier = earlier.some((possible) => isDeepStrictEqual(found, stateAfter(life, possible)))
      findings[isEarlier ? 'lost' : 'halfApplied'].push(`${life.id} after ${count} calls is ${JSON.stringify(found)}`)
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, look))
  using client = new SignedClient(port, root)
  findings.halfApplied.push(...wrongCounts(counts, (await client.call('GetAccountSummary', {})).body))
  return findings
}

/** Where the account counts other than what is there: an index that says otherwise than the records, or what nobody made. */
function wrongCounts(counts: Readonly<Record<string, number>>, summary: string): string[] {
  return Object.entries(counts).flatMap(([what, count]) => {
    const [, told] = new RegExp(`<key>${what}</key><value>(\\d+)</value>`).exec(summary) ?? []
    return told === `${count}` ? [] : [`the account counts ${told} ${what}, and ${count} are there`]
  })
}

/** Linux says it; with no worker yet there is none. */
function childrenOf({ pid }: ChildProcess): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
}

function killOneOf(pids: readonly number[], random: (bound: number) => number): void {
  const pid = pids[random(pids.length)]
  if (pid === undefined) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has just ended by itself, as workers do.
  }
}
