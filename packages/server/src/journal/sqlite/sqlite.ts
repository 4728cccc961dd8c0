/**
 * The journal in one SQLite file: the embedded store. A worker thread owns the only connection; an append is answered
 * once its COMMIT has been synced to the disk, and no sync ever waits on the event loop.
 */

import { decodeEntry, encodeEntry, type StoredEntry } from '../entry-codec.ts'
import { Followers } from '../followers.ts'
import {
  JournalDamaged,
  JournalUnavailable,
  type AppendOutcome,
  type DamagedEntry,
  type Journal,
  type JournalEntry,
  type JournalHead,
  type LoadedStream,
  type ProposedEntry,
  type Snapshot,
  type SnapshotPage,
  type StreamId,
  type StreamRead,
} from '../journal.ts'
import type { RaiseAlarm } from '../journal-alarm.ts'
import { assertBatch } from '../revision-check.ts'
import { decodePage, encodePages } from '../snapshot-pages.ts'
import type {
  AppendAnswer,
  AppendedEntry,
  Exchange,
  Kind,
  StoredSnapshot,
  StoreTuning,
  StreamRange,
} from './exchange.ts'
import { WorkerClient, WorkerLost } from './worker-client.ts'

const defaultTuning: StoreTuning = {
  synchronous: 'FULL',
  checkpointPages: 1_000,
  pagesMax: undefined,
  checkedBytesMax: 64 * 1024 * 1024,
}

export interface SqliteJournalOptions {
  /** Made when it is not there, with its directory. `-wal`, `-head` and `-lock` lie beside it. */
  readonly file: string
  /** Hears of what a person has to know; the journal goes on. */
  readonly alarm?: RaiseAlarm
  /** For tests and the crash campaign. */
  readonly tuning?: Partial<StoreTuning>
}

/**
 * Opens the journal. Throws JournalUnavailable when the file cannot be written now (permission, full disk, another
 * process has it), JournalDamaged when it must not be served from.
 */
export async function createSqliteJournal({ file, alarm, tuning }: SqliteJournalOptions): Promise<Journal> {
  const raise: RaiseAlarm = alarm ?? (() => {})
  const journal = new SqliteJournal(new WorkerClient({ file, tuning: { ...defaultTuning, ...tuning } }, raise), raise)
  await journal.open()
  return journal
}

class SqliteJournal implements Journal {
  readonly #worker: WorkerClient
  readonly #followers: Followers
  #closing: Promise<void> | undefined
  #inDoubt = false

  constructor(worker: WorkerClient, alarm: RaiseAlarm) {
    this.#worker = worker
    this.#followers = new Followers({
      readAfter: async (position) => (await this.#ask('readAfter', position)).map(readStored),
      stalled: (position, cause) => {
        const message = `nothing after entry ${position} can be delivered: ${String(cause)}`
        if (this.#closing === undefined) alarm({ kind: 'follower-stalled', message })
      },
    })
  }

  async open(): Promise<void> {
    try {
      await this.#ask('open', undefined)
    } catch (error) {
      await this.#worker.end()
      throw error
    }
  }

  async streams(): Promise<readonly StreamRead[]> {
    return this.#ask('streams', undefined)
  }

