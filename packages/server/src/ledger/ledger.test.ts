import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import type { UserRecord } from '../account/records.ts'
import { type Journal, JournalUnavailable, type ProposedEntry } from '../journal/journal.ts'
import { createMemoryJournal, MemoryStore } from '../journal/memory.ts'
import { Ledger, WriteInDoubt } from './ledger.ts'
import type { Draft } from './overlay.ts'

const ACCOUNT = '123456789012'
const TIME = new Date('2026-11-22T12:00:00Z')

interface World {
  readonly store: MemoryStore
  readonly ledger: Ledger
  readonly alarms: string[]
}

async function open(store = new MemoryStore(), journal: Journal = createMemoryJournal(store)): Promise<World> {
  const alarms: string[] = []
  const alarm = (message: string): void => void alarms.push(message)
  const ledger = await Ledger.open({ journal, now: () => TIME, newId: randomUUID, alarm })
  return { store, ledger, alarms }
}

function write<T>(ledger: Ledger, attempt: (draft: Draft) => T): Promise<T> {
  const origin = { caller: 'arn:aws:iam::123456789012:root', sourceIp: '192.0.2.1', userAgent: 'test' }
  return ledger.write({ requestId: randomUUID(), action: 'iam:CreateUser', origin, attempt: (draft) => attempt(draft) })
}

function user(name: string): UserRecord {
  return { id: `AIDA${name}`, name, path: '/', createdAt: TIME.toISOString(), tags: [] }
}

function addUser(name: string): (draft: Draft) => string {
  return (draft) => {
    const account = draft.account(ACCOUNT) ?? draft.createAccount(ACCOUNT)
    if (account.tables.users.find(name) !== undefined) throw new Error(`${name} exists`)
    account.tables.users.put(user(name))
    return name
  }
}

function names(ledger: Ledger): string[] {
  const image = ledger.images.account(ACCOUNT)
  return image === undefined ? [] : [...image.tables.users.scan()].map((record) => record.name)
}

test('writers of one turn are appended together, each one seeing what the ones before it did', async () => {
  const appended: number[] = []
  const store = new MemoryStore()
  const journal = createMemoryJournal(store)
  const counting = overriding(journal, {
    append(batch) {
      appended.push(batch.length)
      return journal.append(batch)
    },
  })
  const { ledger } = await open(store, counting)
  const results = await Promise.allSettled(['a', 'b', 'a', 'c'].map((name) => write(ledger, addUser(name))))
  assert.deepEqual(appended, [3])
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
  )
  assert.deepEqual(names(ledger), ['a', 'b', 'c'])
  await ledger.close()
})

test('nothing of a batch is visible before it has committed', async () => {
  const store = new MemoryStore()
  const journal = createMemoryJournal(store)
  const gate = Promise.withResolvers<undefined>()
  const held = overriding(journal, {
    async append(batch) {
      await gate.promise
      return journal.append(batch)
    },
  })
  const { ledger } = await open(store, held)
  const writing = write(ledger, addUser('a'))
  await Promise.resolve()
  assert.deepEqual(names(ledger), [])
  gate.resolve(undefined)
  await writing
  assert.deepEqual(names(ledger), ['a'])
  await ledger.close()
})

test('two processes on one store lose no write and allow no name twice', async () => {
  const store = new MemoryStore()
  const [one, two] = [await open(store), await open(store)]
  await write(one.ledger, addUser('first'))
  const wanted = Array.from({ length: 40 }, (_, n) => `user-${n % 25}`)
  const results = await Promise.allSettled(
    wanted.map((name, n) => write(n % 2 === 0 ? one.ledger : two.ledger, addUser(name))),
  )
  const added = results.filter(({ status }) => status === 'fulfilled')
  assert.equal(added.length, 25)
  const { ledger } = await open(store)
  assert.equal(names(ledger).length, 26)
})

for (const isWritten of [true, false]) {
  test(`an append of unknown outcome that was ${isWritten ? '' : 'not '}written is asked about, and happens once`, async () => {
    const { store, ledger, alarms } = await open()
    await write(ledger, addUser('a'))
    store.failNextAppend(isWritten ? 'unknown, and written' : 'unknown, and not written')
    assert.equal(await write(ledger, addUser('b')), 'b')
    assert.deepEqual(names(ledger), ['a', 'b'])
    assert.equal(store.entries.length, 2)
    assert.equal(alarms.length, 1)
    await ledger.close()
  })
}

test('while the outcome of an append cannot be found out, writes are refused and reads go on; then it is settled', async () => {
  const store = new MemoryStore()
  const journal = createMemoryJournal(store)
  let isReachable = false
  const cut = overriding(journal, {
    async recover() {
      if (!isReachable) throw new JournalUnavailable('cut off')
      await journal.recover()
    },
  })
  const { ledger } = await open(store, cut)
  await write(ledger, addUser('a'))
  store.failNextAppend('unknown, and written')
  // Its own write may have been stored; the next one surely was not.
  await assert.rejects(write(ledger, addUser('b')), WriteInDoubt)
  await assert.rejects(write(ledger, addUser('c')), JournalUnavailable)
  assert.deepEqual(names(ledger), ['a'])
  isReachable = true
  await assert.rejects(write(ledger, addUser('b')), /b exists/)
  assert.equal(await write(ledger, addUser('c')), 'c')
  assert.deepEqual(names(ledger), ['a', 'b', 'c'])
  await ledger.close()
})

test('what cannot be stored is refused and leaves nothing behind, and nobody is told of it', async () => {
  const { store, ledger } = await open()
  await write(ledger, addUser('a'))
  store.failNextAppend('unavailable')
  const results = await Promise.allSettled([write(ledger, addUser('b')), write(ledger, addUser('b'))])
  for (const result of results) {
    assert.equal(result.status === 'rejected' && result.reason instanceof JournalUnavailable, true)
  }
  assert.deepEqual(names(ledger), ['a'])
  assert.equal(await write(ledger, addUser('b')), 'b')
  await ledger.close()
})

