/** The worker's end: the journal port, spoken to the supervisor over a Unix socket. */
import { connect, type Socket } from 'node:net'
import { errorOf } from '../failure.ts'
import { JournalUnavailable } from '../journal.ts'
import type {
  AppendOutcome,
  Journal,
  JournalEntry,
  JournalHead,
  LoadedStream,
  ProposedEntry,
  Snapshot,
  StreamId,
  StreamRead,
} from '../journal.ts'
import { type LineSocket, lineSocket } from './line-socket.ts'
import type { Answers, Ask, ToClient, ToServer } from './messages.ts'

type Deliver = (entries: readonly JournalEntry[]) => void

/**
 * Connects to the supervisor. When the connection is lost, what was asked rejects with JournalUnavailable, an append ends
 * `unknown`, and `lost` is called: a worker without its supervisor ends.
 */
export async function connectJournal(socketPath: string, lost: () => void): Promise<Journal> {
  const socket = connect(socketPath)
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  return new RemoteJournal(socket, lost)
}

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
}

class RemoteJournal implements Journal {
  readonly #lines: LineSocket<ToServer>
  readonly #waiting = new Map<number, Waiting>()
  readonly #followers = new Map<number, Deliver>()
  readonly #asked = new Set<Promise<unknown>>()
  /** Entries of appends that are not answered yet: they are delivered after the answer. */
  readonly #ownInFlight = new Set<string>()
  readonly #held: Pushed[] = []
  #lastId = 0
  #isClosed = false
  #isLost = false

  constructor(socket: Socket, lost: () => void) {
    this.#lines = lineSocket<ToClient, ToServer>(socket, (message) => this.#receive(message))
    socket.on('error', () => {})
    socket.on('close', () => {
      this.#isLost = true
      for (const { reject } of this.#waiting.values()) reject(new JournalUnavailable('the supervisor is gone'))
      this.#waiting.clear()
      if (!this.#isClosed) lost()
    })
  }

  streams(): Promise<readonly StreamRead[]> {
    return this.#ask({ kind: 'streams' })
  }

  async append(batch: readonly ProposedEntry[]): Promise<AppendOutcome> {
    if (this.#isLost) throw new JournalUnavailable('the supervisor is gone')
    for (const { entryId } of batch) this.#ownInFlight.add(entryId)
    try {
      return await this.#ask({ kind: 'append', batch })
    } catch (cause) {
      // What was sent before the connection was lost may have been committed.
      if (this.#isLost) return { kind: 'unknown', cause }
      throw cause
    } finally {
      for (const { entryId } of batch) this.#ownInFlight.delete(entryId)
      setImmediate(() => this.#deliverHeld())
    }
  }

  async recover(): Promise<void> {
    await this.#ask({ kind: 'recover' })
  }

  async find(entryId: string): Promise<JournalEntry | undefined> {
    return (await this.#ask({ kind: 'find', entryId })) ?? undefined
  }

  head(): Promise<JournalHead> {
    return this.#ask({ kind: 'head' })
  }

  follow(position: number, deliver: Deliver): () => void {
    const follower = (this.#lastId += 1)
    this.#followers.set(follower, deliver)
    // A lost connection is reported by its own event.
    this.#ask({ kind: 'follow', follower, position }).catch(() => {})
    return () => {
      this.#followers.delete(follower)
      this.#ask({ kind: 'unfollow', follower }).catch(() => {})
    }
  }

  async load(stream: StreamId): Promise<LoadedStream> {
    const { load, snapshotRevision, damaged } = await this.#ask({ kind: 'load', stream })
    const pages = partsOf(() => this.#ask({ kind: 'loadPages', load }))
    const entries = partsOf(() => this.#ask({ kind: 'loadEntries', load }))
    const snapshot = snapshotRevision === null ? undefined : { stream, revision: snapshotRevision, pages }
    return { snapshot, entries, damaged }
  }

  async writeSnapshot({ stream, revision, pages }: Snapshot): Promise<void> {
    const snapshot = await this.#ask({ kind: 'snapshotBegin', of: { stream, revision } })
    try {
      for await (const page of pages) await this.#ask({ kind: 'snapshotPage', snapshot, page })
    } catch (error) {
      await this.#ask({ kind: 'snapshotDrop', snapshot })
      throw error
    }
    await this.#ask({ kind: 'snapshotEnd', snapshot })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#followers.clear()
    await Promise.allSettled(this.#asked)
    this.#lines.close()
  }

  #ask<A extends Ask>(ask: A): Promise<Answers[A['kind']]> {
    if (this.#isClosed || this.#isLost) return Promise.reject(new JournalUnavailable('the journal is closed'))
    const id = (this.#lastId += 1)
    const { promise, resolve, reject } = Promise.withResolvers<Answers[A['kind']]>()
    this.#waiting.set(id, {
      resolve: (answer) => resolve(answer as Answers[A['kind']]), // The supervisor answers by the kind that it was asked.
      reject,
    })
    this.#lines.send({ id, ask })
    const asked = promise.finally(() => this.#asked.delete(asked))
    this.#asked.add(asked)
    return asked
  }

  /**
   * In order, up to the first entry of an unanswered append. Also within what was pushed together: a worker that kept back another
   * one's entry for the sake of its own would wait for that worker, and that one for it.
   */
  #deliverHeld(): void {
    for (let next = this.#held.shift(); next !== undefined; next = this.#held.shift()) {
      const own = next.entries.findIndex(({ entryId }) => this.#ownInFlight.has(entryId))
      const ready = own === -1 ? next.entries : next.entries.slice(0, own)
      if (own !== -1) this.#held.unshift({ ...next, entries: next.entries.slice(own) })
      const last = ready.at(-1)
      if (last !== undefined) {
        this.#followers.get(next.follower)?.(ready)
        if (!this.#isLost) this.#lines.send({ applied: last.position })
      }
      if (own !== -1) return
    }
  }

  #receive(message: ToClient): void {
    if ('entries' in message) {
      this.#held.push(message)
      this.#deliverHeld()
      return
    }
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if ('failure' in message) waiting?.reject(errorOf(message.failure))
    else waiting?.resolve(message.answer)
  }
}

/** Entries that the supervisor pushed. */
type Pushed = Extract<ToClient, { readonly entries: unknown }>

async function* partsOf<T>(next: () => Promise<readonly T[]>): AsyncGenerator<T> {
  for (let part = await next(); part.length > 0; part = await next()) yield* part
}
