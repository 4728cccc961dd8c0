import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json, SnapshotPage } from '../journal.ts'
import { appendRevisions, readEntries, readPages, sampleEntry } from './sample-entries.ts'
import type { WithStore } from './with-store.ts'

export function loadContract(withStore: WithStore): void {
  test('a stream loads as its own entries in the order of their revisions', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      for (let revision = 1; revision <= 5; revision += 1) {
        for (const stream of ['account/1', 'account/2']) await appendRevisions(journal, stream, [revision, revision])
      }
      const loaded = await journal.load('account/2')
      assert.equal(loaded.snapshot, undefined)
      assert.deepEqual(loaded.damaged, [])
      const entries = await readEntries(loaded)
      assert.deepEqual(
        entries.map(({ entryId, position }) => [entryId, position]),
        [1, 2, 3, 4, 5].map((revision) => [`account/2#${revision}`, revision * 2]),
      )
      for (const entry of entries) assert.deepEqual(entry, await journal.find(entry.entryId))
    }))

  test('a stream without entries loads empty, and an entry that is not there is not found', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      const loaded = await journal.load('account/404')
      assert.deepEqual([loaded.snapshot, loaded.damaged, await readEntries(loaded)], [undefined, [], []])
      assert.equal(await journal.find('nothing'), undefined)
    }))

  test('every stream is listed with its last revision', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      const batch = Array.from({ length: 300 }, (_, n) => sampleEntry(`e${n}`, { writes: [[`account/${n}`, 1]] }))
      await journal.append(batch)
      await appendRevisions(journal, 'account/7', [2, 4])
      const streams = new Map((await journal.streams()).map(({ stream, revision }) => [stream, revision]))
      assert.equal(streams.size, 300)
      assert.equal(streams.get('account/7'), 4)
      assert.equal(streams.get('account/299'), 1)
    }))

  test('what is appended while a stream is being read does not change what was loaded', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      await appendRevisions(journal, 'account/1', [1, 2])
      const loaded = await journal.load('account/1')
      await appendRevisions(journal, 'account/1', [3, 4])
      assert.equal((await readEntries(loaded)).length, 2)
    }))
}

export function restartContract(withStore: WithStore): void {
  test('a restart keeps entries, snapshots, revisions and the hash chain', () =>
    withStore(async (store) => {
      const before = await store.restart()
      await appendRevisions(before, 'account/1', [1, 6])
      await before.writeSnapshot({ stream: 'account/1', revision: 4, pages: [{ table: 'user', records: [['k', 1]] }] })
      const [head, streams] = [await before.head(), await before.streams()]
      const entries = await readEntries(await before.load('account/1'))
      const after = await store.restart()
      assert.deepEqual([await after.head(), await after.streams()], [head, streams])
      const loaded = await after.load('account/1')
      assert.deepEqual(await readPages(loaded), [{ table: 'user', records: [['k', 1]] }])
      assert.deepEqual(await readEntries(loaded), entries)
      const [next] = await appendRevisions(after, 'account/1', [7, 7])
      assert.deepEqual([next?.position, next?.previousHash], [7, head.hash])
    }))
}

const hostileRecords: readonly Json[] = [
  { text: '\u0000 \u2028 \ud800 "\\ \u{1F600} </x>' },
  JSON.parse('{"__proto__": {"admin": true}, "constructor": {"prototype": 1}}'),
  { numbers: [0, -1, 1e21, 9007199254740991, 0.1], nothing: null, truth: [true, false], empty: {} },
  null,
]

export function contentContract(withStore: WithStore): void {
  test('O-01: any JSON comes back as it was, with __proto__ as an ordinary member', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      const batch = hostileRecords.map((record, n) => sampleEntry(`e${n}`, { writes: [['account/1', n + 1]], record }))
      await journal.append(batch)
      const pages: SnapshotPage[] = [{ table: 'any', records: hostileRecords.map((record, n) => [`${n}`, record]) }]
      const entries = await readEntries(await journal.load('account/1'))
      const read = entries.map(({ writes }) => writes[0]?.changes[0]?.record)
      assert.equal(JSON.stringify(read), JSON.stringify(hostileRecords))
      assert.equal(Object.getPrototypeOf(read[1]), Object.prototype)
      await journal.writeSnapshot({ stream: 'account/1', revision: 1, pages })
      assert.equal(JSON.stringify(await readPages(await journal.load('account/1'))), JSON.stringify(pages))
    }))

  test('an entry of some megabytes comes back whole', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      const record = 'ä'.repeat(2_000_000)
      const huge = ['a', 'b', 'c'].map((id, n) => sampleEntry(id, { writes: [['account/1', n + 1]], record }))
      assert.equal((await journal.append(huge)).kind, 'committed')
      const entries = await readEntries(await journal.load('account/1'))
      assert.deepEqual(
        entries.map(({ writes }) => writes[0]?.changes[0]?.record === record),
        [true, true, true],
      )
    }))

  test('what a caller does to its objects afterwards changes nothing in the journal', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      const record = { name: 'alice' }
      const appended = journal.append([sampleEntry('one', { writes: [['account/1', 1]], record })])
      record.name = 'mallory'
      await appended
      const [entry] = await readEntries(await journal.load('account/1'))
      assert.deepEqual(entry?.writes[0]?.changes[0]?.record, { name: 'alice' })
    }))

  test('O-06: a revision that is not a whole number fits nothing', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      for (const revision of [0.5, 1.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1, Number.POSITIVE_INFINITY]) {
        const entry = sampleEntry('odd', { writes: [['account/1', revision]] })
        assert.deepEqual(await journal.append([entry]), { kind: 'conflict', streams: ['account/1'] })
      }
    }))
}
