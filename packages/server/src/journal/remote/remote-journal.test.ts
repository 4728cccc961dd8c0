import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { journalContract } from '../contract.ts'
import { appendRevisions, sampleEntry } from '../contract/sample-entries.ts'
import type { Journal } from '../journal.ts'
import { createMemoryJournal, MemoryStore } from '../memory.ts'
import { temporaryDirectory } from '../temporary-directory.ts'
import { type JournalServer, serveJournal } from './journal-server.ts'
import { connectJournal } from './remote-journal.ts'

journalContract('remote, over a Unix socket', async () => {
  const directory = temporaryDirectory()
  const path = join(directory.path, 'journal.sock')
  const store = new MemoryStore()
  let owner = createMemoryJournal(store)
  let server: JournalServer = await serveJournal(owner, path)
  const handles: Journal[] = []
  const connect = async (): Promise<Journal> => {
    const journal = await connectJournal(path, () => {})
    handles.push(journal)
    return journal
  }
  const stop = async (): Promise<void> => {
    for (const handle of handles.splice(0)) await handle.close()
    await server.close()
    await owner.close()
  }
  const restart = async (): Promise<Journal> => {
    await stop()
    owner = createMemoryJournal(store)
    server = await serveJournal(owner, path)
    return connect()
  }
  const dispose = async (): Promise<void> => {
    await stop()
    directory[Symbol.dispose]()
  }
  return { connect, restart, dispose }
})

test('M-03: the inner interface of the server is a socket that only its owner can open, and takes no credential', async () => {
  using directory = temporaryDirectory()
  const path = join(directory.path, 'journal.sock')
  const server = await serveJournal(createMemoryJournal(), path)
  assert.equal(statSync(path).mode & 0o777, 0o600)
  await server.close()
})

test('an append is answered only when every other worker has applied it', async () => {
  using directory = temporaryDirectory()
  const path = join(directory.path, 'journal.sock')
  const server = await serveJournal(createMemoryJournal(), path)
  const writer = await connectJournal(path, () => {})
  const other = await connectJournal(path, () => {})
  const applied: number[] = []
  other.follow(0, (entries) => applied.push(...entries.map(({ position }) => position)))
  await other.head()
  for (let revision = 1; revision <= 20; revision += 1) {
    await appendRevisions(writer, 'account/1', [revision, revision])
    assert.equal(applied.at(-1), revision)
  }
  await writer.close()
  await other.close()
  await server.close()
})

test('two workers whose appends commit in the same turn both get their answer: neither waits for the other', async () => {
  using directory = temporaryDirectory()
  const path = join(directory.path, 'journal.sock')
  const server = await serveJournal(appendingInPairs(createMemoryJournal()), path)
  const lost: string[] = []
  const one = await connectJournal(path, () => lost.push('one'))
  const two = await connectJournal(path, () => lost.push('two'))
  const applied: number[][] = [[], []]
  for (const [index, worker] of [one, two].entries()) {
    worker.follow(0, (entries) => applied[index]?.push(...entries.map(({ position }) => position)))
    await worker.head()
  }
  const outcomes = await Promise.all([
    one.append([sampleEntry('one', { writes: [['account/1', 1]] })]),
    two.append([sampleEntry('two', { writes: [['account/2', 1]] })]),
  ])
  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    ['committed', 'committed'],
  )
  assert.deepEqual(lost, [])
  await Promise.all([one.close(), two.close()])
  await server.close()
})

/** Commits the next two appends one right after the other, so that followers are told of both together. */
function appendingInPairs(journal: Journal): Journal {
  const both = Promise.withResolvers<undefined>()
  let asked = 0
  return {
    streams: () => journal.streams(),
    load: (stream) => journal.load(stream),
    async append(batch) {
      asked += 1
      if (asked === 2) both.resolve(undefined)
      await both.promise
      return journal.append(batch)
    },
    recover: () => journal.recover(),
    find: (entryId) => journal.find(entryId),
    follow: (position, deliver) => journal.follow(position, deliver),
    writeSnapshot: (snapshot) => journal.writeSnapshot(snapshot),
    head: () => journal.head(),
    close: () => journal.close(),
  }
}

test('a worker hears that its supervisor is gone, and does not know what became of an append', async () => {
  using directory = temporaryDirectory()
  const path = join(directory.path, 'journal.sock')
  const store = new MemoryStore()
  const server = await serveJournal(createMemoryJournal(store), path)
  const { promise: lost, resolve } = Promise.withResolvers<undefined>()
  const worker = await connectJournal(path, () => resolve(undefined))
  const append = worker.append([sampleEntry('one', { writes: [['account/1', 1]] })])
  const closing = server.close()
  assert.equal((await append).kind, 'unknown')
  await Promise.all([closing, lost])
  await assert.rejects(worker.append([sampleEntry('two', { writes: [['account/1', 1]] })]), {
    name: 'JournalUnavailable',
  })
})
