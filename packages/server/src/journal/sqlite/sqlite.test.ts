import assert from 'node:assert/strict'
import { join } from 'node:path'
import { journalContract } from '../contract.ts'
import type { Journal } from '../journal.ts'
import { createSqliteJournal } from './sqlite.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

journalContract('SQLite', async () => {
  const directory = temporaryDirectory()
  const open = async (): Promise<Journal> =>
    createSqliteJournal({ file: join(directory.path, 'journal.db'), alarm: ({ message }) => assert.fail(message) })
  let owner = await open()
  return {
    connect: async () => sharedHandle(owner),
    async restart() {
      await owner.close()
      owner = await open()
      return owner
    },
    async dispose() {
      await owner.close()
      directory[Symbol.dispose]()
    },
  }
})

/** The store has one owner, so further handles are the owner itself; only it closes. */
function sharedHandle(owner: Journal): Journal {
  return {
    streams: async () => owner.streams(),
    load: async (stream) => owner.load(stream),
    append: async (batch) => owner.append(batch),
    recover: async () => owner.recover(),
    find: async (entryId) => owner.find(entryId),
    follow: (position, deliver) => owner.follow(position, deliver),
    writeSnapshot: async (snapshot) => owner.writeSnapshot(snapshot),
    head: async () => owner.head(),
    close: async () => {},
  }
}
