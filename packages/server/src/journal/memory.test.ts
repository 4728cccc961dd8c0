import assert from 'node:assert/strict'
import { test } from 'node:test'
import { journalContract } from './contract.ts'
import { appendRevisions, followUntil, sampleEntry } from './contract/sample-entries.ts'
import type { Journal } from './journal.ts'
import { createMemoryJournal, MemoryStore } from './memory.ts'

journalContract('memory', async () => {
  const store = new MemoryStore()
  const handles: Journal[] = []
  const connect = async (): Promise<Journal> => {
    const journal = createMemoryJournal(store)
    handles.push(journal)
    return journal
  }
  const dispose = async (): Promise<void> => {
    for (const handle of handles) await handle.close()
  }
  const restart = async (): Promise<Journal> => {
    await dispose()
    return connect()
  }
  return { connect, restart, dispose }
})

test('an append that was told to be unavailable writes nothing, and the next one works', async () => {
  const store = new MemoryStore()
  const journal = createMemoryJournal(store)
  store.failNextAppend('unavailable')
  await assert.rejects(appendRevisions(journal, 'account/1', [1, 1]), { name: 'JournalUnavailable' })
  assert.equal((await appendRevisions(journal, 'account/1', [1, 1])).length, 1)
  await journal.close()
})

for (const written of [true, false]) {
  test(`an append in doubt that was ${written ? '' : 'not '}written is settled by recover and find`, async () => {
    const store = new MemoryStore()
    const journal = createMemoryJournal(store)
    const followed = followUntil(journal, 0, written ? 2 : 1)
    store.failNextAppend(written ? 'unknown, and written' : 'unknown, and not written')
    const outcome = await journal.append([sampleEntry('doubt', { writes: [['account/1', 1]] })])
    assert.equal(outcome.kind, 'unknown')
    await assert.rejects(journal.find('doubt'), { name: 'JournalUnavailable' })
    await assert.rejects(journal.append([]), { name: 'JournalUnavailable' })
    await journal.recover()
    assert.equal((await journal.find('doubt'))?.position, written ? 1 : undefined)
    await appendRevisions(journal, 'account/2', [1, 1])
    assert.equal((await followed).at(-1)?.entryId, 'account/2#1')
    await journal.close()
  })
}
