import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { appendRevisions, readEntries } from '../contract/sample-entries.ts'
import type { JournalAlarm } from '../journal-alarm.ts'
import { temporaryDirectory } from '../temporary-directory.ts'
import { assertSqliteVersion } from './database.ts'
import { createSqliteJournal } from './sqlite.ts'

test('M-09: the files of the journal are for their owner only, also when they were not', async () => {
  using directory = temporaryDirectory()
  const file = join(directory.path, 'made', 'journal.db')
  const journal = await createSqliteJournal({ file })
  await appendRevisions(journal, 'account/1', [1, 1])
  assert.equal(statSync(join(directory.path, 'made')).mode & 0o777, 0o700)
  for (const suffix of ['', '-wal', '-head']) assert.equal(statSync(`${file}${suffix}`).mode & 0o777, 0o600, suffix)
  await journal.close()
  chmodSync(file, 0o644)
  await (await createSqliteJournal({ file })).close()
  assert.equal(statSync(file).mode & 0o777, 0o600)
})

test('D-10: there is one connection, and no other is let in, of this process or another', async () => {
  using directory = temporaryDirectory()
  const file = join(directory.path, 'journal.db')
  const journal = await createSqliteJournal({ file })
  await appendRevisions(journal, 'account/1', [1, 1])
  const refused = { name: 'JournalUnavailable', message: `"${file}" is open in another process` }
  await assert.rejects(createSqliteJournal({ file }), refused)
  await assert.rejects(createSqliteJournal({ file }), refused)
  const script = `new (require('node:sqlite').DatabaseSync)(${JSON.stringify(file)}).exec('PRAGMA wal_checkpoint(TRUNCATE)')`
  const other = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' })
  assert.match(other.stderr, /database is locked/)
  assert.deepEqual(readdirSync(directory.path).toSorted(), [
    'journal.db',
    'journal.db-head',
    'journal.db-lock',
    'journal.db-wal',
  ])
  await appendRevisions(journal, 'account/1', [2, 2])
  await journal.close()
})

test('D-10: a log that a killed process has left behind is read without sharing it', async () => {
  using directory = temporaryDirectory()
  const file = join(directory.path, 'journal.db')
  const journal = await createSqliteJournal({ file })
  await appendRevisions(journal, 'account/1', [1, 3])
  mkdirSync(join(directory.path, 'left'))
  for (const suffix of ['', '-wal', '-head'])
    copyFileSync(`${file}${suffix}`, join(directory.path, 'left', `journal.db${suffix}`))
  await journal.close()
  const left = await createSqliteJournal({ file: join(directory.path, 'left', 'journal.db') })
  assert.equal((await left.head()).position, 3)
  assert.deepEqual(readdirSync(join(directory.path, 'left')).toSorted(), [
    'journal.db',
    'journal.db-head',
    'journal.db-lock',
    'journal.db-wal',
  ])
  await left.close()
})

test('D-10: an SQLite that is too old for the tables is refused by its version', () => {
  for (const version of ['3.36.0', '3.7.17', '2.8.17']) {
    assert.throws(() => assertSqliteVersion(version), {
      name: 'JournalUnavailable',
      message: /^this Node has SQLite \d/,
    })
  }
  for (const version of ['3.37.0', '3.51.3', '3.100.1', '4.0.0']) assertSqliteVersion(version)
})

test('a database of something else is refused and left as it was', async () => {
  using directory = temporaryDirectory()
  const file = join(directory.path, 'other.db')
  const other = new DatabaseSync(file)
  other.exec('CREATE TABLE other (a)')
  other.close()
  const before = readFileSync(file)
  await assert.rejects(createSqliteJournal({ file }), { name: 'JournalDamaged', message: /something else/ })
  assert.deepEqual(readFileSync(file), before)
  assert.deepEqual(readdirSync(directory.path), ['other.db', 'other.db-lock'])
})

