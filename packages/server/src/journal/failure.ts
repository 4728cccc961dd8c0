/** The errors that the port documents, as they cross to another thread or process and back. */
import { JournalDamaged, JournalUnavailable } from './journal.ts'

/** `bug` stands for any error that the port does not document. */
export interface Failure {
  readonly kind: 'unavailable' | 'damaged' | 'type' | 'range' | 'bug'
  readonly message: string
}

/** What the other side is told of an error. */
export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof JournalUnavailable) return { kind: 'unavailable', message }
  if (error instanceof JournalDamaged) return { kind: 'damaged', message }
  if (error instanceof TypeError) return { kind: 'type', message }
  return { kind: error instanceof RangeError ? 'range' : 'bug', message }
}

/** The error again, of the same class. */
export function errorOf({ kind, message }: Failure): Error {
  switch (kind) {
    case 'unavailable':
      return new JournalUnavailable(message)
    case 'damaged':
      return new JournalDamaged(message)
    case 'type':
      return new TypeError(message)
    case 'range':
      return new RangeError(message)
    case 'bug':
      return new Error(message)
  }
}
