/**
 * The journal in memory: for tests and the emulator. Entries are kept as text, as every other store keeps them, so that
 * nothing which a caller still holds can change what was committed.
 */

import { decodeEntry, encodeEntry, FIRST_HASH, hashEntry, type StoredEntry } from './entry-codec.ts'
import { Followers } from './followers.ts'
import {
  JournalUnavailable,
  type AppendOutcome,
  type Journal,
  type JournalEntry,
  type JournalHead,
  type LoadedStream,
  type ProposedEntry,
  type Snapshot,
  type SnapshotPage,
  type StreamId,
} from './journal.ts'
import { assertBatch, assertReached, checkRevisions } from './revision-check.ts'
import { decodePage, encodePages } from './snapshot-pages.ts'

const SNAPSHOTS_KEPT = 2
const ENTRIES_PER_PAGE = 256

/** How the next append of a store ends, for tests of what a caller then does. */
export type InjectedFault = 'unavailable' | 'unknown, and not written' | 'unknown, and written'

interface StoredSnapshot {
  readonly revision: number
  readonly pages: readonly string[]
}

/** What several handles share: the entries, and who waits for new ones. */
export class MemoryStore {
  readonly entries: StoredEntry[] = []
  readonly positionById: Map<string, number> = new Map()
  /** The positions of each stream's entries; the first creates revision 1. */
  readonly positionsByStream: Map<StreamId, number[]> = new Map()
  readonly snapshotsByStream: Map<StreamId, readonly StoredSnapshot[]> = new Map()
  readonly followersByHandle: Set<Followers> = new Set()
  #fault: InjectedFault | undefined

  /** Makes the next append of any handle end so. */
  failNextAppend(fault: InjectedFault): void {
    this.#fault = fault
  }

  /** Takes the fault that the next append has to suffer. */
  takeFault(): InjectedFault | undefined {
    const fault = this.#fault
    this.#fault = undefined
    return fault
  }

  revision(stream: StreamId): number {
    return this.positionsByStream.get(stream)?.length ?? 0
  }

  head(): JournalHead {
    const last = this.entries.at(-1)
    return last === undefined ? { position: 0, hash: FIRST_HASH } : { position: last.position, hash: hashEntry(last) }
  }

  /** Adds entries that have been checked. */
  add(batch: readonly ProposedEntry[]): readonly JournalEntry[] {
    return batch.map((proposed) => {
      const { position: before, hash: previousHash } = this.head()
      const position = before + 1
      this.entries.push({ position, previousHash, body: encodeEntry(proposed) })
      this.positionById.set(proposed.entryId, position)
      for (const { stream } of proposed.writes) {
        const positions = this.positionsByStream.get(stream) ?? []
        positions.push(position)
        this.positionsByStream.set(stream, positions)
      }
      return { ...proposed, position, previousHash }
    })
  }

  at(position: number): JournalEntry {
    const stored = this.entries[position - 1]
    if (stored === undefined) throw new RangeError(`position ${position} is after the last`)
    return decodeEntry(stored)
  }
}

/** A handle on `store`; several handles on one store see each other's entries as several processes would. */
export function createMemoryJournal(store: MemoryStore = new MemoryStore()): Journal {
  return new MemoryJournal(store)
}

class MemoryJournal implements Journal {
  readonly #store: MemoryStore
  readonly #followers: Followers
  #closed = false
  #inDoubt = false

  constructor(store: MemoryStore) {
    this.#store = store
    this.#followers = new Followers({
      readAfter: async (position) => store.entries.slice(position, position + ENTRIES_PER_PAGE).map(decodeEntry),
      stalled: () => {
        throw new Error('memory could not be read')
      },
    })
    store.followersByHandle.add(this.#followers)
  }

  async streams(): Promise<readonly { stream: StreamId; revision: number }[]> {
    this.#assertOpen()
    return [...this.#store.positionsByStream].map(([stream, { length }]) => ({ stream, revision: length }))
  }

  async load(stream: StreamId): Promise<LoadedStream> {
    this.#assertOpen()
    const stored = this.#store.snapshotsByStream.get(stream)?.at(0)
    const positions = this.#store.positionsByStream.get(stream)?.slice(stored?.revision ?? 0) ?? []
    return {
      snapshot: stored && { stream, revision: stored.revision, pages: readPages(stored) },
      entries: this.#read(positions),
      damaged: [],
    }
  }

  async append(batch: readonly ProposedEntry[]): Promise<AppendOutcome> {
    this.#assertOpen()
    if (this.#inDoubt) throw new JournalUnavailable('an append is in doubt until `recover` has settled it')
    assertBatch(batch)
    if (batch.length === 0) return { kind: 'committed', entries: [] }
    const check = checkRevisions(batch, (stream) => this.#store.revision(stream))
    if (check.kind === 'conflict') return check
    const taken = batch.find(({ entryId }) => this.#store.positionById.has(entryId))
    if (taken) throw new TypeError(`entry \`${taken.entryId}\` is in the journal already`)
    return this.#commit(batch)
  }

  async recover(): Promise<void> {
    this.#assertOpen()
    this.#inDoubt = false
    this.#followers.lookAgain()
  }

  async find(entryId: string): Promise<JournalEntry | undefined> {
    this.#assertOpen()
    if (this.#inDoubt) throw new JournalUnavailable('an append is in doubt until `recover` has settled it')
    const position = this.#store.positionById.get(entryId)
    return position === undefined ? undefined : this.#store.at(position)
  }

  follow(position: number, deliver: (entries: readonly JournalEntry[]) => void): () => void {
    this.#assertOpen()
    return this.#followers.add(position, deliver)
  }

  async writeSnapshot({ stream, revision, pages }: Snapshot): Promise<void> {
    this.#assertOpen()
    const last = this.#store.revision(stream)
    assertReached(stream, revision, last)
    const texts: string[] = []
    for await (const text of encodePages(pages)) texts.push(text)
    const snapshot: StoredSnapshot = { revision, pages: texts }
    const older = this.#store.snapshotsByStream.get(stream) ?? []
    const newestFirst = [snapshot, ...older].toSorted((one, other) => other.revision - one.revision)
    this.#store.snapshotsByStream.set(stream, newestFirst.slice(0, SNAPSHOTS_KEPT))
  }

  async head(): Promise<JournalHead> {
    this.#assertOpen()
    return this.#store.head()
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#followers.clear()
    this.#store.followersByHandle.delete(this.#followers)
  }

  #commit(batch: readonly ProposedEntry[]): AppendOutcome {
    const fault = this.#store.takeFault()
    if (fault === 'unavailable') throw new JournalUnavailable('the journal was told to be unavailable')
    if (fault === 'unknown, and not written') return this.#doubt()
    const entries = this.#store.add(batch)
    for (const followers of this.#store.followersByHandle) {
      if (fault === undefined || followers !== this.#followers) followers.committed(entries)
    }
    return fault === undefined ? { kind: 'committed', entries } : this.#doubt()
  }

  #doubt(): AppendOutcome {
    this.#inDoubt = true
    return { kind: 'unknown', cause: new Error('the journal was told to leave the outcome in doubt') }
  }

  async *#read(positions: readonly number[]): AsyncGenerator<JournalEntry, void, undefined> {
    for (const position of positions) yield this.#store.at(position)
  }

  #assertOpen(): void {
    if (this.#closed) throw new JournalUnavailable('the journal is closed')
  }
}

function* readPages({ pages }: StoredSnapshot): Generator<SnapshotPage, void, undefined> {
  for (const page of pages) yield decodePage(page)
}
