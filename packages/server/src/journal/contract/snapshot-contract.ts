import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Journal, SnapshotPage } from '../journal.ts'
import { appendRevisions, readEntries, readPages } from './sample-entries.ts'
import type { WithStore } from './with-store.ts'

function page(mark: string): SnapshotPage {
  return { table: 'user', records: [['mark', mark]] }
}

async function loadedFrom(journal: Journal): Promise<readonly [number | undefined, readonly SnapshotPage[], number]> {
  const loaded = await journal.load('account/1')
  return [loaded.snapshot?.revision, await readPages(loaded), (await readEntries(loaded)).length]
}

export function snapshotContract(withStore: WithStore): void {
  test('a stream loads as its newest snapshot and the entries after it', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      await appendRevisions(journal, 'account/1', [1, 10])
      for (const revision of [3, 5, 8]) {
        await journal.writeSnapshot({ stream: 'account/1', revision, pages: [page(`at ${revision}`)] })
      }
      assert.deepEqual(await loadedFrom(journal), [8, [page('at 8')], 2])
    }))

  test('a snapshot of an older revision that comes late does not hide a newer one', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      await appendRevisions(journal, 'account/1', [1, 10])
      for (const revision of [8, 3]) {
        await journal.writeSnapshot({ stream: 'account/1', revision, pages: [page(`at ${revision}`)] })
      }
      assert.deepEqual(await loadedFrom(journal), [8, [page('at 8')], 2])
    }))

  test('a snapshot that was not finished does not count', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      await appendRevisions(journal, 'account/1', [1, 10])
      await journal.writeSnapshot({ stream: 'account/1', revision: 5, pages: [page('whole')] })
      async function* pages(): AsyncGenerator<SnapshotPage, void, undefined> {
        yield page('half')
        assert.deepEqual(await loadedFrom(journal), [5, [page('whole')], 5])
        throw new Error('the writer stopped')
      }
      const unfinished = journal.writeSnapshot({ stream: 'account/1', revision: 9, pages: pages() })
      await assert.rejects(unfinished, { message: 'the writer stopped' })
      assert.deepEqual(await loadedFrom(journal), [5, [page('whole')], 5])
      assert.deepEqual(await loadedFrom(await store.restart()), [5, [page('whole')], 5])
    }))
}

export function snapshotShapeContract(withStore: WithStore): void {
  test('a snapshot may be empty, have empty tables, and be written again at the same revision', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      await appendRevisions(journal, 'account/1', [1, 2])
      await journal.writeSnapshot({ stream: 'account/1', revision: 2, pages: [] })
      assert.deepEqual(await loadedFrom(journal), [2, [], 0])
      const pages: SnapshotPage[] = [{ table: 'user', records: [] }, page('again')]
      await journal.writeSnapshot({ stream: 'account/1', revision: 2, pages })
      assert.deepEqual(await loadedFrom(journal), [2, pages, 0])
    }))

  test('a snapshot of a revision that the stream has not reached is refused', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      await appendRevisions(journal, 'account/1', [1, 2])
      for (const revision of [0, 3, 1.5]) {
        await assert.rejects(journal.writeSnapshot({ stream: 'account/1', revision, pages: [] }), RangeError)
      }
      await assert.rejects(journal.writeSnapshot({ stream: 'account/2', revision: 1, pages: [] }), RangeError)
    }))

  test('a page of any size comes back as pages of at most 1,000 records, none lost', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      await appendRevisions(journal, 'account/1', [1, 1])
      const small = Array.from({ length: 2_500 }, (_, n) => [`s${n}`, n] as const)
      const large = Array.from({ length: 40 }, (_, n) => [`l${n}`, 'x'.repeat(100_000)] as const)
      const pages: SnapshotPage[] = [
        { table: 'small', records: small },
        { table: 'large', records: large },
      ]
      await journal.writeSnapshot({ stream: 'account/1', revision: 1, pages })
      const read = await readPages(await journal.load('account/1'))
      for (const { table, records } of read) assert.ok(records.length <= (table === 'small' ? 1_000 : 3))
      for (const { table, records } of pages) {
        assert.deepEqual(
          read.filter((one) => one.table === table).flatMap((one) => one.records),
          records,
        )
      }
    }))
}
