/** Entries and small moves that the contract's tests are written in. */

import type { Journal, JournalEntry, Json, LoadedStream, ProposedEntry, SnapshotPage, StreamId } from '../journal.ts'

/** A store under test, and how to reach it more than once. */
export interface ContractStore {
  /** One more handle. A store with a single owner hands out its owner, whose `close` does nothing. */
  connect(): Promise<Journal>
  /** Closes all handles and opens the store anew; what is only in memory stays as it is. */
  restart(): Promise<Journal>
  dispose(): Promise<void>
}

/** Makes an empty store. */
export type OpenStore = () => Promise<ContractStore>

/** `[stream, revision]` pairs; a write creates the revision, a read has seen it. */
export interface Revisions {
  readonly writes?: readonly (readonly [StreamId, number])[]
  readonly reads?: readonly (readonly [StreamId, number])[]
  readonly record?: Json
}

/** An entry that puts one record into each stream that it writes to. */
export function sampleEntry(entryId: string, { writes = [], reads = [], record = { n: 1 } }: Revisions): ProposedEntry {
  return {
    version: 1,
    entryId,
    time: '2026-01-01T00:00:00.000Z',
    requestId: `request of ${entryId}`,
    action: 'iam:CreateUser',
    origin: { caller: 'arn:aws:iam::123456789012:root', sourceIp: '192.0.2.1', userAgent: 'contract' },
    writes: writes.map(([stream, revision]) => ({
      stream,
      revision,
      changes: [{ table: 'user', key: entryId, record }],
    })),
    reads: reads.map(([stream, revision]) => ({ stream, revision })),
  }
}

/** Appends one entry per revision from `first` to `last` to a stream, in one batch; ids are `stream#revision`. */
export async function appendRevisions(
  journal: Journal,
  stream: StreamId,
  [first, last]: readonly [number, number],
): Promise<readonly JournalEntry[]> {
  const batch: ProposedEntry[] = []
  for (let revision = first; revision <= last; revision += 1) {
    batch.push(sampleEntry(`${stream}#${revision}`, { writes: [[stream, revision]] }))
  }
  const outcome = await journal.append(batch)
  if (outcome.kind !== 'committed') throw new Error(`the batch was not committed but \`${outcome.kind}\``)
  return outcome.entries
}

/** Every entry of a loaded stream. */
export async function readEntries({ entries }: LoadedStream): Promise<readonly JournalEntry[]> {
  const read: JournalEntry[] = []
  for await (const entry of entries) read.push(entry)
  return read
}

/** Every page of a loaded stream's snapshot. */
export async function readPages({ snapshot }: LoadedStream): Promise<readonly SnapshotPage[]> {
  const read: SnapshotPage[] = []
  for await (const page of snapshot?.pages ?? []) read.push(page)
  return read
}

/** Follows until `count` entries have come; rejects if one comes twice or out of order. */
export function followUntil(journal: Journal, after: number, count: number): Promise<readonly JournalEntry[]> {
  return new Promise((resolve, reject) => {
    const seen: JournalEntry[] = []
    const stop = journal.follow(after, (entries) => {
      for (const entry of entries) {
        if (entry.position !== after + seen.length + 1)
          reject(new Error(`position ${entry.position} came out of order`))
        seen.push(entry)
      }
      if (seen.length < count) return
      stop()
      resolve(seen)
    })
  })
}
