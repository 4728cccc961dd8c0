import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeEntry, FIRST_HASH, hashEntry } from '../entry-codec.ts'
import { appendRevisions, readEntries, sampleEntry } from './sample-entries.ts'
import type { WithStore } from './with-store.ts'

export function appendContract(withStore: WithStore): void {
  test('entries get gap-free positions from 1 in the order of the batch', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      const first = await appendRevisions(journal, 'account/1', [1, 3])
      const second = await appendRevisions(journal, 'account/1', [4, 5])
      assert.deepEqual(
        [...first, ...second].map(({ position }) => position),
        [1, 2, 3, 4, 5],
      )
    }))

  test('each entry carries the hash of the one before it, and the head the hash of the last', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      assert.deepEqual(await journal.head(), { position: 0, hash: FIRST_HASH })
      const entries = await appendRevisions(journal, 'account/1', [1, 3])
      let previousHash = FIRST_HASH
      for (const entry of entries) {
        assert.equal(entry.previousHash, previousHash)
        previousHash = hashEntry({ position: entry.position, previousHash, body: encodeEntry(entry) })
      }
      assert.deepEqual(await journal.head(), { position: 3, hash: previousHash })
      await appendRevisions(journal, 'account/1', [4, 4])
      assert.equal((await journal.find('account/1#4'))?.previousHash, previousHash)
    }))

  test('an empty batch is committed and changes nothing', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      assert.deepEqual(await journal.append([]), { kind: 'committed', entries: [] })
      assert.equal((await journal.head()).position, 0)
    }))

  test('an entry may write to several streams, or only record that it read', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      const both = sampleEntry('both', {
        writes: [
          ['account/1', 1],
          ['directory', 1],
        ],
      })
      const none = sampleEntry('none', { reads: [['account/1', 1]] })
      assert.equal((await journal.append([both, none])).kind, 'committed')
      for (const stream of ['account/1', 'directory']) {
        assert.deepEqual(
          (await readEntries(await journal.load(stream))).map(({ entryId }) => entryId),
          ['both'],
        )
      }
      assert.equal((await journal.find('none'))?.position, 2)
    }))
}

export function refusalContract(withStore: WithStore): void {
  test('a batch with an entry id that is taken, or twice in it, is refused and nothing is written', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      await appendRevisions(journal, 'account/1', [1, 1])
      const fresh = sampleEntry('fresh', { writes: [['account/2', 1]] })
      const taken = sampleEntry('account/1#1', { writes: [['account/1', 2]] })
      await assert.rejects(journal.append([fresh, taken]), { name: 'TypeError', message: /`account\/1#1`/ })
      const again = sampleEntry('fresh', { writes: [['account/2', 2]] })
      await assert.rejects(journal.append([fresh, again]), { name: 'TypeError', message: /`fresh`/ })
      assert.equal(await journal.find('fresh'), undefined)
      assert.equal((await journal.head()).position, 1)
      assert.equal((await journal.append([fresh])).kind, 'committed')
    }))

  test('an entry that writes to one stream twice is refused', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      const twice = sampleEntry('twice', {
        writes: [
          ['account/1', 1],
          ['account/1', 2],
        ],
      })
      await assert.rejects(journal.append([twice]), TypeError)
      assert.equal((await journal.head()).position, 0)
    }))

  test('a closed journal refuses each call', () =>
    withStore(async (store) => {
      const journal = await store.restart()
      await journal.close()
      await assert.rejects(journal.append([]), { name: 'JournalUnavailable' })
      await assert.rejects(journal.head(), { name: 'JournalUnavailable' })
      await assert.rejects(journal.load('account/1'), { name: 'JournalUnavailable' })
      await journal.close()
    }))
}
