import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, suite, test } from 'node:test'
import { temporaryDirectory } from '../../src/journal/temporary-directory.ts'
import { judge } from './judge.ts'
import { copyStore, makeSample, STREAMS, type Truth } from './sample-store.ts'

const directory = temporaryDirectory()
let truth: Truth

before(async () => {
  truth = await makeSample(directory.path, { inLog: false })
})
after(() => directory[Symbol.dispose]())

/** Each column that holds something, with the row of it that belongs to the first stream and how that stream is hit. */
const columns = [
  { table: 'entry', column: 'entry_id', row: 'position = 40', serves: STREAMS },
  { table: 'entry', column: 'previous_hash', row: 'position = 40', serves: STREAMS.slice(1) },
  { table: 'entry', column: 'hash', row: 'position = 40', serves: STREAMS.slice(1) },
  { table: 'entry', column: 'body', row: 'position = 40', serves: STREAMS.slice(1) },
  { table: 'entry', column: 'hash', row: 'position = 90', serves: STREAMS.slice(0, 2) },
  {
    table: 'stream_entry',
    column: 'stream',
    row: `stream = '${STREAMS[0]}' AND revision = 25`,
    serves: STREAMS.slice(1),
  },
  {
    table: 'stream_entry',
    column: 'revision',
    row: `stream = '${STREAMS[0]}' AND revision = 25`,
    serves: STREAMS.slice(1),
  },
  {
    table: 'stream_entry',
    column: 'position',
    row: `stream = '${STREAMS[0]}' AND revision = 25`,
    serves: STREAMS.slice(1),
  },
  { table: 'stream', column: 'stream', row: `stream = '${STREAMS[0]}'`, serves: STREAMS.slice(1) },
  { table: 'stream', column: 'revision', row: `stream = '${STREAMS[0]}'`, serves: STREAMS.slice(1) },
  { table: 'snapshot', column: 'stream', row: `stream = '${STREAMS[0]}'`, serves: STREAMS },
  { table: 'snapshot', column: 'revision', row: `stream = '${STREAMS[0]}'`, serves: STREAMS },
  { table: 'snapshot', column: 'pages', row: `stream = '${STREAMS[0]}'`, serves: STREAMS },
  { table: 'snapshot', column: 'digest', row: `stream = '${STREAMS[0]}'`, serves: STREAMS },
  { table: 'snapshot_page', column: 'digest', row: 'number = 1', serves: STREAMS },
  { table: 'snapshot_page', column: 'body', row: 'number = 1', serves: STREAMS },
] as const

/** Where SQLite itself keeps NULL out, whatever the schema says: keys of tables without a row id. */
const KEYS: ReadonlySet<string> = new Set(['stream_entry.stream', 'stream_entry.revision', 'stream.stream'])

const poisons = {
  NULL: 'NULL',
  empty: `''`,
  'the wrong type': `x'00ff'`,
  huge: `printf('%.*c', 3000000, 'x')`,
  'another number': '7',
} as const

/** Takes every guard off the tables, as a damaged or foreign writer would not have had them. */
function poison(file: string, statement: string): void {
  const database = new DatabaseSync(file, { defensive: false })
  database.exec(`PRAGMA writable_schema = ON;
    CREATE TABLE kept AS SELECT rowid AS id, sql FROM sqlite_schema;
    UPDATE sqlite_schema SET sql = replace(replace(sql, 'NOT NULL', ''), 'STRICT', '') WHERE name <> 'kept'`)
  const version = Number(database.prepare('PRAGMA schema_version').get()?.['schema_version'])
  database.exec(`PRAGMA schema_version = ${version + 1}`)
  database.close()
  const bare = new DatabaseSync(file, { defensive: false })
  bare.exec(statement)
  bare.exec(`PRAGMA writable_schema = ON;
    UPDATE sqlite_schema SET sql = (SELECT sql FROM kept WHERE kept.id = sqlite_schema.rowid) WHERE name <> 'kept';
    PRAGMA schema_version = ${version + 2}`)
  bare.close()
  const guarded = new DatabaseSync(file)
  guarded.exec('DROP TABLE kept')
  guarded.close()
}

suite('a poisoned record keeps nobody else from being served', () => {
  for (const { table, column, row, serves } of columns) {
    test(`${table}.${column} where ${row}`, async () => {
      for (const [name, value] of Object.entries(poisons)) {
        const into = join(directory.path, `${table} ${column} ${name}`)
        copyStore(directory.path, into)
        const statement = `UPDATE OR REPLACE ${table} SET ${column} = ${value} WHERE ${row}`
        if (name === 'NULL' && KEYS.has(`${table}.${column}`)) {
          assert.throws(() => poison(join(into, 'journal.db'), statement), /NOT NULL/)
          continue
        }
        poison(join(into, 'journal.db'), statement)
        const verdict = await judge(into, truth)
        assert.deepEqual(verdict.lies, [], name)
        assert.equal(verdict.refused, undefined, name)
        for (const stream of serves) assert.equal(verdict.revisions.get(stream), 30, `${name}: ${stream}`)
      }
    })
  }
})
