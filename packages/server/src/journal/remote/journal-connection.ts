/** One worker's connection: answers what it asks, pushes what is committed, and knows how far the worker has applied it. */
import type { Socket } from 'node:net'
import { failureOf } from '../failure.ts'
import type { Journal, ProposedEntry } from '../journal.ts'
import { type LineSocket, lineSocket } from './line-socket.ts'
import { Loads } from './loads.ts'
import type { Answers, Ask, ToClient, ToServer } from './messages.ts'
import { SnapshotWrites } from './snapshot-writes.ts'

/** Resolves when every connection but one has applied the entries up to a position, or was cut off. */
export type EveryoneApplied = (through: number, but: JournalConnection) => Promise<void>

/** A busy machine may keep a process from its turn for a while; one that takes longer than this does not run any more. */
const APPLY_TIMEOUT_MS = 5_000

export class JournalConnection {
  readonly #journal: Journal
  readonly #socket: Socket
  readonly #lines: LineSocket<ToClient>
  readonly #everyoneApplied: EveryoneApplied
  readonly #loads: Loads
  readonly #snapshots: SnapshotWrites
  readonly #waiting = new Set<{ readonly through: number; readonly done: () => void }>()
  /** The position that the worker has applied; undefined until it follows. */
  #applied: number | undefined
  readonly #followers = new Map<number, () => void>()

  constructor(socket: Socket, journal: Journal, everyoneApplied: EveryoneApplied) {
    this.#socket = socket
    this.#journal = journal
    this.#everyoneApplied = everyoneApplied
    this.#loads = new Loads(journal)
    this.#snapshots = new SnapshotWrites(journal)
    this.#lines = lineSocket<ToServer, ToClient>(socket, (message) => this.#receive(message))
  }

  /** Resolves when the worker shows everything up to `through`. One that does not get there in time is cut off: it would show what is no longer true. */
  async applied(through: number): Promise<void> {
    if (this.#applied === undefined || this.#applied >= through || this.#socket.destroyed) return
    const { promise, resolve } = Promise.withResolvers<undefined>()
    const wait = { through, done: () => resolve(undefined) }
    this.#waiting.add(wait)
    const timer = setTimeout(() => this.end(), APPLY_TIMEOUT_MS)
    await promise
    clearTimeout(timer)
    this.#waiting.delete(wait)
  }

  end(): void {
    for (const stop of this.#followers.values()) stop()
    this.#followers.clear()
    this.#snapshots.abandon()
    this.#socket.destroy()
    for (const { done } of this.#waiting) done()
  }

  #receive(message: ToServer): void {
    if ('applied' in message) {
      this.#applied = message.applied
      for (const { through, done } of this.#waiting) if (message.applied >= through) done()
      return
    }
    const { id, ask } = message
    this.#answer(ask).then(
      (answer) => this.#lines.send({ id, answer }),
      (error: unknown) => this.#lines.send({ id, failure: failureOf(error) }),
    )
  }

  async #answer(ask: Ask): Promise<Answers[keyof Answers]> {
    switch (ask.kind) {
      case 'streams':
        return this.#journal.streams()
      case 'append':
        return this.#append(ask.batch)
      case 'recover':
        await this.#journal.recover()
        return null
      case 'find':
        return (await this.#journal.find(ask.entryId)) ?? null
      case 'head':
        return this.#journal.head()
      case 'follow':
        return this.#follow(ask.follower, ask.position)
      case 'unfollow':
        this.#followers.get(ask.follower)?.()
        this.#followers.delete(ask.follower)
        return null
      case 'load':
        return this.#loads.begin(ask.stream)
      case 'loadPages':
        return this.#loads.pages(ask.load)
      case 'loadEntries':
        return this.#loads.entries(ask.load)
      case 'snapshotBegin':
        return this.#snapshots.begin(ask.of)
      case 'snapshotPage':
        return this.#snapshots.add(ask.snapshot, ask.page)
      case 'snapshotEnd':
        return this.#snapshots.end(ask.snapshot)
      case 'snapshotDrop':
        return this.#snapshots.drop(ask.snapshot)
    }
  }

  async #append(batch: readonly ProposedEntry[]): Promise<Answers['append']> {
    const outcome = await this.#journal.append(batch)
    switch (outcome.kind) {
      case 'committed':
        await this.#everyoneApplied(outcome.entries.at(-1)?.position ?? 0, this)
        return outcome
      case 'conflict': {
        // The worker runs its writers again at once: it must have what they lost against.
        const { position } = await this.#journal.head()
        await this.applied(position)
        return outcome
      }
      case 'unknown':
        return { kind: 'unknown', cause: String(outcome.cause) }
    }
  }

  #follow(follower: number, position: number): null {
    this.#applied ??= position
    const stop = this.#journal.follow(position, (entries) => this.#lines.send({ follower, entries }))
    this.#followers.set(follower, stop)
    return null
  }
}
