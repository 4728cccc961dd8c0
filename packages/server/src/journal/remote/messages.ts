/**
 * What a worker process and the supervisor that has the journal say to each other, one JSON object on each line.
 *
 * The worker asks and is answered by id; the supervisor also pushes every committed entry, and the worker says how far it has
 * applied them, so that a write is acknowledged only when every worker shows it.
 */
import type { Failure } from '../failure.ts'
import type { AppendOutcome, DamagedEntry, JournalEntry, ProposedEntry, SnapshotPage, StreamRead } from '../journal.ts'

/** What a worker asks. */
export type Ask =
  | { readonly kind: 'streams' }
  | { readonly kind: 'append'; readonly batch: readonly ProposedEntry[] }
  | { readonly kind: 'recover' }
  | { readonly kind: 'find'; readonly entryId: string }
  | { readonly kind: 'head' }
  /** Pushes of every entry after the position begin, until `unfollow`. */
  | { readonly kind: 'follow'; readonly follower: number; readonly position: number }
  | { readonly kind: 'unfollow'; readonly follower: number }
  /** Starts a load; its parts are then taken one by one. */
  | { readonly kind: 'load'; readonly stream: string }
  | { readonly kind: 'loadPages'; readonly load: number }
  | { readonly kind: 'loadEntries'; readonly load: number }
  | { readonly kind: 'snapshotBegin'; readonly of: StreamRead }
  | { readonly kind: 'snapshotPage'; readonly snapshot: number; readonly page: SnapshotPage }
  | { readonly kind: 'snapshotEnd'; readonly snapshot: number }
  /** The worker could not finish it. */
  | { readonly kind: 'snapshotDrop'; readonly snapshot: number }

/** What each is answered. Lists that come in parts end with an empty one. */
export interface Answers {
  readonly streams: readonly StreamRead[]
  readonly append: Exclude<AppendOutcome, { kind: 'unknown' }> | { readonly kind: 'unknown'; readonly cause: string }
  readonly recover: null
  readonly find: JournalEntry | null
  readonly head: { readonly position: number; readonly hash: string }
  readonly follow: null
  readonly unfollow: null
  readonly load: {
    readonly load: number
    readonly snapshotRevision: number | null
    readonly damaged: readonly DamagedEntry[]
  }
  readonly loadPages: readonly SnapshotPage[]
  readonly loadEntries: readonly JournalEntry[]
  readonly snapshotBegin: number
  readonly snapshotPage: null
  readonly snapshotEnd: null
  readonly snapshotDrop: null
}

/** From worker to supervisor. */
export type ToServer = { readonly id: number; readonly ask: Ask } | { readonly applied: number }

/** From supervisor to worker. */
export type ToClient =
  | { readonly id: number; readonly answer: Answers[keyof Answers] }
  | { readonly id: number; readonly failure: Failure }
  | { readonly follower: number; readonly entries: readonly JournalEntry[] }
