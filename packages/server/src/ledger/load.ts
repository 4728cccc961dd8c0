/** Loads a stream's image: the newest snapshot, then the entries after it, without holding the event loop. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AccountImage } from '../account/account-tables.ts'
import type { DirectoryImage } from '../account/directory-tables.ts'
import type { Journal, Snapshot, SnapshotPage, StreamId } from '../journal/journal.ts'

/** Entries applied before the event loop gets its turn; some tens of microseconds each. */
const ENTRIES_PER_TURN = 100
const RECORDS_PER_PAGE = 500

/** The image, with everything in the journal applied; records and entries that cannot be read are marked in it. */
export async function loadImage<I extends AccountImage | DirectoryImage>(journal: Journal, empty: I): Promise<I> {
  const { snapshot, entries, damaged } = await journal.load(empty.stream)
  if (snapshot !== undefined) {
    for await (const page of snapshot.pages) {
      for (const [key, record] of page.records) empty.load(page.table, key, record)
    }
    empty.startAt(snapshot.revision)
  }
  for (const { revision, reason } of damaged) empty.taint(`entry of revision ${revision}: ${reason}`)
  let applied = 0
  for await (const entry of entries) {
    for (const write of entry.writes) {
      if (write.stream === empty.stream && write.revision > empty.revision) empty.apply(write.revision, write.changes)
    }
    applied += 1
    if (applied % ENTRIES_PER_TURN === 0) await nextTurn()
  }
  return empty
}

/** A snapshot of the image as it is now, read page by page while the image's successors go on changing. */
export function snapshotOf(stream: StreamId, image: AccountImage | DirectoryImage): Snapshot {
  const still = image.fork()
  return { stream, revision: still.revision, pages: pagesOf(still) }
}

function* pagesOf(image: AccountImage | DirectoryImage): Iterable<SnapshotPage> {
  let table = ''
  let records: SnapshotPage['records'][number][] = []
  for (const [name, key, record] of image.records()) {
    if (records.length > 0 && (name !== table || records.length >= RECORDS_PER_PAGE)) {
      yield { table, records }
      records = []
    }
    table = name
    records.push([key, record])
  }
  if (records.length > 0) yield { table, records }
}
