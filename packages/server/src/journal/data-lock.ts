/** One process at a time per data directory, and who it is. */

import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { acquireFileLock, FileLocked, type FileLock } from './file-lock.ts'
import { JournalUnavailable } from './journal.ts'
import { makeDirectory } from './make-directory.ts'

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

/**
 * Takes the directory (made with mode 0700 when it is not there). Throws DataLocked while another process has it, or this
 * one already has; JournalUnavailable when the directory cannot be written.
 */
export function acquireDataLock(directory: string, now: Date = new Date()): DataLock {
  const lock = lockDirectory(directory)
  const holder: LockHolder = { pid: process.pid, host: hostname(), startedAt: now.toISOString() }
  let isHeld = true
  const release = (): void => {
    if (isHeld) rmSync(holderFile(directory), { force: true })
    isHeld = false
    lock.release()
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

function lockDirectory(directory: string): FileLock {
  try {
    makeDirectory(directory)
    return acquireFileLock(join(directory, 'lock'))
  } catch (error) {
    throw error instanceof FileLocked ? new DataLocked(directory, readHolder(directory)) : unavailable(directory, error)
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
