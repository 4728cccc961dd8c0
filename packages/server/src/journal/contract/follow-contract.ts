import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Journal, JournalEntry } from '../journal.ts'
import { appendRevisions, followUntil, sampleEntry } from './sample-entries.ts'
import type { WithStore } from './with-store.ts'

export function followContract(withStore: WithStore): void {
  test('a follower gets the history after its position and then what is appended, once and in order', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      await appendRevisions(journal, 'account/1', [1, 700])
      const fromStart = followUntil(journal, 0, 720)
      const fromMiddle = followUntil(journal, 650, 70)
      const fromEnd = followUntil(journal, 700, 20)
      for (let revision = 1; revision <= 20; revision += 1)
        await appendRevisions(journal, 'account/2', [revision, revision])
      for (const [after, entries] of [
        [0, await fromStart],
        [650, await fromMiddle],
        [700, await fromEnd],
      ] as const) {
        assert.deepEqual(
          entries.map(({ position }) => position),
          Array.from({ length: 720 - after }, (_, index) => after + index + 1),
        )
      }
    }))

  test('a follower gets the entries of other handles, in the one order of the store', () =>
    withStore(async (store) => {
      const [follower, one, other] = await Promise.all([store.connect(), store.connect(), store.connect()])
      const followed = followUntil(follower, 0, 60)
      const write = async (journal: Journal, stream: string): Promise<void> => {
        for (let revision = 1; revision <= 20; revision += 1)
          await appendRevisions(journal, stream, [revision, revision])
      }
      await Promise.all([write(one, 'account/1'), write(other, 'account/2'), write(follower, 'account/3')])
      const entries = await followed
      for (const { entryId, position } of entries) assert.equal((await one.find(entryId))?.position, position)
    }))

  test('a follower gets its own entries as they were appended, and not before the append has resolved', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      let resolved = false
      const delivered = new Promise<readonly JournalEntry[]>((resolve, reject) => {
        journal.follow(0, (entries) => {
          if (resolved) resolve(entries)
          else reject(new Error('delivered before the append had resolved'))
        })
      })
      const outcome = await journal.append([sampleEntry('one', { writes: [['account/1', 1]] })])
      resolved = true
      assert.equal(outcome.kind, 'committed')
      assert.deepEqual(await delivered, outcome.kind === 'committed' ? outcome.entries : [])
    }))
}

export function followLimitsContract(withStore: WithStore): void {
  test('nothing is delivered within the call, nor after it was stopped', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      await appendRevisions(journal, 'account/1', [1, 3])
      const stopped: JournalEntry[] = []
      const stop = journal.follow(0, (entries) => stopped.push(...entries))
      assert.deepEqual(stopped, [])
      stop()
      const witness = followUntil(journal, 0, 4)
      await appendRevisions(journal, 'account/1', [4, 4])
      await witness
      assert.deepEqual(stopped, [])
    }))

  test('a batch that conflicts is delivered to nobody', () =>
    withStore(async (store) => {
      const journal = await store.connect()
      const followed = followUntil(journal, 0, 1)
      await journal.append([sampleEntry('bad', { writes: [['account/1', 9]] })])
      await appendRevisions(journal, 'account/1', [1, 1])
      assert.deepEqual(
        (await followed).map(({ entryId }) => entryId),
        ['account/1#1'],
      )
    }))
}
