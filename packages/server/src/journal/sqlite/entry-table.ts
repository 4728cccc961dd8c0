/** The entries, and which of them make each stream. Every row that is read is checked before it is believed. */

import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite'
import { decodeEntry, entryTextPrefix, FIRST_HASH, hashEntry, type StoredEntry } from '../entry-codec.ts'
import { JournalDamaged, type DamagedEntry, type JournalHead, type StreamId } from '../journal.ts'
import type { StreamRange } from './exchange.ts'

type Row = Record<string, SQLOutputValue>

/** A row as it was found: the entry, or what is wrong with it. */
type Found = { readonly entry: StoredEntry } | { readonly reason: string }

/** What one message to the main thread carries at most: reading it there must not hold the event loop. */
const ENTRIES_PER_PAGE = 256
const CHARACTERS_PER_PAGE = 256 * 1024

/** How far back an entry is searched for by its text, in case it is the index that is damaged. */
const TAIL = 10_000

const SELECT_ENTRY = `SELECT entry.position, entry.entry_id, entry.previous_hash, entry.hash, entry.body, before.hash AS before
  FROM entry LEFT JOIN entry AS before ON before.position = entry.position - 1`

export class EntryTable {
  readonly #insert: StatementSync
  readonly #insertIntoStream: StatementSync
  readonly #setRevision: StatementSync
  readonly #last: StatementSync
  readonly #at: StatementSync
  readonly #after: StatementSync
  readonly #positionOf: StatementSync
  readonly #positionByText: StatementSync
  readonly #ofStream: StatementSync
  readonly #revisions: StatementSync
  readonly #revisionsOfEntries: StatementSync

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      'INSERT INTO entry (position, entry_id, previous_hash, hash, body) VALUES (?, ?, ?, ?, ?)',
    )
    this.#insertIntoStream = database.prepare('INSERT INTO stream_entry (stream, revision, position) VALUES (?, ?, ?)')
    this.#setRevision = database.prepare(
      'INSERT INTO stream (stream, revision) VALUES (?, ?) ON CONFLICT DO UPDATE SET revision = excluded.revision',
    )
    this.#last = database.prepare('SELECT position, hash FROM entry ORDER BY position DESC LIMIT 1')
    this.#at = database.prepare(`${SELECT_ENTRY} WHERE entry.position = ?`)
    this.#after = database.prepare(
      `${SELECT_ENTRY} WHERE entry.position > ? ORDER BY entry.position LIMIT ${ENTRIES_PER_PAGE}`,
    )
    this.#positionOf = database.prepare('SELECT position FROM entry WHERE entry_id = ?')
    this.#positionByText = database.prepare(
      'SELECT position FROM entry NOT INDEXED WHERE position > ? AND substr(body, 1, length(?2)) = ?2',
    )
    this.#ofStream = database.prepare(
      `SELECT revision, position FROM stream_entry WHERE stream = ? AND revision > ? AND revision <= ? ORDER BY revision LIMIT ${ENTRIES_PER_PAGE}`,
    )
    this.#revisions = database.prepare('SELECT stream, revision FROM stream')
    // One step per stream and not per entry.
    this.#revisionsOfEntries = database.prepare(`WITH RECURSIVE name (stream) AS (
        SELECT min(stream) FROM stream_entry
        UNION ALL
        SELECT (SELECT min(stream) FROM stream_entry WHERE stream > name.stream) FROM name WHERE name.stream IS NOT NULL
      )
      SELECT stream, (SELECT max(revision) FROM stream_entry WHERE stream_entry.stream = name.stream) AS revision
      FROM name WHERE stream IS NOT NULL`)
  }

  /** Adds an entry after `head` and answers the new head. */
  insert(head: JournalHead, { entryId, body }: { readonly entryId: string; readonly body: string }): JournalHead {
    const position = head.position + 1
    const hash = hashEntry({ position, previousHash: head.hash, body })
    this.#insert.run(position, entryId, head.hash, hash, body)
    return { position, hash }
  }

  insertIntoStream(stream: StreamId, revision: number, position: number): void {
    this.#insertIntoStream.run(stream, revision, position)
  }

  setRevision(stream: StreamId, revision: number): void {
    this.#setRevision.run(stream, revision)
  }

  /** The last entry's position and hash; no hash when that is damaged. */
  last(): { readonly position: number; readonly hash: string | undefined } {
    const row = this.#last.get()
    if (row === undefined) return { position: 0, hash: FIRST_HASH }
    const { position, hash } = row
    return { position: Number(position), hash: isHash(hash) ? hash : undefined }
  }

  /** The hash that was stored with an entry. */
  hashAt(position: number): string | undefined {
    const hash = this.#at.get(position)?.['hash']
    return isHash(hash) ? hash : undefined
  }

  /** The last revision of each stream, and the streams for which the two tables that know it disagree. */
  revisions(): { readonly revisions: Map<StreamId, number>; readonly disagreeing: Map<StreamId, string> } {
    const [revisions, ofEntries] = [toRevisions(this.#revisions.all()), toRevisions(this.#revisionsOfEntries.all())]
    const disagreeing = new Map<StreamId, string>()
    for (const stream of new Set([...revisions.keys(), ...ofEntries.keys()])) {
      const [kept, found] = [revisions.get(stream), ofEntries.get(stream)]
      if (kept !== found) disagreeing.set(stream, `revision ${kept ?? 'none'} is kept and ${found ?? 'none'} was found`)
      if (found !== undefined) revisions.set(stream, Math.max(found, kept ?? 0))
    }
    return { revisions, disagreeing }
  }

  /** The entry with this id. Throws JournalDamaged when it is there and damaged. */
  find(entryId: string): StoredEntry | undefined {
    const indexed = this.#read(this.#positionOf.get(entryId), entryId)
    // The index may have lost it, or lead to another one.
    if (indexed !== undefined && isEntry(indexed, entryId)) return indexed
    const since = this.last().position - TAIL
    return this.#read(this.#positionByText.get(since, entryTextPrefix(entryId)), entryId)
  }

  #read(row: Row | undefined, entryId: string): StoredEntry | undefined {
    if (row === undefined) return undefined
    const found = this.at(row['position'])
    if ('reason' in found) throw new JournalDamaged(`entry \`${entryId}\` is damaged: ${found.reason}`)
    return found.entry
  }

  /** A page of the entries after a position, without a gap. Throws JournalDamaged when the first of them is damaged. */
  readAfter(position: number): readonly StoredEntry[] {
    const entries: StoredEntry[] = []
    let characters = 0
    for (const row of this.#after.iterate(position)) {
      const found = this.#check(row, position + entries.length + 1)
      if ('reason' in found) {
        if (entries.length > 0) return entries
        throw new JournalDamaged(`the journal cannot be followed: ${found.reason}`)
      }
      entries.push(found.entry)
      characters += found.entry.body.length
      if (characters >= CHARACTERS_PER_PAGE) break
    }
    return entries
  }

  /** Checks a part of a range whole, down to what is in the entries; `through` is the last revision of that part. */
  verify(range: StreamRange): { readonly through: number; readonly damaged: readonly DamagedEntry[] } {
    const damaged: DamagedEntry[] = []
    const through = this.#walk(range, (revision, found) => {
      const reason = 'reason' in found ? found.reason : misplaced(found.entry, range.stream, revision)
      if (reason !== undefined) damaged.push({ revision, reason })
    })
    return { through, damaged }
  }

  /** Reads the entries of a part of a range that are not damaged. */
  read(range: StreamRange): { readonly through: number; readonly entries: readonly StoredEntry[] } {
    const entries: StoredEntry[] = []
    const through = this.#walk(range, (revision, found) => {
      if ('entry' in found && misplaced(found.entry, range.stream, revision) === undefined) entries.push(found.entry)
    })
    return { through, entries }
  }

  /** Visits each revision of the range that fits into a page, also one that the index does not have. */
  #walk({ stream, after, through }: StreamRange, visit: (revision: number, found: Found) => void): number {
    const rows = this.#ofStream.all(stream, after, through)
    let revision = after
    let characters = 0
    for (const row of rows) {
      const next = Number(row['revision'])
      while (revision + 1 < next) visit((revision += 1), { reason: 'the stream has no row for it' })
      const found = this.at(row['position'])
      visit((revision = next), found)
      if ('entry' in found) characters += found.entry.body.length
      if (characters >= CHARACTERS_PER_PAGE) return revision
    }
    if (rows.length === ENTRIES_PER_PAGE) return revision
    while (revision < through) visit((revision += 1), { reason: 'the stream has no row for it' })
    return revision
  }

  at(position: SQLOutputValue | undefined): Found {
    if (!isPosition(position)) return { reason: 'its position is not a number' }
    const row = this.#at.get(position)
    return row === undefined ? { reason: `there is no entry at position ${position}` } : this.#check(row, position)
  }

  /** INVARIANT (chain): an entry's hash covers its position, its bytes, and the hash of the one before it. */
  #check(row: Row, expected: number): Found {
    const { position, previous_hash: previousHash, hash, body, before } = row
    if (position !== expected) return { reason: `there is no entry at position ${expected}` }
    if (typeof body !== 'string' || typeof previousHash !== 'string') return { reason: 'its text is missing' }
    const entry: StoredEntry = { position: expected, previousHash, body }
    if (hashEntry(entry) !== hash) return { reason: `its hash at position ${expected} is not that of its text` }
    const isLinked = expected === 1 ? previousHash === FIRST_HASH : previousHash === before
    // Where the entry before is the damaged one, this one is not to blame.
    if (!isLinked && (expected === 1 || this.#isSound(expected - 1))) {
      return { reason: `it does not follow the entry at position ${expected - 1}` }
    }
    return { entry }
  }

  #isSound(position: number): boolean {
    const row = this.#at.get(position)
    if (row === undefined) return true
    const { previous_hash: previousHash, hash, body } = row
    if (typeof body !== 'string' || typeof previousHash !== 'string') return false
    return hashEntry({ position, previousHash, body }) === hash
  }
}

/** What is wrong with a sound entry that the index of a stream led to. */
function misplaced(stored: StoredEntry, stream: StreamId, revision: number): string | undefined {
  try {
    const isInStream = decodeEntry(stored).writes.some(
      (write) => write.stream === stream && write.revision === revision,
    )
    return isInStream ? undefined : `the entry at position ${stored.position} is another one`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Throws JournalDamaged for an entry that cannot be read. */
function isEntry(stored: StoredEntry, entryId: string): boolean {
  try {
    return decodeEntry(stored).entryId === entryId
  } catch (cause) {
    throw new JournalDamaged(`the entry at position ${stored.position} cannot be read: ${String(cause)}`, { cause })
  }
}

function toRevisions(rows: readonly Row[]): Map<StreamId, number> {
  return new Map(rows.map(({ stream, revision }) => [String(stream), Number(revision)]))
}

function isPosition(value: SQLOutputValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
}

function isHash(value: SQLOutputValue | undefined): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
}