test('D-5: a file that is no database at all is refused in one line that says what to do', async () => {
  using directory = temporaryDirectory()
  const file = join(directory.path, 'journal.db')
  writeFileSync(file, 'this is not a database, whatever its name says. '.repeat(100))
  await assert.rejects(createSqliteJournal({ file }), {
    name: 'JournalDamaged',
    message: `"${file}" is damaged (file is not a database): stop, keep a copy of the data directory, and restore it from a backup`,
  })
})

test('a file that a crash left empty becomes a journal', async () => {
  using directory = temporaryDirectory()
  const file = join(directory.path, 'journal.db')
  writeFileSync(file, '')
  const journal = await createSqliteJournal({ file })
  await appendRevisions(journal, 'account/1', [1, 1])
  await journal.close()
})

test('a directory that cannot be made is one line, and the same call works once it can', async () => {
  using directory = temporaryDirectory()
  const inTheWay = join(directory.path, 'data')
  const file = join(inTheWay, 'journal.db')
  writeFileSync(inTheWay, '')
  await assert.rejects(createSqliteJournal({ file }), {
    name: 'JournalUnavailable',
    message: /^"[^"\n]+" cannot be used: [^\n]+$/,
  })
  mkdirSync(join(directory.path, 'moved'))
  await (await createSqliteJournal({ file: join(directory.path, 'moved', 'journal.db') })).close()
})

const suffixes = ['', '-head'] as const

/** Makes a journal of ten entries and keeps a copy of its files as they were after five. */
async function makeWithOlderCopy(directory: string): Promise<string> {
  const file = join(directory, 'journal.db')
  const journal = await createSqliteJournal({ file })
  await appendRevisions(journal, 'account/1', [1, 5])
  await journal.close()
  for (const suffix of suffixes) copyFileSync(`${file}${suffix}`, join(directory, `older${suffix}`))
  const again = await createSqliteJournal({ file })
  await appendRevisions(again, 'account/1', [6, 10])
  await again.close()
  return file
}

test('D-4: an older copy of the file in its place is opened, reported, and kept as evidence', async () => {
  using directory = temporaryDirectory()
  const file = await makeWithOlderCopy(directory.path)
  copyFileSync(join(directory.path, 'older'), file)
  const alarms: JournalAlarm[] = []
  const journal = await createSqliteJournal({ file, alarm: (alarm) => alarms.push(alarm) })
  assert.deepEqual(alarms, [
    {
      kind: 'tail-lost',
      message: `"${file}" ends at entry 5, and entry 10 had been acknowledged; what was found is kept in "${file}-head.tail-lost"`,
    },
  ])
  assert.match(readFileSync(`${file}-head.tail-lost`, 'latin1'), /^10 /)
  assert.equal((await readEntries(await journal.load('account/1'))).length, 5)
  await journal.close()
  await (await createSqliteJournal({ file, alarm: ({ message }) => assert.fail(message) })).close()
})

test('D-4: another history in the place of the one that was acknowledged is reported', async () => {
  using directory = temporaryDirectory()
  const file = await makeWithOlderCopy(directory.path)
  copyFileSync(join(directory.path, 'older'), join(directory.path, 'forked.db'))
  const fork = await createSqliteJournal({ file: join(directory.path, 'forked.db') })
  await appendRevisions(fork, 'account/2', [1, 10])
  await fork.close()
  copyFileSync(join(directory.path, 'forked.db'), file)
  const alarms: string[] = []
  await (await createSqliteJournal({ file, alarm: ({ kind }) => alarms.push(kind) })).close()
  assert.deepEqual(alarms, ['history-replaced'])
})

test('a record of what was acknowledged that cannot be read is reported, and the journal opens', async () => {
  using directory = temporaryDirectory()
  const file = await makeWithOlderCopy(directory.path)
  writeFileSync(`${file}-head`, readFileSync(`${file}-head`, 'latin1').replace('10 ', '11 '))
  const alarms: string[] = []
  const journal = await createSqliteJournal({ file, alarm: ({ kind }) => alarms.push(kind) })
  assert.deepEqual(alarms, ['head-unreadable'])
  assert.equal((await journal.head()).position, 10)
  await journal.close()
})
