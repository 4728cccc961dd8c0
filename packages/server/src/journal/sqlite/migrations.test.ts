import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { APPLICATION_ID, claim, migrate, migrations } from './migrations.ts'

function versionOf(database: DatabaseSync): unknown {
  return database.prepare('PRAGMA user_version').get()?.['user_version']
}

test('a new file gets its mark and every migration', () => {
  const database = new DatabaseSync(':memory:')
  claim(database, 'j.db')
  claim(database, 'j.db')
  migrate(database, 'j.db')
  assert.equal(versionOf(database), migrations.length)
  assert.equal(database.prepare('PRAGMA application_id').get()?.['application_id'], APPLICATION_ID)
  assert.equal(Buffer.from(APPLICATION_ID.toString(16), 'hex').toString(), 'iamd')
})

test('a file of an earlier version gets only what it lacks, and a migrated one nothing', () => {
  const database = new DatabaseSync(':memory:')
  migrate(database, 'j.db', ['CREATE TABLE one (a)'])
  migrate(database, 'j.db', ['CREATE TABLE one (a)', 'CREATE TABLE two (a)'])
  migrate(database, 'j.db', ['CREATE TABLE one (a)', 'CREATE TABLE two (a)'])
  assert.equal(versionOf(database), 2)
})

test('D-9: a migration that fails half-way leaves the version before it, whole', () => {
  const database = new DatabaseSync(':memory:')
  const broken = [
    'CREATE TABLE one (a)',
    'CREATE TABLE two (a); INSERT INTO two VALUES (1); INSERT INTO nowhere VALUES (1)',
  ]
  assert.throws(() => migrate(database, 'j.db', broken), /no such table: nowhere/)
  assert.equal(versionOf(database), 1)
  assert.deepEqual(
    database
      .prepare(`SELECT name FROM sqlite_schema`)
      .all()
      .map(({ name }) => name),
    ['one'],
  )
  migrate(database, 'j.db', ['CREATE TABLE one (a)', 'CREATE TABLE two (a)'])
  assert.equal(versionOf(database), 2)
})

test('a file that a later release has written is refused, with what to do', () => {
  const database = new DatabaseSync(':memory:')
  migrate(database, 'j.db', ['CREATE TABLE one (a)', 'CREATE TABLE two (a)'])
  assert.throws(() => migrate(database, 'j.db', ['CREATE TABLE one (a)']), {
    name: 'JournalDamaged',
    message: '"j.db" has format 2, this release knows 1: start the release that wrote it, or a later one',
  })
})

test('a database of something else is refused', () => {
  for (const statement of ['CREATE TABLE other (a)', 'PRAGMA application_id = 1', 'PRAGMA user_version = 1']) {
    const database = new DatabaseSync(':memory:')
    database.exec(statement)
    assert.throws(() => claim(database, 'j.db'), {
      name: 'JournalDamaged',
      message: /^"j.db" is a database of something else/,
    })
  }
})
