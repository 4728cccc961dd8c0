import assert from 'node:assert/strict'
import { test } from 'node:test'
import { appendRevisions, readEntries, sampleEntry } from './sample-entries.ts'
import type { WithStore } from './with-store.ts'

export function conflictContract(withStore: WithStore): void {
  test('a taken revision, and one that would leave a gap, conflict and name the stream', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      await appendRevisions(journal, 'account/1', [1, 2])
      for (const revision of [1, 2, 4, 0]) {
        const entry = sampleEntry(`at ${revision}`, { writes: [['account/1', revision]] })
        assert.deepEqual(await journal.append([entry]), { kind: 'conflict', streams: ['account/1'] })
      }
    }))

  test('a stream that was read and has moved conflicts, also when it did not exist or does not yet', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      await appendRevisions(journal, 'organization/o-1', [1, 2])
      for (const [stream, revision] of [
        ['organization/o-1', 1],
        ['organization/o-1', 0],
        ['organization/o-2', 1],
      ] as const) {
        const entry = sampleEntry('reads', { writes: [['account/1', 1]], reads: [[stream, revision]] })
        assert.deepEqual(await journal.append([entry]), { kind: 'conflict', streams: [stream] })
      }
      const fits = sampleEntry('reads', {
        writes: [['account/1', 1]],
        reads: [
          ['organization/o-1', 2],
          ['organization/o-2', 0],
        ],
      })
      assert.equal((await journal.append([fits])).kind, 'committed')
    }))

  test('entries of a batch are checked against what the ones before them leave behind', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      const one = sampleEntry('one', { writes: [['account/1', 1]] })
      const stale = sampleEntry('stale', { writes: [['account/2', 1]], reads: [['account/1', 0]] })
      assert.deepEqual(await journal.append([one, stale]), { kind: 'conflict', streams: ['account/1'] })
      const fresh = sampleEntry('fresh', { writes: [['account/2', 1]], reads: [['account/1', 1]] })
      const next = sampleEntry('next', { writes: [['account/1', 2]], reads: [['account/1', 1]] })
      assert.equal((await journal.append([one, fresh, next])).kind, 'committed')
    }))

  test('a conflict names every stream that moved and none that only follows from another', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      await appendRevisions(journal, 'account/1', [1, 5])
      await appendRevisions(journal, 'account/2', [1, 1])
      const batch = [
        sampleEntry('a', { writes: [['account/1', 3]] }),
        sampleEntry('b', { writes: [['account/1', 4]], reads: [['account/1', 3]] }),
        sampleEntry('c', { writes: [['account/3', 1]], reads: [['account/2', 2]] }),
        sampleEntry('d', { writes: [['account/3', 2]] }),
      ]
      assert.deepEqual(await journal.append(batch), { kind: 'conflict', streams: ['account/1', 'account/2'] })
    }))
}

export function atomicityContract(withStore: WithStore): void {
  test('nothing of a batch that conflicts is written', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      const batch = [
        sampleEntry('good', { writes: [['account/1', 1]] }),
        sampleEntry('bad', { writes: [['account/2', 7]] }),
      ]
      assert.equal((await journal.append(batch)).kind, 'conflict')
      assert.equal((await journal.head()).position, 0)
      assert.equal(await journal.find('good'), undefined)
      assert.deepEqual(await journal.streams(), [])
      assert.deepEqual(await readEntries(await journal.load('account/1')), [])
      assert.equal((await appendRevisions(journal, 'account/1', [1, 1])).at(0)?.position, 1)
    }))

  test('of two handles that append the same revision at once exactly one commits', () =>
    withStore(async (store) => {
      const handles = await Promise.all([store.connect(), store.connect(), store.connect()])
      for (let revision = 1; revision <= 20; revision += 1) {
        const outcomes = await Promise.all(
          handles.map((handle, n) =>
            handle.append([sampleEntry(`${revision} by ${n}`, { writes: [['account/1', revision]] })]),
          ),
        )
        assert.deepEqual(outcomes.map(({ kind }) => kind).toSorted(), ['committed', 'conflict', 'conflict'])
      }
    }))

  test('removing a permission in one handle makes a write that had read it conflict in another', () =>
    withStore(async (store) => {
      const [one, other] = await Promise.all([store.connect(), store.connect()])
      await appendRevisions(one, 'organization/o-1', [1, 1])
      const authorisedBefore = sampleEntry('late', { writes: [['account/1', 1]], reads: [['organization/o-1', 1]] })
      await appendRevisions(one, 'organization/o-1', [2, 2])
      assert.deepEqual(await other.append([authorisedBefore]), { kind: 'conflict', streams: ['organization/o-1'] })
    }))
}
