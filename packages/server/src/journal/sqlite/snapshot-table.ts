/** Snapshots, page by page. One counts when its digest over all of its pages is there. */

import { hash } from 'node:crypto'
import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite'
import type { StreamId, StreamRead } from '../journal.ts'
import type { StoredSnapshot } from './exchange.ts'

/** The newest, and one to fall back on when that is damaged. */
const SNAPSHOTS_KEPT = 2

export class SnapshotTable {
  readonly #begin: StatementSync
  readonly #addPage: StatementSync
  readonly #digests: StatementSync
  readonly #complete: StatementSync
  readonly #about: StatementSync
  readonly #ofStream: StatementSync
  readonly #page: StatementSync
  readonly #unfinished: StatementSync
  readonly #drop: StatementSync
  readonly #dropPages: StatementSync

  constructor(database: DatabaseSync) {
    this.#begin = database.prepare('INSERT INTO snapshot (stream, revision) VALUES (?, ?)')
    this.#addPage = database.prepare('INSERT INTO snapshot_page (snapshot, number, digest, body) VALUES (?, ?, ?, ?)')
    this.#digests = database.prepare('SELECT digest FROM snapshot_page WHERE snapshot = ? ORDER BY number')
    this.#complete = database.prepare('UPDATE snapshot SET pages = ?, digest = ? WHERE id = ?')
    this.#about = database.prepare('SELECT stream, revision, pages, digest FROM snapshot WHERE id = ?')
    this.#ofStream = database.prepare(
      'SELECT id, revision, pages FROM snapshot WHERE stream = ? AND digest IS NOT NULL ORDER BY revision DESC, id DESC',
    )
    this.#page = database.prepare('SELECT digest, body FROM snapshot_page WHERE snapshot = ? AND number = ?')
    this.#unfinished = database.prepare('SELECT id FROM snapshot WHERE digest IS NULL')
    this.#drop = database.prepare('DELETE FROM snapshot WHERE id = ?')
    this.#dropPages = database.prepare('DELETE FROM snapshot_page WHERE snapshot = ?')
  }

  begin({ stream, revision }: StreamRead): number {
    return Number(this.#begin.run(stream, revision).lastInsertRowid)
  }

  addPage(snapshot: number, number: number, text: string): void {
    this.#addPage.run(snapshot, number, hash('sha256', text), text)
  }

  /** Makes the snapshot count and drops the oldest of its stream. */
  complete(snapshot: number): void {
    const row = this.#about.get(snapshot)
    if (row === undefined) throw new TypeError(`snapshot ${snapshot} is not there`)
    const digests = this.#digestsOf(snapshot)
    this.#complete.run(digests.length, digestOf(row, digests), snapshot)
    for (const { id } of this.list(String(row['stream'])).slice(SNAPSHOTS_KEPT)) this.drop(id)
  }

  /** Complete snapshots of a stream, newest first. */
  list(stream: StreamId): readonly StoredSnapshot[] {
    return this.#ofStream.all(stream).map((row) => ({
      id: Number(row['id']),
      revision: Number(row['revision']),
      pages: Number(row['pages']),
    }))
  }

  /** Whether every page is there and as it was written, for this stream and revision. */
  isWhole({ id, stream, revision, pages }: StoredSnapshot & { readonly stream: StreamId }): boolean {
    const row = this.#about.get(id)
    if (row === undefined || row['stream'] !== stream || row['revision'] !== revision) return false
    const digests = this.#digestsOf(id)
    if (digests.length !== pages || row['digest'] !== digestOf(row, digests)) return false
    return digests.every((_, number) => this.page(id, number) !== undefined)
  }

  /** The text of a page; undefined when it is not there or not as it was written. */
  page(snapshot: number, number: number): string | undefined {
    const row = this.#page.get(snapshot, number)
    const body = row?.['body']
    return typeof body === 'string' && row?.['digest'] === hash('sha256', body) ? body : undefined
  }

  drop(snapshot: number): void {
    this.#dropPages.run(snapshot)
    this.#drop.run(snapshot)
  }

  /** Those that a crash has left half-written. */
  unfinished(): readonly number[] {
    return this.#unfinished.all().map(({ id }) => Number(id))
  }

  #digestsOf(snapshot: number): readonly string[] {
    return this.#digests.all(snapshot).map(({ digest }) => String(digest))
  }
}

/** Covers what the snapshot is of and each page in its place, so that none can be lost, added or exchanged. */
function digestOf({ stream, revision }: Record<string, SQLOutputValue>, digests: readonly string[]): string {
  return hash('sha256', [String(stream), Number(revision), ...digests].join('\n'))
}
