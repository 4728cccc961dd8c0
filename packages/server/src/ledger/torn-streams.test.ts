import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { type Journal, JournalUnavailable } from '../journal/journal.ts'
import { createMemoryJournal, MemoryStore } from '../journal/memory.ts'
import { Ledger } from './ledger.ts'
import type { Draft } from './overlay.ts'
import { TornStreams } from './torn-streams.ts'

const ACCOUNT = '123456789012'
const TIME = new Date('2026-11-22T12:00:00Z')

test('a stream that misses an entry and cannot be loaded is read on and not written on, until it can be loaded', async () => {
  const store = new MemoryStore()
  const writer = await Ledger.open({ ...quiet, journal: createMemoryJournal(store) })
  const outage = { isOver: false }
  const alarms: string[] = []
  const waits: { readonly milliseconds: number; readonly end: () => void }[] = []
  const ledger = await Ledger.open({
    ...quiet,
    journal: cutJournal(store, outage),
    alarm: (message) => alarms.push(message),
    wait: (milliseconds) => new Promise((end) => waits.push({ milliseconds, end })),
  })
  for (const name of ['a', 'b', 'c']) await addUser(writer, name)
  // The entry of `b` was lost on the way.
  await settled()
  assert.deepEqual(names(ledger), ['a'])
  await assert.rejects(addUser(ledger, 'd'), JournalUnavailable)
  await assert.rejects(addUser(ledger, 'd'), JournalUnavailable)
  waits[0]?.end()
  await settled()
  assert.deepEqual(names(ledger), ['a'])
  outage.isOver = true
  waits[1]?.end()
  await settled()
  assert.deepEqual(names(ledger), ['a', 'b', 'c'])
  assert.deepEqual(
    waits.map(({ milliseconds }) => milliseconds),
    [100, 200],
  )
  await addUser(ledger, 'd')
  assert.deepEqual(alarms, [
    'a stream could not be loaded; nothing is written before it is',
    'writes cannot be stored; reads go on',
    'the stream was loaded',
    'writes are stored again',
  ])
  await ledger.detach()
  await writer.detach()
})

test('a write loads what is torn itself, without waiting for the next try', async () => {
  const store = new MemoryStore()
  const writer = await Ledger.open({ ...quiet, journal: createMemoryJournal(store) })
  const outage = { isOver: false }
  const wait = (): Promise<void> => new Promise(() => {})
  const ledger = await Ledger.open({ ...quiet, journal: cutJournal(store, outage), wait })
  for (const name of ['a', 'b', 'c']) await addUser(writer, name)
  await settled()
  outage.isOver = true
  await addUser(ledger, 'd')
  assert.deepEqual(names(ledger), ['a', 'b', 'c', 'd'])
})

test('a load that began before the latest tear does not mend it, and pauses grow to ten seconds', async () => {
  const loads: PromiseWithResolvers<undefined>[] = []
  const pauses: number[] = []
  const torn = new TornStreams({
    load: async () => {
      const load = Promise.withResolvers<undefined>()
      loads.push(load)
      await load.promise
    },
    alarm: () => {},
    wait: async (milliseconds) => void pauses.push(milliseconds),
  })
  const whole = torn.add('account/1', 2)
  void torn.add('account/1', 3)
  loads[0]?.resolve(undefined)
  await settled()
  assert.deepEqual([torn.size, loads.length], [1, 2])
  for (let at = 1; at < 10; at += 1) {
    loads[at]?.reject(new Error('not yet'))
    await settled()
  }
  assert.deepEqual(pauses, [100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000])
  loads[10]?.resolve(undefined)
  await whole
  assert.equal(torn.size, 0)
})

const quiet = { now: () => TIME, newId: randomUUID, alarm: () => {} }

/** Loses the second entry that it follows, and loads nothing before the outage is over. */
function cutJournal(store: MemoryStore, outage: { readonly isOver: boolean }): Journal {
  const journal = createMemoryJournal(store)
  return {
    streams: () => journal.streams(),
    load: (stream) => (outage.isOver ? journal.load(stream) : Promise.reject(new JournalUnavailable('cut off'))),
    append: (batch) => journal.append(batch),
    recover: () => journal.recover(),
    find: (entryId) => journal.find(entryId),
    follow: (position, deliver) =>
      journal.follow(position, (entries) => deliver(entries.filter((entry) => entry.position !== 2))),
    writeSnapshot: (snapshot) => journal.writeSnapshot(snapshot),
    head: () => journal.head(),
    close: () => journal.close(),
  }
}

function addUser(ledger: Ledger, name: string): Promise<void> {
  const origin = { caller: 'arn:aws:iam::123456789012:root', sourceIp: '192.0.2.1', userAgent: 'test' }
  const attempt = (draft: Draft): void => {
    const account = draft.account(ACCOUNT) ?? draft.createAccount(ACCOUNT)
    account.tables.users.put({ id: `AIDA${name}`, name, path: '/', createdAt: TIME.toISOString(), tags: [] })
  }
  return ledger.write({ requestId: randomUUID(), action: 'iam:CreateUser', origin, attempt })
}

function names(ledger: Ledger): string[] {
  return [...(ledger.images.account(ACCOUNT)?.tables.users.scan() ?? [])].map(({ name }) => name)
}

/** Everything that can go on without anybody's help has. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
