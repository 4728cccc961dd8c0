/**
 * The journal port: where every change of every account is made durable, and from where images are loaded.
 *
 * A *stream* is what one image is made of (an account, the directory). One API write is one entry; an entry
 * writes to one or more streams and names the revision of every stream that was consulted to make it.
 * Implementations: `memory.ts`, `sqlite/`. All of them pass `contract.ts`.
 */

/** `directory`, `account/123456789012`; later `organization/o-…`. */
export type StreamId = string

/** A JSON value, as stored. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json }

/** One record put (`record`) into or deleted (`null`) from a table of a stream's image. */
export interface Change {
  readonly table: string
  readonly key: string
  readonly record: Json
}

/** The changes of one entry to one stream. `revision` is the one that this entry creates: the stream's last + 1; the first is 1. */
export interface StreamWrite {
  readonly stream: StreamId
  readonly revision: number
  readonly changes: readonly Change[]
}

/** A stream that was consulted, and the revision that was seen (0: the stream did not exist). */
export interface StreamRead {
  readonly stream: StreamId
  readonly revision: number
}

/** Who asked for the change and from where. */
export interface EntryOrigin {
  /** Principal ARN, or `iamd:operator` for what the holder of the data directory did offline. */
  readonly caller: string
  readonly sourceIp: string
  readonly userAgent: string
}

export interface ProposedEntry {
  /** Format version of this entry. */
  readonly version: 1
  /** Unique; lets an append of unknown outcome be looked up before anything is run again. Best rising with time (UUIDv7): it is indexed. */
  readonly entryId: string
  /** ISO 8601 with milliseconds, UTC. */
  readonly time: string
  readonly requestId: string
  /** `iam:CreateUser`. */
  readonly action: string
  readonly origin: EntryOrigin
  readonly writes: readonly StreamWrite[]
  readonly reads: readonly StreamRead[]
}

export interface JournalEntry extends ProposedEntry {
  /** Gap-free, from 1, in commit order over all streams. */
  readonly position: number
  /** Hex SHA-256 of the entry before this one (64 zeros before the first). */
  readonly previousHash: string
}

/**
 * - `committed`: durable; the whole batch, in order.
 * - `conflict`: nothing was written; these streams are not at the revision that the batch assumed.
 * - `unknown`: it may or may not be durable (fsync failed, connection lost). Ask `find(entryId)` after `recover()`; never append again before.
 */
export type AppendOutcome =
  | { readonly kind: 'committed'; readonly entries: readonly JournalEntry[] }
  | { readonly kind: 'conflict'; readonly streams: readonly StreamId[] }
  | { readonly kind: 'unknown'; readonly cause: unknown }

/** Nothing was written and nothing is in doubt (disk full, read-only): the caller gets ServiceUnavailable and may retry. */
export class JournalUnavailable extends Error {
  override readonly name = 'JournalUnavailable'
}

/** The store is damaged or not ours: the process must not serve from it. The message says what to do. */
export class JournalDamaged extends Error {
  override readonly name = 'JournalDamaged'
}

/** Some records of one table of a snapshot; pages are written and loaded without holding the event loop. */
export interface SnapshotPage {
  readonly table: string
  readonly records: readonly (readonly [key: string, record: Json])[]
}

export interface Snapshot {
  readonly stream: StreamId
  readonly revision: number
  readonly pages: AsyncIterable<SnapshotPage> | Iterable<SnapshotPage>
}

/** An entry of a stream that is in the store but can no longer be read as what was committed. */
export interface DamagedEntry {
  /** Of the stream; 0 when it is the stream's own index that is damaged, so that no revision can be relied on. */
  readonly revision: number
  /** What is wrong, one line. */
  readonly reason: string
}

/**
 * The newest complete snapshot, if any, then every entry after it that writes to the stream, up to the stream's last
 * revision at the time of the call. A damaged snapshot is passed over (alarm, then an older one or the whole history).
 */
export interface LoadedStream {
  readonly snapshot: Snapshot | undefined
  readonly entries: AsyncIterable<JournalEntry>
  /**
   * The entries that `entries` had to leave out, known before the first is read. When there is one, the state that
   * the others make is not what was committed: show it, but allow nothing from it.
   */
  readonly damaged: readonly DamagedEntry[]
}

export interface JournalHead {
  readonly position: number
  /** Hash of the entry at `position`. */
  readonly hash: string
}

export interface Journal {
  /** Every stream that has at least one entry, with its last revision. */
  streams(): Promise<readonly StreamRead[]>
  load(stream: StreamId): Promise<LoadedStream>
  /**
   * Appends all or nothing. Entries are checked one after another against the revisions that the ones before them in the
   * batch leave behind: each `writes.revision` must be the stream's last + 1 and each `reads.revision` its last.
   * Throws JournalUnavailable when nothing was written and nothing is in doubt, and TypeError for a batch that no caller
   * should make (an entry id that is taken, an entry that writes to one stream twice).
   */
  append(batch: readonly ProposedEntry[]): Promise<AppendOutcome>
  /** After an `unknown`: makes the store's state certain again (reopen, reload). Throws JournalUnavailable while that is impossible. */
  recover(): Promise<void>
  /** Throws JournalUnavailable between an `unknown` and the `recover` that settles it: no answer would be true. */
  find(entryId: string): Promise<JournalEntry | undefined>
  /**
   * Delivers every entry after `position`, of this and other processes, once, in order, never within the call itself and
   * an entry of one's own after its `append` has resolved. `deliver` must not throw: a follower that missed an entry would
   * hold a state that never was, so what it throws is left to end the process. Returns how to stop.
   */
  follow(position: number, deliver: (entries: readonly JournalEntry[]) => void): () => void
  /** Counts only once its last page is stored; the newest two of a stream are kept. Throws RangeError for a revision that the stream has not reached. */
  writeSnapshot(snapshot: Snapshot): Promise<void>
  /** Position 0 and 64 zeros when nothing was ever appended. */
  head(): Promise<JournalHead>
  /** Finishes what was asked, stops every follower; each later call throws JournalUnavailable. */
  close(): Promise<void>
}
