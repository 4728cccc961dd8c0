/** What the activity of a process and its worker thread say to each other. */
import type { Use } from '../use.ts'

/** One transaction: first what is forgotten, then the uses. */
export interface Batch {
  readonly forgotten: readonly string[]
  readonly forgottenAccounts: readonly string[]
  readonly uses: readonly Use[]
}

export type Request =
  | { readonly kind: 'write'; readonly id: number; readonly batch: Batch }
  | { readonly kind: 'close'; readonly id: number }

export interface Reply {
  readonly id: number
  /** Why the batch is not in the file, if so. */
  readonly failure: string | undefined
  /** Where a damaged file was put that this batch found. */
  readonly replaced: string | undefined
}
