/** What SQLite's errors mean for the journal. */

import { FileLocked } from '../file-lock.ts'
import { JournalDamaged, JournalUnavailable } from '../journal.ts'

/** Primary result codes: https://sqlite.org/rescode.html */
const BUSY = 5
const CORRUPT = 11
const FULL = 13
const CONSTRAINT = 19
const NOT_A_DATABASE = 26
const CONSTRAINT_UNIQUE = 2067

/** Whether a COMMIT that failed so has certainly not happened: a frame of it could not even be written to the log. */
export function isCertainlyNotCommitted(error: unknown): boolean {
  return primary(error) === FULL || primary(error) === BUSY
}

export function isTaken(error: unknown): boolean {
  return resultCode(error) === CONSTRAINT_UNIQUE
}

/**
 * The port's error for one of SQLite's or of the file system's; what it cannot place comes back as it is.
 * Damage says what to do; everything else of the disk may pass, and the caller may try again.
 */
export function storeError(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || error instanceof JournalUnavailable || error instanceof JournalDamaged) return error
  const code = primary(error)
  // A key that is taken although it was counted on to be free: what the tables say does not fit together.
  if (code === CORRUPT || code === NOT_A_DATABASE || code === CONSTRAINT) return damaged(file, error.message, error)
  if (code === BUSY || error instanceof FileLocked)
    return new JournalUnavailable(`"${file}" is open in another process`, { cause: error })
  if (code !== undefined || isSystemError(error)) {
    return new JournalUnavailable(`"${file}" cannot be used: ${error.message}`, { cause: error })
  }
  return error
}

/** Damage of the file itself, with the one thing to do about it. */
export function damaged(file: string, what: string, cause?: unknown): JournalDamaged {
  const message = `"${file}" is damaged (${what}): stop, keep a copy of the data directory, and restore it from a backup`
  return new JournalDamaged(message, { cause })
}

function primary(error: unknown): number | undefined {
  const code = resultCode(error)
  return code === undefined ? undefined : code & 0xff
}

/** The extended result code of an error from node:sqlite. */
function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined
  return error.errcode
}

function isSystemError(error: Error): boolean {
  return 'syscall' in error && 'code' in error
}
