/** Opens the database file: made, configured, identified, migrated and checked, or not opened at all. */

import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { JournalUnavailable } from '../journal.ts'
import type { StoreOptions } from './exchange.ts'
import { identify, migrate } from './migrations.ts'
import { damaged } from './store-error.ts'

/** STRICT tables need it; a Node that is linked to a system's SQLite may have an older one. */
const SQLITE_VERSION_MIN = '3.37.0'

/**
 * The only connection there is. It is exclusive: whoever else opens the file, in this process or another, is refused,
 * and so no second connection can checkpoint or reset the log (which loses data before SQLite 3.51.3).
 */
export function openDatabase({ file, tuning }: StoreOptions): DatabaseSync {
  createFile(file)
  const database = new DatabaseSync(file, { timeout: 0 })
  try {
    // Before anything is read: SQLite decides at its first read whether it shares its index of the log with others.
    database.exec('PRAGMA locking_mode = EXCLUSIVE')
    assertSqliteVersion(String(database.prepare('SELECT sqlite_version() AS version').get()?.['version']))
    // Before anything is changed: the file may be somebody else's.
    identify(database, file)
    configure(database, tuning.synchronous)
    checkStructure(database, file, tuning.checkedBytesMax)
    migrate(database, file)
    if (tuning.pagesMax !== undefined) database.exec(`PRAGMA max_page_count = ${tuning.pagesMax}`)
    // A file or directory that cannot be written shows itself here and not at the first append.
    database.exec('BEGIN IMMEDIATE; ROLLBACK')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Throws JournalUnavailable for an SQLite that does not know what the tables need. */
export function assertSqliteVersion(version: string): void {
  const isOlder = version.localeCompare(SQLITE_VERSION_MIN, 'en', { numeric: true }) < 0
  if (!isOlder) return
  throw new JournalUnavailable(`this Node has SQLite ${version}; ${SQLITE_VERSION_MIN} or later is needed`)
}

/**
 * Makes the log durable again after a failed fsync, with the database closed. Pages whose fsync has failed count as clean
 * afterwards and a second fsync says nothing about them, so what can be read is written anew and takes the old one's place.
 */
export function rewriteLog(file: string): void {
  const log = `${file}-wal`
  if (statSync(log, { throwIfNoEntry: false }) !== undefined) {
    const bytes = readFileSync(log)
    const descriptor = openSync(`${log}.new`, 'w', 0o600)
    try {
      for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(`${log}.new`, log)
  }
  syncDirectory(dirname(file))
}

/** Makes the names in a directory durable. */
export function syncDirectory(directory: string): void {
  const descriptor = openSync(directory, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Only its owner may read the file (mode 0600); SQLite gives its log the same mode. */
function createFile(file: string): void {
  const directory = dirname(file)
  if (mkdirSync(directory, { recursive: true, mode: 0o700 }) !== undefined) syncDirectory(dirname(directory))
  const existing = statSync(file, { throwIfNoEntry: false })
  if (existing !== undefined) {
    if ((existing.mode & 0o077) !== 0) chmodSync(file, 0o600)
    return
  }
  // `wx` never opens a file that is there: closing it again would drop the lock that a connection of this process holds.
  const descriptor = openSync(file, 'wx', 0o600)
  fsyncSync(descriptor)
  closeSync(descriptor)
  syncDirectory(directory)
}

function configure(database: DatabaseSync, synchronous: 'FULL' | 'NORMAL'): void {
  database.exec('PRAGMA journal_mode = WAL')
  const mode = database.prepare('PRAGMA journal_mode').get()?.['journal_mode']
  const locking = database.prepare('PRAGMA locking_mode').get()?.['locking_mode']
  if (mode !== 'wal' || locking !== 'exclusive') {
    throw new JournalUnavailable(
      `SQLite gives journal mode "${String(mode)}" and locking "${String(locking)}" on this file system`,
    )
  }
  database.exec(`PRAGMA synchronous = ${synchronous}; PRAGMA wal_autocheckpoint = 0; PRAGMA temp_store = MEMORY`)
  database.exec('PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF')
}

/** Bounded in time: a large file is not read through, and then each stream is checked when it is loaded. */
function checkStructure(database: DatabaseSync, file: string, bytesMax: number): void {
  const bytes = statSync(file).size + (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0)
  if (bytes > bytesMax) return
  const findings = database
    .prepare('PRAGMA quick_check')
    .all()
    .map((row) => String(row['quick_check']))
  const finding = findings.find((text) => text !== 'ok' && !isAboutOneRecord(text))
  if (finding !== undefined) throw damaged(file, finding.replaceAll(/\s+/g, ' '))
}

/** One value of the wrong type does not keep the others from being served: whoever reads its row will find it. */
function isAboutOneRecord(finding: string): boolean {
  return /^(non-)?[A-Z]+ value in /.test(finding)
}
