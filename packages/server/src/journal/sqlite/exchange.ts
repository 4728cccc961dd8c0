/**
 * What the journal and its worker thread say to each other. Entries and pages cross as the text that is stored, so that
 * neither side clones deep objects.
 */

import type { StoredEntry } from '../entry-codec.ts'
import type { Failure } from '../failure.ts'
import type { DamagedEntry, JournalHead, StreamId, StreamRead } from '../journal.ts'
import type { JournalAlarm } from '../journal-alarm.ts'
import type { EntryRevisions } from '../revision-check.ts'

/** How the store is run; only tests and the crash campaign ever change any of it. */
export interface StoreTuning {
  /** NORMAL loses acknowledged entries with the power: it is here to prove that the crash tests would see it. */
  readonly synchronous: 'FULL' | 'NORMAL'
  /** Pages in the write-ahead log (4 KiB each) from which on it is copied into the main file. */
  readonly checkpointPages: number
  /** SQLite's own bound on the file, in pages: a full disk without one. */
  readonly pagesMax: number | undefined
  /** Up to this size the structure of the whole file is checked when it is opened: 64 MiB take about 0.1 s. */
  readonly checkedBytesMax: number
}

export interface StoreOptions {
  readonly file: string
  readonly tuning: StoreTuning
}

export interface AppendedEntry extends EntryRevisions {
  readonly entryId: string
  readonly body: string
}

export type AppendAnswer =
  /** Position of the first entry, and the previous hash of each. */
  | { readonly kind: 'committed'; readonly position: number; readonly previousHashes: readonly string[] }
  | { readonly kind: 'conflict'; readonly streams: readonly StreamId[] }
  | { readonly kind: 'unknown'; readonly reason: string }

export interface StreamAnswer {
  readonly revision: number
  /** Why the revision cannot be relied on, if so. */
  readonly damage: string | undefined
  /** Complete snapshots, newest first. */
  readonly snapshots: readonly StoredSnapshot[]
}

export interface StoredSnapshot {
  readonly id: number
  readonly revision: number
  readonly pages: number
}

/** Entries of a stream with a revision above `after`, up to `through`. */
export interface StreamRange {
  readonly stream: StreamId
  readonly after: number
  readonly through: number
}

/** What can be asked of the worker, and what it answers. */
export interface Exchange {
  readonly open: { readonly ask: undefined; readonly answer: undefined }
  readonly append: { readonly ask: readonly AppendedEntry[]; readonly answer: AppendAnswer }
  readonly recover: { readonly ask: undefined; readonly answer: undefined }
  readonly find: { readonly ask: string; readonly answer: StoredEntry | undefined }
  readonly readAfter: { readonly ask: number; readonly answer: readonly StoredEntry[] }
  readonly head: { readonly ask: undefined; readonly answer: JournalHead }
  readonly streams: { readonly ask: undefined; readonly answer: readonly StreamRead[] }
  readonly stream: { readonly ask: StreamId; readonly answer: StreamAnswer }
  /** Reads a part of the range; `through` says how far. */
  readonly verifyEntries: {
    readonly ask: StreamRange
    readonly answer: { readonly through: number; readonly damaged: readonly DamagedEntry[] }
  }
  readonly readEntries: {
    readonly ask: StreamRange
    readonly answer: { readonly through: number; readonly entries: readonly StoredEntry[] }
  }
  readonly isSnapshotWhole: { readonly ask: StoredSnapshot & { readonly stream: StreamId }; readonly answer: boolean }
  readonly readPage: {
    readonly ask: { readonly snapshot: number; readonly number: number }
    readonly answer: string | undefined
  }
  readonly beginSnapshot: { readonly ask: StreamRead; readonly answer: number }
  readonly addPage: {
    readonly ask: { readonly snapshot: number; readonly number: number; readonly text: string }
    readonly answer: undefined
  }
  readonly completeSnapshot: { readonly ask: number; readonly answer: undefined }
  readonly dropSnapshot: { readonly ask: number; readonly answer: undefined }
  readonly close: { readonly ask: undefined; readonly answer: undefined }
}

export type Kind = keyof Exchange

export interface Request<K extends Kind = Kind> {
  readonly id: number
  readonly kind: K
  readonly ask: Exchange[K]['ask']
}

export type Reply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failure: Failure }
  | { readonly alarm: JournalAlarm }
