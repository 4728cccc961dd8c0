/**
 * The ledger: holds the published images, and runs the one queue of writes against the journal.
 *
 * INVARIANT (commit rule): one batch is in flight. Its writers authorise and change one after another on a private overlay,
 * are appended together, and the overlay is published when the append has committed, never before. On a conflict the overlay is
 * dropped and every writer runs again on what others wrote; attempts are pure, so that is safe.
 */
import type { Journal, JournalEntry, ProposedEntry, StreamId } from '../journal/journal.ts'
import { JournalUnavailable } from '../journal/journal.ts'
import { Images } from './images.ts'
import { loadImage, snapshotOf } from './load.ts'
import { type Draft, Overlay } from './overlay.ts'
import { TornStreams } from './torn-streams.ts'

export interface WriteTask<T> {
  readonly requestId: string
  readonly action: string
  readonly origin: ProposedEntry['origin']
  /** Authorises and changes the draft, or throws. It may run several times; only the last run counts. */
  attempt(draft: Draft, now: Date): T
}

export interface LedgerOptions {
  readonly journal: Journal
  readonly now: () => Date
  readonly newId: () => string
  /** Told what an operator must know: damaged records, snapshots that failed. */
  readonly alarm: (message: string, detail: Readonly<Record<string, unknown>>) => void
  /** Before something that failed is tried again; a timer where it is not given. */
  readonly wait?: (milliseconds: number) => Promise<void>
}

/** The write queue is longer than the server can work off in reasonable time. */
export class LedgerBusy extends Error {
  override readonly name = 'LedgerBusy'
}

/** Whether the write is stored is not known: the store failed while it took it, and cannot be asked yet. */
export class WriteInDoubt extends Error {
  override readonly name = 'WriteInDoubt'
}

const BATCH_SIZE_MAX = 64
const WAITING_MAX = 10_000
const CONFLICT_ROUNDS_MAX = 100
/** A snapshot is written when a stream has this many entries after its last one. */
const ENTRIES_PER_SNAPSHOT = 5_000

interface Waiting {
  readonly task: WriteTask<unknown>
  readonly settle: (outcome: Outcome) => void
}
type Outcome = { readonly value: unknown } | { readonly error: Error }
interface Attempted {
  readonly waiting: Waiting
  readonly outcome: Outcome
  readonly entry: ProposedEntry | undefined
}

export class Ledger {
  readonly images = new Images()
  readonly #options: LedgerOptions
  readonly #queue: Waiting[] = []
  readonly #snapshotAt = new Map<StreamId, number>()
  #running: Promise<void> | undefined
  /** The append whose outcome is not known yet; nothing is written before it is. */
  #doubt: readonly ProposedEntry[] = []
  #stopFollowing = (): void => {}
  readonly #torn: TornStreams
  /** Whether the last batch could not be stored: it is told once, and so is the end of it. */
  #isFailing = false

  private constructor(options: LedgerOptions) {
    this.#options = options
    const { alarm, wait = waitUnreferenced } = options
    this.#torn = new TornStreams({ load: (stream) => this.#load(stream), alarm, wait })
  }

  /** Loads every image and follows what other processes write. */
  static async open(options: LedgerOptions): Promise<Ledger> {
    const ledger = new Ledger(options)
    const { position } = await options.journal.head()
    for (const { stream } of await options.journal.streams()) await ledger.#load(stream)
    ledger.#stopFollowing = options.journal.follow(position, (entries) => ledger.#apply(entries))
    return ledger
  }

