/** The store as the worker thread has it: the one connection, what is known of the head, and how anything is written. */

import { dirname } from 'node:path'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { FileLock } from '../file-lock.ts'
import { JournalDamaged, JournalUnavailable, type JournalHead, type StreamId } from '../journal.ts'
import type { RaiseAlarm } from '../journal-alarm.ts'
import { checkRevisions } from '../revision-check.ts'
import { claimFile, openDatabase, settleFiles, syncDirectory } from './database.ts'
import { EntryTable } from './entry-table.ts'
import type { AppendAnswer, AppendedEntry, StoreOptions } from './exchange.ts'
import { HeadFile } from './head-file.ts'
import { SnapshotTable } from './snapshot-table.ts'
import { damaged, isCertainlyNotCommitted, isTaken, storeError } from './store-error.ts'

/** An open store: its tables, and what is known of them without reading. */
export interface Connection {
  readonly database: DatabaseSync
  readonly entries: EntryTable
  readonly snapshots: SnapshotTable
  readonly headFile: HeadFile
  readonly logLength: StatementSync
  head: JournalHead
  readonly revisions: Map<StreamId, number>
  /** Streams whose last revision cannot be relied on, and why. */
  readonly disagreeing: ReadonlyMap<StreamId, string>
}

type Transacted<Result> =
  | { readonly kind: 'committed'; readonly result: Result }
  | { readonly kind: 'in doubt'; readonly reason: string }

export class Store {
  readonly #options: StoreOptions
  readonly #alarm: RaiseAlarm
  #connection: Connection | undefined
  #inDoubt = false
  /** Held from the first opening to the end, also while the database is closed and opened anew. */
  #lock: FileLock | undefined
  #hasWritten = false
  #checkpointsFail = false

  constructor(options: StoreOptions, alarm: RaiseAlarm) {
    this.#options = options
    this.#alarm = alarm
  }

  /** The open store; opened anew after an error that closed it. Throws one of the port's two errors. */
  open(): Connection {
    this.#connection ??= this.#connect()
    return this.#connection
  }

  /** The open store, unless no answer about an entry would be true. */
  settled(): Connection {
    if (this.#inDoubt) throw new JournalUnavailable('an append is in doubt until `recover` has settled it')
    return this.open()
  }

  /** Commits all or nothing. An error that is thrown means nothing. */
  append(batch: readonly AppendedEntry[]): AppendAnswer {
    const connection = this.settled()
    assertReliable(connection, batch)
    const check = checkRevisions(batch, (stream) => connection.revisions.get(stream) ?? 0)
    if (check.kind === 'conflict') return check
    const position = connection.head.position + 1
    let { head } = connection
    const previousHashes: string[] = []
    const transacted = this.#transact(connection, () => {
      for (const entry of batch) {
        previousHashes.push(head.hash)
        head = insertEntry(connection, head, entry)
      }
      for (const [stream, revision] of check.revisions) connection.entries.setRevision(stream, revision)
    })
    if (transacted.kind === 'in doubt') {
      this.#inDoubt = true
      return { kind: 'unknown', reason: transacted.reason }
    }
    for (const [stream, revision] of check.revisions) connection.revisions.set(stream, revision)
    this.#acknowledge(connection, head)
    return { kind: 'committed', position, previousHashes }
  }

  /** Settles what is in doubt: what can be read afterwards is durable, and what cannot is gone. */
  recover(): void {
    this.#disconnect()
    this.open()
    this.#inDoubt = false
  }

  /** Writes something other than entries. An error that is thrown means that it may have to be written again. */
  write<Result>(change: (connection: Connection) => Result): Result {
    const connection = this.settled()
    const transacted = this.#transact(connection, () => change(connection))
    if (transacted.kind === 'committed') return transacted.result
    throw new JournalUnavailable(`"${this.#options.file}" cannot be written: ${transacted.reason}`)
  }

  /** Copies the log into the main file once it is long enough. What fails here loses nothing. */
  checkpoint(): void {
    if (this.#connection === undefined || !this.#hasWritten) return
    this.#hasWritten = false
    const { database, headFile, logLength } = this.#connection
    try {
      if (Number(logLength.get()?.['log']) < this.#options.tuning.checkpointPages) return
      database.exec('PRAGMA wal_checkpoint(PASSIVE)')
      headFile.sync()
      this.#checkpointsFail = false
    } catch (error) {
      if (this.#checkpointsFail) return
      this.#checkpointsFail = true
      this.#alarm({ kind: 'checkpoint-failed', message: `the log of "${this.#options.file}" grows: ${String(error)}` })
    }
  }

  /** Closes the files for good; SQLite copies its log into the main file as it goes. */
  close(): void {
    this.#disconnect()
    this.#lock?.release()
    this.#lock = undefined
  }

  #disconnect(): void {
    const connection = this.#connection
    this.#connection = undefined
    try {
      connection?.database.close()
      connection?.headFile.close()
    } catch {
      // Whatever did not reach the main file is still in the log.
    }
  }

  #connect(): Connection {
    const { file } = this.#options
    let database: DatabaseSync | undefined
    try {
      this.#lock ??= claimFile(file)
      settleFiles(file)
      database = openDatabase(this.#options)
      return this.#read(database)
    } catch (error) {
      database?.close()
      throw storeError(error, file)
    }
  }

  #read(database: DatabaseSync): Connection {
    const entries = new EntryTable(database)
    const { revisions, disagreeing } = entries.revisions()
    for (const [stream, reason] of disagreeing) {
      this.#alarm({ kind: 'stream-damaged', message: `\`${stream}\`: ${reason}; nothing of it may be allowed` })
    }
    const { headFile, head } = this.#openHeadFile(entries)
    return {
      database,
      entries,
      snapshots: new SnapshotTable(database),
      headFile,
      // SQLite before 3.51 takes NOOP for PASSIVE: it then checkpoints more often than it has to.
      logLength: database.prepare('PRAGMA wal_checkpoint(NOOP)'),
      head,
      revisions,
      disagreeing,
    }
  }

  /** Compares what was acknowledged with what is there, and goes on from what is there. */
  #openHeadFile(entries: EntryTable): { readonly headFile: HeadFile; readonly head: JournalHead } {
    const { file } = this.#options
    const headFile = new HeadFile(`${file}-head`)
    const { finding, acknowledged } = compareHeads(headFile, entries)
    if (finding !== undefined) {
      headFile.setAside(finding.kind)
      const message = `"${file}" ${finding.message}; what was found is kept in "${file}-head.${finding.kind}"`
      this.#alarm({ kind: finding.kind, message })
    }
    const { position, hash = acknowledged?.position === position ? acknowledged.hash : undefined } = entries.last()
    if (hash === undefined) throw damaged(file, `the last entry, at position ${position}, has no hash to go on from`)
    headFile.write({ position, hash })
    headFile.sync()
    syncDirectory(dirname(file))
    return { headFile, head: { position, hash } }
  }

  /** An error that is thrown means that nothing was written. In doubt, the connection is closed. */
  #transact<Result>(connection: Connection, change: () => Result): Transacted<Result> {
    const { database } = connection
    let result: Result
    try {
      database.exec('BEGIN IMMEDIATE')
      result = change()
    } catch (error) {
      if (!rollBack(database)) this.#disconnect()
      throw storeError(error, this.#options.file)
    }
    try {
      database.exec('COMMIT')
      this.#hasWritten = true
      return { kind: 'committed', result }
    } catch (error) {
      if (isCertainlyNotCommitted(error) && rollBack(database)) throw storeError(error, this.#options.file)
      this.#disconnect()
      return { kind: 'in doubt', reason: error instanceof Error ? error.message : String(error) }
    }
  }

  #acknowledge(connection: Connection, head: JournalHead): void {
    connection.head = head
    try {
      connection.headFile.write(head)
    } catch (error) {
      this.#alarm({ kind: 'head-unwritable', message: `"${this.#options.file}-head": ${String(error)}` })
    }
  }
}

