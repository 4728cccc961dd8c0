/**
 * One process at a time per data directory. The lock is the operating system's, held on a file by SQLite, so it ends with
 * its process however that ends; the file beside it only says who the holder is.
 */

import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { JournalUnavailable } from './journal.ts'
import { resultCode } from './sqlite/store-error.ts'

export interface LockHolder {
  readonly pid: number
  readonly host: string
  /** ISO 8601 with milliseconds, UTC. */
  readonly startedAt: string
}

export interface DataLock {
  readonly holder: LockHolder
  release(): void
}

/** Another process has the data directory. `holder` is undefined when it has not written yet who it is. */
export class DataLocked extends Error {
  override readonly name = 'DataLocked'
  readonly holder: LockHolder | undefined

  constructor(directory: string, holder: LockHolder | undefined) {
    const who = holder && `process ${holder.pid} on ${holder.host}, started at ${holder.startedAt}`
    super(`"${directory}" is in use by ${who ?? 'another process'}`)
    this.holder = holder
  }
}

/** Keeps the connections of held locks: one that was collected as garbage would let its lock go. */
const held = new Set<DatabaseSync>()

/**
 * Takes the directory (made with mode 0700 when it is not there). Throws DataLocked while another process has it, or this
 * one already has; JournalUnavailable when the directory cannot be written. Nothing else may ever open `lock` in this
 * process: closing any descriptor of a file drops the POSIX locks that the process has on it.
 */
export function acquireDataLock(directory: string, now: Date = new Date()): DataLock {
  const connection = lockFile(directory)
  held.add(connection)
  const holder: LockHolder = { pid: process.pid, host: hostname(), startedAt: now.toISOString() }
  const release = (): void => {
    if (!held.delete(connection)) return
    rmSync(holderFile(directory), { force: true })
    connection.close()
  }
  try {
    // By renaming, so that nobody reads half of it.
    writeFileSync(`${holderFile(directory)}.new`, JSON.stringify(holder), { mode: 0o600 })
    renameSync(`${holderFile(directory)}.new`, holderFile(directory))
  } catch (error) {
    release()
    throw unavailable(directory, error)
  }
  return { holder, release }
}

function lockFile(directory: string): DatabaseSync {
  let connection: DatabaseSync | undefined
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    createLockFile(join(directory, 'lock'))
    connection = new DatabaseSync(join(directory, 'lock'), { timeout: 0 })
    connection.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
    return connection
  } catch (error) {
    connection?.close()
    if (resultCode(error) === SQLITE_BUSY) throw new DataLocked(directory, readHolder(directory))
    throw unavailable(directory, error)
  }
}

const SQLITE_BUSY = 5

function createLockFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    // It is there: then it must not be opened and closed here, or a lock that this process has on it would be lost.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

function holderFile(directory: string): string {
  return join(directory, 'lock.json')
}

function readHolder(directory: string): LockHolder | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(holderFile(directory), 'utf8'))
    return isHolder(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isHolder(value: unknown): value is LockHolder {
  if (typeof value !== 'object' || value === null) return false
  if (!('pid' in value) || !('host' in value) || !('startedAt' in value)) return false
  return typeof value.pid === 'number' && typeof value.host === 'string' && typeof value.startedAt === 'string'
}

function unavailable(directory: string, cause: unknown): JournalUnavailable {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new JournalUnavailable(`"${directory}" cannot be locked: ${reason}`, { cause })
}