  /** Runs a write in its turn. Resolves when it is durable; rejects with what the attempt threw, or with JournalUnavailable or WriteInDoubt. */
  write<T>(task: WriteTask<T>): Promise<T> {
    if (this.#queue.length >= WAITING_MAX) return Promise.reject(new LedgerBusy('too many writes are waiting'))
    return new Promise<T>((resolve, reject) => {
      let value: T | undefined
      const settle = (outcome: Outcome): void => {
        if ('error' in outcome) reject(outcome.error)
        else resolve(value as T) // The attempt that settles last has set it.
      }
      const attempt = (draft: Draft, now: Date): void => {
        value = task.attempt(draft, now)
      }
      this.#queue.push({ task: { ...task, attempt }, settle })
      this.#running ??= this.#run()
    })
  }

  /** Finishes what is waiting and stops; the journal stays open, for others. */
  async detach(): Promise<void> {
    await this.#running
    this.#torn.stop()
    this.#stopFollowing()
  }

  async close(): Promise<void> {
    await this.detach()
    await this.#options.journal.close()
  }

  async #run(): Promise<void> {
    // Writers that arrive in the same turn share the first batch.
    await Promise.resolve()
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, BATCH_SIZE_MAX)
      try {
        await this.#commit(batch)
      } catch (error) {
        this.#tellFailing(error)
        this.#refuse(batch, asError(error))
      }
    }
    this.#running = undefined
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    if (this.#doubt.length > 0) await this.#resolveDoubt()
    if (this.#torn.size > 0) await this.#torn.mendAll()
    for (let round = 0; round < CONFLICT_ROUNDS_MAX; round += 1) {
      const overlay = new Overlay(this.images)
      const attempted = batch.map((waiting) => this.#attempt(overlay, waiting))
      const entries = attempted.flatMap(({ entry }) => entry ?? [])
      const isDurable = entries.length === 0 || (await this.#append(entries))
      if (isDurable) {
        overlay.publish()
        if (entries.length > 0) this.#tellRecovered()
        for (const { waiting, outcome } of attempted) waiting.settle(outcome)
        this.#snapshotWhenDue(entries)
        return
      }
    }
    throw new JournalUnavailable('other writers kept changing what this write depends on')
  }

  #attempt(overlay: Overlay, waiting: Waiting): Attempted {
    const { task } = waiting
    const now = this.#options.now()
    const draft = overlay.draft()
    try {
      const value = task.attempt(draft, now)
      const { writes, reads } = overlay.take(draft)
      if (writes.length === 0) return { waiting, outcome: { value }, entry: undefined }
      const { requestId, action, origin } = task
      const entryId = this.#options.newId()
      const time = now.toISOString()
      const entry: ProposedEntry = { version: 1, entryId, time, requestId, action, origin, writes, reads }
      return { waiting, outcome: { value }, entry }
    } catch (error) {
      return { waiting, outcome: { error: asError(error) }, entry: undefined }
    }
  }

  /** Whether the entries are durable; false means that nothing was written and the writers must run again. */
  async #append(entries: readonly ProposedEntry[]): Promise<boolean> {
    const outcome = await this.#options.journal.append(entries)
    switch (outcome.kind) {
      case 'committed':
        return true
      case 'conflict':
        for (const stream of outcome.streams) await this.#catchUp(stream, entries)
        return false
      case 'unknown':
        this.#options.alarm('the outcome of a write is not known; asking the store', { cause: String(outcome.cause) })
        this.#doubt = entries
        return this.#resolveOwnDoubt()
    }
  }

  /** What others wrote usually has been followed by now; where it has not, the stream is loaded. */
  async #catchUp(stream: StreamId, entries: readonly ProposedEntry[]): Promise<void> {
    const written = entries.flatMap(({ writes }) => writes).find((write) => write.stream === stream)
    const read = entries.flatMap(({ reads }) => reads).find((read) => read.stream === stream)
    const assumed = written === undefined ? read?.revision : written.revision - 1
    if ((this.images.image(stream)?.revision ?? 0) === assumed) await this.#load(stream)
  }

  /** As `#resolveDoubt`, for the writers whose own append it is: they must not be told that nothing happened. */
  async #resolveOwnDoubt(): Promise<boolean> {
    try {
      return await this.#resolveDoubt()
    } catch (cause) {
      throw new WriteInDoubt('the store failed in the middle of the write and cannot be asked', { cause })
    }
  }

  /** Batches are atomic: the first entry tells for all. Throws JournalUnavailable while the store cannot say. */
  async #resolveDoubt(): Promise<boolean> {
    await this.#options.journal.recover()
    const [first] = this.#doubt
    const found = first === undefined ? undefined : await this.#options.journal.find(first.entryId)
    if (found !== undefined) {
      const streams = new Set(this.#doubt.flatMap(({ writes }) => writes.map(({ stream }) => stream)))
      for (const stream of streams) await this.#load(stream)
    }
    this.#doubt = []
    return found !== undefined
  }

  #tellFailing(error: unknown): void {
    if (!this.#isFailing) this.#options.alarm('writes cannot be stored; reads go on', { cause: String(error) })
    this.#isFailing = true
  }

  #tellRecovered(): void {
    if (this.#isFailing) this.#options.alarm('writes are stored again', {})
    this.#isFailing = false
  }

  /** Nobody may be told what a writer saw of changes that are not durable: each one is asked again, alone, and refused if it would change something. */
  #refuse(batch: readonly Waiting[], error: Error): void {
    for (const waiting of batch) {
      const { outcome, entry } = this.#attempt(new Overlay(this.images), waiting)
      waiting.settle(entry === undefined ? outcome : { error })
    }
  }

  #apply(entries: readonly JournalEntry[]): void {
    for (const entry of entries) {
      for (const stream of this.images.apply(entry)) void this.#torn.add(stream, entry.position)
    }
  }

  async #load(stream: StreamId): Promise<void> {
    const image = await loadImage(this.#options.journal, this.images.emptyImage(stream))
    if (image.damaged.size > 0) {
      this.#options.alarm('stored records could not be read; whom they concern is denied', {
        stream,
        records: [...image.damaged].slice(0, 20),
      })
    }
    const current = this.images.image(stream)
    if (current === undefined || current.revision <= image.revision) this.images.publishLoaded(stream, image)
    this.#snapshotAt.set(stream, image.revision)
  }

  #snapshotWhenDue(entries: readonly ProposedEntry[]): void {
    for (const { stream, revision } of entries.flatMap(({ writes }) => writes)) {
      if (revision - (this.#snapshotAt.get(stream) ?? 0) < ENTRIES_PER_SNAPSHOT) continue
      const image = this.images.image(stream)
      if (image === undefined) continue
      this.#snapshotAt.set(stream, revision)
      // It would hold only what can be read, and whom the rest concerns would be allowed again.
      if (image.damaged.size > 0) {
        this.#options.alarm('no snapshot is written of a stream with records that cannot be read', { stream })
        continue
      }
      this.#options.journal.writeSnapshot(snapshotOf(stream, image)).catch((error: unknown) => {
        this.#options.alarm('a snapshot could not be written; the journal itself is whole', {
          stream,
          cause: String(error),
        })
      })
    }
  }
}

/** Keeps no process alive that has nothing else to do. */
function waitUnreferenced(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref()
  })
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