test('an attempt that changes nothing appends nothing, and one that throws leaves nothing', async () => {
  const { store, ledger } = await open()
  await write(ledger, addUser('a'))
  await write(ledger, (draft) => draft.account(ACCOUNT)?.tables.users.size)
  await assert.rejects(
    write(ledger, (draft) => {
      addUser('b')(draft)
      throw new Error('late')
    }),
    /late/,
  )
  assert.equal(store.entries.length, 1)
  assert.deepEqual(names(ledger), ['a'])
  await ledger.close()
})

test('a stored record that cannot be read raises an alarm and marks whom it concerns; the others load', async () => {
  const store = new MemoryStore()
  const journal = createMemoryJournal(store)
  const { ledger } = await open(store, journal)
  await write(ledger, addUser('a'))
  const bad: ProposedEntry = {
    ...entryOf(store),
    entryId: 'bad',
    writes: [
      { stream: `account/${ACCOUNT}`, revision: 2, changes: [{ table: 'users', key: 'b', record: { id: null } }] },
    ],
    reads: [],
  }
  await journal.append([bad])
  const { ledger: second, alarms } = await open(store)
  assert.deepEqual(names(second), ['a'])
  assert.equal(second.images.account(ACCOUNT)?.isDamaged('b'), true)
  assert.equal(alarms.length, 1)
})

/** A store in which an inline policy of user `a`, who is there, can no longer be read. */
async function storeWithDamage(): Promise<MemoryStore> {
  const store = new MemoryStore()
  const journal = createMemoryJournal(store)
  const { ledger } = await open(store, journal)
  await write(ledger, addUser('a'))
  const changes = [{ table: 'inlinePolicies', key: 'AIDAa deny', record: { ownerId: 'AIDAa', name: null } }]
  const writes = [{ stream: `account/${ACCOUNT}`, revision: 2, changes }]
  await journal.append([{ ...entryOf(store), entryId: 'bad', writes, reads: [] }])
  return store
}

test('a record that cannot be read is not forgotten by a snapshot: whom it concerns stays denied after the next start', async () => {
  const store = await storeWithDamage()
  const journal = createMemoryJournal(store)
  const snapshots: Promise<void>[] = []
  const watched = overriding(journal, {
    writeSnapshot(snapshot) {
      const written = journal.writeSnapshot(snapshot)
      snapshots.push(written)
      return written
    },
  })
  const { ledger } = await open(store, watched)
  const snapshotDue = 5_000
  await Promise.all(Array.from({ length: snapshotDue }, (_, n) => write(ledger, addUser(`user-${n}`))))
  await Promise.all(snapshots)
  await ledger.close()
  const { ledger: second } = await open(store)
  assert.equal(second.images.account(ACCOUNT)?.isDamaged('AIDAa'), true)
})

test('a record that is written anew is no longer damaged, for who wrote it as for who loads it', async () => {
  const store = await storeWithDamage()
  const { ledger } = await open(store)
  await write(ledger, (draft) => {
    draft.account(ACCOUNT)?.tables.inlinePolicies.put({ ownerId: 'AIDAa', name: 'deny', document: '{}' })
  })
  const { ledger: second } = await open(store)
  assert.equal(second.images.account(ACCOUNT)?.isDamaged('AIDAa'), false)
  assert.equal(ledger.images.account(ACCOUNT)?.isDamaged('AIDAa'), false)
})

test('a write whose outcome was in doubt takes nothing back that others wrote after it', async () => {
  const store = new MemoryStore()
  const journal = createMemoryJournal(store)
  const delayed = overriding(journal, {
    async recover() {
      const { ledger: other } = await open(store)
      await write(other, (draft) => draft.account(ACCOUNT)?.tables.users.delete('a'))
      await journal.recover()
    },
  })
  const { ledger } = await open(store, delayed)
  await write(ledger, addUser('a'))
  store.failNextAppend('unknown, and written')
  await write(ledger, addUser('b'))
  assert.deepEqual(names(ledger), ['b'])
  await ledger.close()
})

test('a ledger opened again from snapshot and entries has the same records', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(30), fc.boolean()), { maxLength: 40 }), async (steps) => {
      const { store, ledger } = await open()
      await write(ledger, addUser('first'))
      for (const [n, isDelete] of steps) {
        const name = `user-${n}`
        await write(ledger, (draft) => {
          const users = draft.account(ACCOUNT)?.tables.users
          if (isDelete) users?.delete(name)
          else users?.put(user(name))
        })
      }
      const { ledger: second } = await open(store)
      assert.deepEqual(names(second), names(ledger))
      assert.equal(second.images.account(ACCOUNT)?.revision, ledger.images.account(ACCOUNT)?.revision)
    }),
    { numRuns: 30 },
  )
})

function entryOf(store: MemoryStore): ProposedEntry {
  return store.at(1)
}

/** The journal with some of its calls replaced. */
function overriding(journal: Journal, calls: Partial<Pick<Journal, 'append' | 'recover' | 'writeSnapshot'>>): Journal {
  return {
    streams: () => journal.streams(),
    load: (stream) => journal.load(stream),
    append: (batch) => journal.append(batch),
    recover: () => journal.recover(),
    find: (entryId) => journal.find(entryId),
    follow: (position, deliver) => journal.follow(position, deliver),
    writeSnapshot: (snapshot) => journal.writeSnapshot(snapshot),
    head: () => journal.head(),
    close: () => journal.close(),
    ...calls,
  }
}