  async load(stream: StreamId): Promise<LoadedStream> {
    const { revision, damage, snapshots } = await this.#ask('stream', stream)
    const snapshot = await this.#newestWhole(stream, snapshots)
    const range: StreamRange = { stream, after: snapshot?.revision ?? 0, through: revision }
    const damaged: DamagedEntry[] = damage === undefined ? [] : [{ revision: 0, reason: damage }]
    damaged.push(...(await this.#verify(range)))
    return {
      snapshot: snapshot && { stream, revision: snapshot.revision, pages: this.#pages(snapshot) },
      entries: this.#entries(range),
      damaged,
    }
  }

  async append(batch: readonly ProposedEntry[]): Promise<AppendOutcome> {
    this.#assertSettled()
    assertBatch(batch)
    if (batch.length === 0) return { kind: 'committed', entries: [] }
    let answer: AppendAnswer
    try {
      answer = await this.#worker.ask('append', batch.map(toAppended))
    } catch (error) {
      if (!(error instanceof WorkerLost)) throw error
      answer = { kind: 'unknown', reason: error.message }
    }
    if (answer.kind === 'committed') return this.#committed(batch, answer)
    if (answer.kind === 'conflict') return answer
    this.#inDoubt = true
    return { kind: 'unknown', cause: new Error(answer.reason) }
  }

  async recover(): Promise<void> {
    await this.#ask('recover', undefined)
    this.#inDoubt = false
    this.#followers.lookAgain()
  }

  async find(entryId: string): Promise<JournalEntry | undefined> {
    this.#assertSettled()
    const stored = await this.#ask('find', entryId)
    return stored && readStored(stored)
  }

  follow(position: number, deliver: (entries: readonly JournalEntry[]) => void): () => void {
    this.#assertOpen()
    return this.#followers.add(position, deliver)
  }

  async writeSnapshot({ stream, revision, pages }: Snapshot): Promise<void> {
    const snapshot = await this.#ask('beginSnapshot', { stream, revision })
    let number = 0
    try {
      for await (const text of encodePages(pages)) {
        await this.#ask('addPage', { snapshot, number, text })
        number += 1
      }
      await this.#ask('completeSnapshot', snapshot)
    } catch (error) {
      // It does not count either way; what cannot be removed now is removed with the next snapshot.
      await this.#ask('dropSnapshot', snapshot).catch(() => {})
      throw error
    }
  }

  async head(): Promise<JournalHead> {
    return this.#ask('head', undefined)
  }

  close(): Promise<void> {
    this.#followers.clear()
    this.#closing ??= this.#worker.end()
    return this.#closing
  }

  async #newestWhole(stream: StreamId, snapshots: readonly StoredSnapshot[]): Promise<StoredSnapshot | undefined> {
    for (const snapshot of snapshots) if (await this.#ask('isSnapshotWhole', { ...snapshot, stream })) return snapshot
    return undefined
  }

  async *#pages({ id, pages }: StoredSnapshot): AsyncGenerator<SnapshotPage, void, undefined> {
    for (let number = 0; number < pages; number += 1) {
      const text = await this.#ask('readPage', { snapshot: id, number })
      if (text === undefined)
        throw new JournalUnavailable('newer snapshots took the place of this one: load the stream again')
      yield readPage(text)
    }
  }

  async #verify(range: StreamRange): Promise<readonly DamagedEntry[]> {
    const damaged: DamagedEntry[] = []
    for (let { after } = range; after < range.through;) {
      const part = await this.#ask('verifyEntries', { ...range, after })
      damaged.push(...part.damaged)
      after = part.through
    }
    return damaged
  }

  async *#entries(range: StreamRange): AsyncGenerator<JournalEntry, void, undefined> {
    for (let { after } = range; after < range.through;) {
      const part = await this.#ask('readEntries', { ...range, after })
      for (const stored of part.entries) yield readStored(stored)
      after = part.through
    }
  }

  #committed(batch: readonly ProposedEntry[], answer: AppendAnswer & { kind: 'committed' }): AppendOutcome {
    const entries = batch.map((proposed, index) => {
      const previousHash = answer.previousHashes[index]
      if (previousHash === undefined)
        throw new JournalDamaged(`entry ${answer.position + index} was answered without its hash`)
      return { ...proposed, position: answer.position + index, previousHash }
    })
    this.#followers.committed(entries)
    return { kind: 'committed', entries }
  }

  async #ask<K extends Kind>(kind: K, ask: Exchange[K]['ask']): Promise<Exchange[K]['answer']> {
    this.#assertOpen()
    try {
      return await this.#worker.ask(kind, ask)
    } catch (error) {
      throw error instanceof WorkerLost ? new JournalUnavailable(error.message, { cause: error.cause }) : error
    }
  }

  #assertOpen(): void {
    if (this.#closing !== undefined) throw new JournalUnavailable('the journal is closed')
  }

  #assertSettled(): void {
    this.#assertOpen()
    if (this.#inDoubt) throw new JournalUnavailable('an append is in doubt until `recover` has settled it')
  }
}

function readPage(text: string): SnapshotPage {
  try {
    return decodePage(text)
  } catch (cause) {
    throw new JournalDamaged(`a page of a snapshot cannot be read: ${String(cause)}`, { cause })
  }
}

function readStored(stored: StoredEntry): JournalEntry {
  try {
    return decodeEntry(stored)
  } catch (cause) {
    throw new JournalDamaged(`the entry at position ${stored.position} cannot be read: ${String(cause)}`, { cause })
  }
}

function toAppended(entry: ProposedEntry): AppendedEntry {
  const { entryId, writes, reads } = entry
  return {
    entryId,
    body: encodeEntry(entry),
    writes: writes.map(({ stream, revision }) => ({ stream, revision })),
    reads: reads.map(({ stream, revision }) => ({ stream, revision })),
  }
}
