import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Worker } from 'node:worker_threads'
import { appendRevisions, followUntil, readEntries, sampleEntry } from '../contract/sample-entries.ts'
import type { ProposedEntry } from '../journal.ts'
import { temporaryDirectory } from '../temporary-directory.ts'
import { createSqliteJournal } from './sqlite.ts'

test('D-6: a file that may not grow refuses writes, writes nothing of them, goes on reading, and takes them with more room', async () => {
  using directory = temporaryDirectory()
  const file = join(directory.path, 'journal.db')
  const small = await createSqliteJournal({ file, tuning: { pagesMax: 40 } })
  await appendRevisions(small, 'account/1', [1, 1])
  const big = sampleEntry('big', { writes: [['account/2', 1]], record: 'x'.repeat(200_000) })
  const refused = { name: 'JournalUnavailable', message: /full/ }
  await assert.rejects(small.append([sampleEntry('small', { writes: [['account/1', 2]] }), big]), refused)
  await assert.rejects(small.append([big]), refused)
  const pages = [{ table: 'user', records: [['k', 'x'.repeat(200_000)] as const] }]
  await assert.rejects(small.writeSnapshot({ stream: 'account/1', revision: 1, pages }), refused)
  assert.equal(await small.find('small'), undefined)
  assert.equal((await readEntries(await small.load('account/1'))).length, 1)
  assert.equal((await appendRevisions(small, 'account/1', [2, 2])).at(0)?.position, 2)
  await small.close()
  const large = await createSqliteJournal({ file })
  assert.equal((await large.append([big])).kind, 'committed')
  assert.equal((await large.load('account/1')).snapshot, undefined)
  await large.close()
})

/** Ends the thread of the journal that is opened within, at a moment that the caller chooses. */
async function openWithThread(
  file: string,
): Promise<{ journal: Awaited<ReturnType<typeof createSqliteJournal>>; end: () => Promise<number> }> {
  const threads: Worker[] = []
  const collect = (worker: Worker): void => void threads.push(worker)
  process.on('worker', collect)
  const journal = await createSqliteJournal({ file })
  process.off('worker', collect)
  const [thread] = threads
  assert.ok(thread)
  return { journal, end: async () => thread.terminate() }
}

test('an append whose thread dies is in doubt until it was recovered, and then it is known', async () => {
  using directory = temporaryDirectory()
  const { journal, end } = await openWithThread(join(directory.path, 'journal.db'))
  await appendRevisions(journal, 'account/1', [1, 1])
  const followed = followUntil(journal, 0, 3)
  const appended = journal.append([sampleEntry('doubt', { writes: [['account/1', 2]] })])
  const [outcome] = await Promise.all([appended, end()])
  assert.equal(outcome.kind, 'unknown')
  await assert.rejects(journal.find('doubt'), { name: 'JournalUnavailable' })
  await assert.rejects(journal.append([]), { name: 'JournalUnavailable' })
  await journal.recover()
  if ((await journal.find('doubt')) === undefined) await appendRevisions(journal, 'account/1', [2, 2])
  await appendRevisions(journal, 'account/1', [3, 3])
  assert.equal((await followed).length, 3)
  await journal.close()
})

test('a thread that dies while nothing is being written is replaced without a word', async () => {
  using directory = temporaryDirectory()
  const { journal, end } = await openWithThread(join(directory.path, 'journal.db'))
  await appendRevisions(journal, 'account/1', [1, 3])
  const loading = journal.load('account/1')
  const [loaded] = await Promise.allSettled([loading, end()])
  if (loaded.status === 'rejected') assert.match(String(loaded.reason), /^JournalUnavailable: /)
  assert.equal((await journal.head()).position, 3)
  await appendRevisions(journal, 'account/1', [4, 4])
  await journal.close()
})

test('an entry of a version that is not known damages its own stream and no other', async () => {
  using directory = temporaryDirectory()
  const alarms: string[] = []
  const journal = await createSqliteJournal({
    file: join(directory.path, 'journal.db'),
    alarm: ({ kind, message }) => alarms.push(`${kind}: ${message}`),
  })
  await appendRevisions(journal, 'account/1', [1, 1])
  const later: ProposedEntry = JSON.parse(
    JSON.stringify({ ...sampleEntry('later', { writes: [['account/1', 2]] }), version: 2 }),
  )
  await journal.append([later, sampleEntry('other', { writes: [['account/2', 1]] })])
  const loaded = await journal.load('account/1')
  assert.deepEqual(loaded.damaged, [{ revision: 2, reason: 'version 2 is unknown' }])
  assert.deepEqual(
    (await readEntries(loaded)).map(({ entryId }) => entryId),
    ['account/1#1'],
  )
  assert.deepEqual(alarms, ['entry-damaged: revision 2 of `account/1`: version 2 is unknown'])
  assert.deepEqual((await journal.load('account/2')).damaged, [])
  await assert.rejects(journal.find('later'), { name: 'JournalDamaged' })
  await journal.close()
})

test('a follower stops before an entry that it cannot be given, and says so', async () => {
  using directory = temporaryDirectory()
  const { promise: stalled, resolve } = Promise.withResolvers<string>()
  const journal = await createSqliteJournal({
    file: join(directory.path, 'journal.db'),
    alarm: ({ kind, message }) => resolve(`${kind}: ${message}`),
  })
  await appendRevisions(journal, 'account/1', [1, 600])
  const later: ProposedEntry = JSON.parse(
    JSON.stringify({ ...sampleEntry('later', { writes: [['account/1', 601]] }), version: 2 }),
  )
  await journal.append([later])
  let last = 0
  journal.follow(0, (entries) => {
    last = entries.at(-1)?.position ?? last
  })
  assert.match(
    await stalled,
    /^follower-stalled: nothing after entry \d+ can be delivered: JournalDamaged: the entry at position 601 /,
  )
  assert.ok(last <= 600)
  await journal.close()
})

test('the log is copied into the main file before it is long, and what it held stays', async () => {
  using directory = temporaryDirectory()
  const file = join(directory.path, 'journal.db')
  const journal = await createSqliteJournal({ file, tuning: { checkpointPages: 50 } })
  for (let revision = 1; revision <= 300; revision += 1)
    await appendRevisions(journal, 'account/1', [revision, revision])
  assert.ok(statSync(`${file}-wal`).size < 100 * 4120)
  assert.ok(statSync(file).size > 100_000)
  assert.equal((await readEntries(await journal.load('account/1'))).length, 300)
  await journal.close()
})
