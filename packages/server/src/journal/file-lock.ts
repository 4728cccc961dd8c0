/**
 * A lock of the operating system's on a file of its own, taken through SQLite: Node has no other way to one. It ends with
 * its process however that ends, so a lock that was left behind blocks nobody.
 */

import { closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

const SQLITE_BUSY = 5

/** Another process has the lock, or this one already has. */
export class FileLocked extends Error {
  override readonly name = 'FileLocked'
}

export interface FileLock {
  release(): void
}

/** Keeps the connections of held locks: one that was collected as garbage would let its lock go. */
const held = new Set<DatabaseSync>()

/**
 * Takes the lock; makes the file (mode 0600) when it is not there. Throws FileLocked, or the error of the file system or of
 * SQLite. Nothing else may open the file in this process: closing any descriptor of it drops the process's POSIX locks on it.
 */
export function acquireFileLock(path: string): FileLock {
  createLockFile(path)
  const connection = new DatabaseSync(path, { timeout: 0 })
  try {
    // Nothing is ever written, so there is nothing to keep a journal of.
    connection.exec('PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (error) {
    connection.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) {
      throw new FileLocked(`"${path}" is locked`, { cause: error })
    }
    throw error
  }
  held.add(connection)
  return {
    release() {
      if (held.delete(connection)) connection.close()
    },
  }
}

function createLockFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    // It is there: then it must not be opened and closed here, or a lock that this process has on it would be lost.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}
