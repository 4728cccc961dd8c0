/** What the worker does for each kind of request. */

import type { RaiseAlarm } from '../journal-alarm.ts'
import { assertReached } from '../revision-check.ts'
import type { Exchange, Kind, StoredSnapshot, StreamRange } from './exchange.ts'
import type { Store } from './store.ts'

export type Answerers = { readonly [K in Kind]: (ask: Exchange[K]['ask']) => Exchange[K]['answer'] }

/** One function per kind of request. They throw the port's errors, or SQLite's. */
export function answerers(store: Store, alarm: RaiseAlarm): Answerers {
  return {
    open() {
      store.open()
      return undefined
    },
    append: (batch) => store.append(batch),
    recover() {
      store.recover()
      return undefined
    },
    close() {
      store.close()
      return undefined
    },
    head: () => store.open().head,
    streams: () => Array.from(store.open().revisions, ([stream, revision]) => ({ stream, revision })),
    ...entryAnswerers(store, alarm),
    ...snapshotAnswerers(store, alarm),
  }
}

function entryAnswerers(
  store: Store,
  alarm: RaiseAlarm,
): Pick<Answerers, 'find' | 'readAfter' | 'stream' | 'verifyEntries' | 'readEntries'> {
  return {
    find: (entryId) => store.settled().entries.find(entryId),
    readAfter: (position) => store.open().entries.readAfter(position),
    stream(stream) {
      const { revisions, disagreeing, snapshots } = store.open()
      return {
        revision: revisions.get(stream) ?? 0,
        damage: disagreeing.get(stream),
        snapshots: snapshots.list(stream),
      }
    },
    verifyEntries(range: StreamRange) {
      const answer = store.open().entries.verify(range)
      for (const { revision, reason } of answer.damaged) {
        alarm({ kind: 'entry-damaged', message: `revision ${revision} of \`${range.stream}\`: ${reason}` })
      }
      return answer
    },
    readEntries: (range) => store.open().entries.read(range),
  }
}

function snapshotAnswerers(
  store: Store,
  alarm: RaiseAlarm,
): Pick<Answerers, 'isSnapshotWhole' | 'readPage' | 'beginSnapshot' | 'addPage' | 'completeSnapshot' | 'dropSnapshot'> {
  const beingWritten = new Set<number>()
  return {
    isSnapshotWhole(snapshot: StoredSnapshot & { readonly stream: string }) {
      const isWhole = store.open().snapshots.isWhole(snapshot)
      if (!isWhole) {
        const message = `the snapshot of \`${snapshot.stream}\` at revision ${snapshot.revision} is passed over`
        alarm({ kind: 'snapshot-damaged', message })
      }
      return isWhole
    },
    readPage: ({ snapshot, number }) => store.open().snapshots.page(snapshot, number),
    beginSnapshot({ stream, revision }) {
      assertReached(stream, revision, store.open().revisions.get(stream) ?? 0)
      const id = store.write(({ snapshots }) => {
        // Those that a crash has left behind.
        for (const unfinished of snapshots.unfinished()) if (!beingWritten.has(unfinished)) snapshots.drop(unfinished)
        return snapshots.begin({ stream, revision })
      })
      beingWritten.add(id)
      return id
    },
    addPage({ snapshot, number, text }) {
      store.write(({ snapshots }) => snapshots.addPage(snapshot, number, text))
      return undefined
    },
    completeSnapshot(snapshot) {
      store.write(({ snapshots }) => snapshots.complete(snapshot))
      beingWritten.delete(snapshot)
      return undefined
    },
    dropSnapshot(snapshot) {
      beingWritten.delete(snapshot)
      store.write(({ snapshots }) => snapshots.drop(snapshot))
      return undefined
    },
  }
}
