/** Whether a batch still fits the state that it was made on. One rule for every implementation of the journal. */

import type { ProposedEntry, StreamId, StreamRead } from './journal.ts'

/** What of an entry decides whether it fits. */
export interface EntryRevisions {
  readonly writes: readonly StreamRead[]
  readonly reads: readonly StreamRead[]
}

export type RevisionCheck =
  /** `revisions`: the last revision of each stream that the batch writes to, once it is appended. */
  | { readonly kind: 'fits'; readonly revisions: ReadonlyMap<StreamId, number> }
  | { readonly kind: 'conflict'; readonly streams: readonly StreamId[] }

/**
 * Checks entries one after another, each against what the ones before it in the batch leave behind. `lastRevision`
 * answers for the store (0: no such stream). Every stream that moved is named, and none that only follows from another.
 */
export function checkRevisions(
  batch: readonly EntryRevisions[],
  lastRevision: (stream: StreamId) => number,
): RevisionCheck {
  const revisions = new Map<StreamId, number>()
  const moved = new Set<StreamId>()
  const last = (stream: StreamId): number => revisions.get(stream) ?? lastRevision(stream)
  for (const { writes, reads } of batch) {
    for (const { stream, revision } of reads) if (last(stream) !== revision) moved.add(stream)
    for (const { stream, revision } of writes) {
      if (last(stream) !== revision - 1) moved.add(stream)
    }
    for (const { stream, revision } of writes) revisions.set(stream, revision)
  }
  return moved.size === 0 ? { kind: 'fits', revisions } : { kind: 'conflict', streams: [...moved] }
}

/** Throws TypeError for a batch that no caller should make: one entry id twice, or one stream twice in an entry. */
export function assertBatch(batch: readonly ProposedEntry[]): void {
  const ids = new Set<string>()
  for (const { entryId, writes } of batch) {
    if (ids.has(entryId)) throw new TypeError(`entry \`${entryId}\` is in the batch twice`)
    ids.add(entryId)
    const streams = new Set(writes.map(({ stream }) => stream))
    if (streams.size !== writes.length) throw new TypeError(`entry \`${entryId}\` writes to one stream twice`)
  }
}

/** Throws RangeError for a snapshot of a revision that the stream does not have. */
export function assertReached(stream: StreamId, revision: number, last: number): void {
  if (Number.isSafeInteger(revision) && revision >= 1 && revision <= last) return
  throw new RangeError(`revision ${revision} of \`${stream}\` is not one of its ${last}`)
}