function insertEntry(
  { entries }: Connection,
  before: JournalHead,
  { entryId, body, writes }: AppendedEntry,
): JournalHead {
  let head: JournalHead
  try {
    head = entries.insert(before, { entryId, body })
  } catch (error) {
    throw isTaken(error) ? new TypeError(`entry \`${entryId}\` is in the journal already`) : error
  }
  for (const { stream, revision } of writes) entries.insertIntoStream(stream, revision, head.position)
  return head
}

function assertReliable({ disagreeing }: Connection, batch: readonly AppendedEntry[]): void {
  if (disagreeing.size === 0) return
  for (const { writes, reads } of batch) {
    for (const { stream } of [...writes, ...reads]) {
      const reason = disagreeing.get(stream)
      if (reason !== undefined) throw new JournalDamaged(`\`${stream}\` is damaged: ${reason}`)
    }
  }
}

interface HeadFinding {
  readonly kind: 'head-unreadable' | 'tail-lost' | 'history-replaced'
  readonly message: string
}

interface Comparison {
  readonly finding: HeadFinding | undefined
  readonly acknowledged: JournalHead | undefined
}

function compareHeads(headFile: HeadFile, entries: EntryTable): Comparison {
  let acknowledged: JournalHead | undefined
  try {
    acknowledged = headFile.read()
  } catch (error) {
    const message = `has lost the record of what was acknowledged (${String(error)})`
    return { finding: { kind: 'head-unreadable', message }, acknowledged: undefined }
  }
  if (acknowledged === undefined || acknowledged.position === 0) return { finding: undefined, acknowledged }
  const { position, hash } = acknowledged
  const last = entries.last().position
  if (position > last) {
    const message = `ends at entry ${last}, and entry ${position} had been acknowledged`
    return { finding: { kind: 'tail-lost', message }, acknowledged }
  }
  if (entries.hashAt(position) === hash) return { finding: undefined, acknowledged }
  const message = `has another entry ${position} than the one that had been acknowledged`
  return { finding: { kind: 'history-replaced', message }, acknowledged }
}

/** Whether the transaction is over. */
function rollBack(database: DatabaseSync): boolean {
  try {
    if (database.isTransaction) database.exec('ROLLBACK')
    return true
  } catch {
    return false
  }
}
