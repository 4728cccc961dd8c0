/** Opens the database file: made, configured, identified, migrated and checked, or not opened at all. */

import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { acquireFileLock, type FileLock } from '../file-lock.ts'
import { JournalUnavailable } from '../journal.ts'
import type { StoreOptions } from './exchange.ts'
import { APPLICATION_ID, claim, migrate } from './migrations.ts'
import { damaged } from './store-error.ts'

/** STRICT tables need it; a Node that is linked to a system's SQLite may have an older one. */
const SQLITE_VERSION_MIN = '3.37.0'

/**
 * The only connection there is. It is exclusive: whoever else opens the file, in this process or another, is refused,
 * and so no second connection can checkpoint or reset the log (which loses data before SQLite 3.51.3).
 */
export function openDatabase({ file, tuning }: StoreOptions): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 0 })
  try {
    // Before anything is read: SQLite decides at its first read whether it shares its index of the log with others.
    database.exec('PRAGMA locking_mode = EXCLUSIVE')
    assertSqliteVersion(String(database.prepare('SELECT sqlite_version() AS version').get()?.['version']))
    // Before anything else is changed: the file may be somebody else's.
    claim(database, file)
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
 * Makes whatever can be read of the files durable, with the database closed and locked against others: a process that was
 * killed may have left a commit that was written and not synced, and it must not be served and then be lost.
 *
 * The log is written anew and takes the old one's place: pages whose sync has failed count as clean afterwards, and a
 * second sync would say nothing of them.
 */
export function settleFiles(file: string): void {
  if (!isOurs(file)) return
  syncFile(file, 'r+')
  const log = `${file}-wal`
  if (statSync(log, { throwIfNoEntry: false }) !== undefined) {
    writeFileSync(`${log}.new`, readFileSync(log), { mode: 0o600, flush: true })
    renameSync(`${log}.new`, log)
  }
  syncDirectory(dirname(file))
}

/** By the header of the file: https://sqlite.org/fileformat2.html#application_id */
function isOurs(file: string): boolean {
  const descriptor = openSync(file, 'r')
  try {
    const id = Buffer.alloc(4)
    return readSync(descriptor, id, 0, 4, 68) === 4 && id.readUInt32BE() === APPLICATION_ID
  } finally {
    closeSync(descriptor)
  }
}

/** Makes the names in a directory durable. */
export function syncDirectory(directory: string): void {
  syncFile(directory, 'r')
}

function syncFile(path: string, flags: 'r' | 'r+'): void {
  const descriptor = openSync(path, flags)
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/**
 * Makes the file and its directory where they are not there. Only its owner may read it (mode 0600); SQLite gives its log
 * the same mode. Answers the lock that keeps the files for this process.
 */
export function claimFile(file: string): FileLock {
  const directory = dirname(file)
  if (mkdirSync(directory, { recursive: true, mode: 0o700 }) !== undefined) syncDirectory(dirname(directory))
  const lock = acquireFileLock(`${file}-lock`)
  try {
    closeSync(openSync(file, 'a', 0o600))
    if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600)
    return lock
  } catch (error) {
    lock.release()
    throw error
  }
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
