import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleEntry } from './contract/sample-entries.ts'
import { FIRST_HASH } from './entry-codec.ts'
import { Followers } from './followers.ts'
import { JournalDamaged, JournalUnavailable, type JournalEntry } from './journal.ts'

function entryAt(position: number): JournalEntry {
  return { ...sampleEntry(`e${position}`, {}), position, previousHash: FIRST_HASH }
}

/** A store of entries that is read two at a time, and fails first as often as it is told. */
function sourceOf(store: readonly JournalEntry[], failures: Error[]) {
  const reads: number[] = []
  const stalls: number[] = []
  const followers = new Followers({
    async readAfter(position) {
      reads.push(position)
      const failure = failures.shift()
      if (failure !== undefined) throw failure
      return store.slice(position, position + 2)
    },
    stalled: (position) => stalls.push(position),
  })
  return { followers, reads, stalls }
}

/** Resolves with the positions once `last` was delivered. */
function deliveredUpTo(followers: Followers, last: number): Promise<readonly number[]> {
  return new Promise((resolve) => {
    const positions: number[] = []
    followers.add(0, (entries) => {
      positions.push(...entries.map(({ position }) => position))
      if (positions.at(-1) === last) resolve(positions)
    })
  })
}

test('a store that cannot be read just now is read again, and nothing is left out', async () => {
  const store = [1, 2, 3].map(entryAt)
  const { followers, stalls } = sourceOf(store, [new JournalUnavailable('not now')])
  assert.deepEqual(await deliveredUpTo(followers, 3), [1, 2, 3])
  assert.deepEqual(stalls, [])
  followers.clear()
})

test('a damaged store stops the follower where it is, once, and no other follower', async () => {
  const store = [1, 2, 3].map(entryAt)
  const { followers, stalls } = sourceOf(store, [new JournalDamaged('a bit flipped')])
  const never: number[] = []
  followers.add(0, (entries) => never.push(...entries.map(({ position }) => position)))
  assert.deepEqual(await deliveredUpTo(followers, 3), [1, 2, 3])
  assert.deepEqual([stalls, never], [[0], []])
  followers.clear()
})

test('what is committed while a follower is up to date is not read from the store again', async () => {
  const store = [entryAt(1)]
  const { followers, reads } = sourceOf(store, [])
  const first = deliveredUpTo(followers, 1)
  await first
  const { promise: second, resolve } = Promise.withResolvers<number | undefined>()
  followers.add(1, (entries) => resolve(entries.at(-1)?.position))
  // Both have read that there is nothing more.
  while (reads.length < 3) await new Promise(setImmediate)
  const before = reads.length
  store.push(entryAt(2))
  followers.committed([entryAt(2)])
  assert.equal(await second, 2)
  assert.equal(reads.length, before)
  followers.clear()
})

test('a commit that a follower was not told of is found when it looks again', async () => {
  const store = [entryAt(1)]
  const { followers } = sourceOf(store, [])
  const delivered = deliveredUpTo(followers, 2)
  store.push(entryAt(2))
  followers.lookAgain()
  assert.deepEqual(await delivered, [1, 2])
  followers.clear()
})
