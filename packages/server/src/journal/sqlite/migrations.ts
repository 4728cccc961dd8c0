/** The tables of the journal, and how a file of an earlier version gets them. Forward only; a migration is never edited. */

import type { DatabaseSync } from 'node:sqlite'
import { JournalDamaged } from '../journal.ts'

/** `iamd` in ASCII, in the header of the file. */
export const APPLICATION_ID = 0x69_61_6d_64

/**
 * The migration at index n makes version n + 1 (`user_version`).
 *
 * `stream` could be made from `stream_entry`. It is kept so that one flipped bit cannot shorten a stream unnoticed: both
 * say what the last revision is, and they are compared when the file is opened.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE entry (
     position      INTEGER PRIMARY KEY,
     entry_id      TEXT NOT NULL UNIQUE,
     previous_hash TEXT NOT NULL,
     hash          TEXT NOT NULL,
     body          TEXT NOT NULL
   ) STRICT;
   CREATE TABLE stream_entry (
     stream   TEXT NOT NULL,
     revision INTEGER NOT NULL,
     position INTEGER NOT NULL,
     PRIMARY KEY (stream, revision)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE stream (
     stream   TEXT PRIMARY KEY NOT NULL,
     revision INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE snapshot (
     id       INTEGER PRIMARY KEY,
     stream   TEXT NOT NULL,
     revision INTEGER NOT NULL,
     pages    INTEGER,
     digest   TEXT
   ) STRICT;
   CREATE INDEX snapshot_of_stream ON snapshot (stream, revision);
   CREATE TABLE snapshot_page (
     snapshot INTEGER NOT NULL,
     number   INTEGER NOT NULL,
     digest   TEXT NOT NULL,
     body     TEXT NOT NULL,
     PRIMARY KEY (snapshot, number)
   ) STRICT, WITHOUT ROWID;`,
]

/**
 * Marks a new file as a journal. The mark is in the header of the file itself from the first write on, and not in the log:
 * whoever finds the file can tell by it whose the log is. Throws JournalDamaged for a file that is something else.
 */
export function claim(database: DatabaseSync, file: string): void {
  const application = pragma(database, 'application_id')
  if (application === APPLICATION_ID) return
  const tables = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get()
  if (application !== 0 || pragma(database, 'user_version') !== 0 || tables?.['count'] !== 0) {
    throw new JournalDamaged(`"${file}" is a database of something else: name another data directory`)
  }
  database.exec(`PRAGMA application_id = ${APPLICATION_ID}`)
}

/**
 * Brings a file to the newest version, each step in a transaction of its own: a crash leaves one version or the next.
 * Throws JournalDamaged for a file that a later release has written.
 */
export function migrate(database: DatabaseSync, file: string, steps: readonly string[] = migrations): void {
  const version = pragma(database, 'user_version')
  if (version > steps.length) {
    throw new JournalDamaged(
      `"${file}" has format ${version}, this release knows ${steps.length}: start the release that wrote it, or a later one`,
    )
  }
  for (const [index, step] of steps.entries()) {
    if (index < version) continue
    database.exec('BEGIN IMMEDIATE')
    try {
      database.exec(`${step}; PRAGMA user_version = ${index + 1}; COMMIT`)
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK')
      throw error
    }
  }
}

function pragma(database: DatabaseSync, name: 'application_id' | 'user_version'): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name])
}
