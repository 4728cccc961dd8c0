/** How the writer of the crash tests names what it writes, so that whoever looks afterwards can tell whether it is whole. */

import type { Snapshot, SnapshotPage, StreamId } from '../../src/journal/journal.ts'

export const WRITERS = 8
export const SHARED_STREAM: StreamId = 'directory'
const SNAPSHOT_PAGES = 3
const RECORDS_PER_PAGE = 50

export function streamOf(writer: number): StreamId {
  return `account/${writer}`
}

export function batchName(session: string, writer: number, number: number): string {
  return `${session}.${writer}.${number}`
}

/** The entry id says which entry of how many it is. */
export function entryName(batch: string, index: number, size: number): string {
  return `${batch}:${index}/${size}`
}

export function readEntryName(entryId: string): { readonly batch: string; readonly size: number } {
  const [, batch, size] = /^(.+):\d+\/(\d+)$/.exec(entryId) ?? []
  if (batch === undefined) throw new Error(`\`${entryId}\` is not an entry of the writer`)
  return { batch, size: Number(size) }
}

/** A snapshot of several pages whose every record says of which revision it is. */
export function snapshotOf(stream: StreamId, revision: number): Snapshot {
  return { stream, revision, pages: pagesOf(revision) }
}

/** Whether these are all the pages of the snapshot at that revision, and of no other. */
export function isSnapshotAt(revision: number, pages: readonly SnapshotPage[]): boolean {
  return JSON.stringify(pages) === JSON.stringify(pagesOf(revision))
}

function pagesOf(revision: number): readonly SnapshotPage[] {
  return Array.from({ length: SNAPSHOT_PAGES }, (_page, number) => ({
    table: `table ${number}`,
    records: Array.from({ length: RECORDS_PER_PAGE }, (_record, key) => [`${key}`, revision] as const),
  }))
}
