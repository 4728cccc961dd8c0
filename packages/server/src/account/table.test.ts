import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Change } from '../journal/journal.ts'
import { isRecordOf, isText, isWhole, type Shaped } from './shape.ts'
import { Table, type TableSchema } from './table.ts'

const isThing = isRecordOf({ name: isText, owner: isText, size: isWhole })
type Thing = Shaped<typeof isThing>
const schema: TableSchema<Thing, 'owner'> = {
  name: 'things',
  guard: isThing,
  key: ({ name }) => name,
  indexes: { owner: ({ name, owner }) => (owner === '' ? undefined : `${owner} ${name}`) },
  decides: false,
}

const name = fc.constantFrom('a', 'aa', 'ab', 'b', 'ba', 'c')
const step = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), name, owner: fc.constantFrom('', 'x', 'y'), size: fc.nat(9) }),
  fc.record({ kind: fc.constant('delete' as const), name }),
  fc.record({ kind: fc.constant('fork' as const) }),
)

test('a table is a map ordered by key, and its forks and origin change apart', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const kept: { table: Table<Thing, 'owner'>; model: Map<string, Thing> }[] = []
      let table = Table.empty(schema)
      let model = new Map<string, Thing>()
      for (const move of steps) {
        if (move.kind === 'fork') {
          kept.push({ table, model })
          table = table.fork()
          model = new Map(model)
        } else if (move.kind === 'put') {
          const thing = { name: move.name, owner: move.owner, size: move.size }
          table.put(thing)
          model.set(move.name, thing)
        } else {
          table.delete(move.name)
          model.delete(move.name)
        }
        // After every step: what was looked up once is remembered.
        for (const key of ['a', 'aa', 'ab', 'b', 'ba', 'c']) assert.equal(table.find(key), model.get(key))
      }
      for (const world of [...kept, { table, model }]) assertSame(world.table, world.model)
    }),
  )
})

function assertSame(table: Table<Thing, 'owner'>, model: ReadonlyMap<string, Thing>): void {
  const sorted = [...model.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  assert.deepEqual([...table.scan()], sorted)
  assert.equal(table.size, model.size)
  for (const after of ['a', 'ab', 'b']) {
    assert.deepEqual(
      [...table.scan({ after })],
      sorted.filter((thing) => thing.name > after),
    )
  }
  assert.deepEqual(
    [...table.scan({ prefix: 'a' })],
    sorted.filter((thing) => thing.name.startsWith('a')),
  )
  for (const owner of ['x', 'y']) {
    assert.deepEqual(
      [...table.scanBy('owner', { prefix: `${owner} ` })],
      sorted.filter((thing) => thing.owner === owner),
    )
  }
  for (const thing of sorted) {
    assert.deepEqual(table.find(thing.name), thing)
    assert.deepEqual(table.findBy('owner', `${thing.owner} ${thing.name}`), thing.owner === '' ? undefined : thing)
  }
}

test('a draft notes what it puts and deletes, and replaying the notes makes the same table', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const changes: Change[] = []
      const draft = Table.empty(schema).fork(changes)
      for (const move of steps) {
        if (move.kind === 'put') draft.put({ name: move.name, owner: move.owner, size: move.size })
        if (move.kind === 'delete') draft.delete(move.name)
      }
      const replayed = Table.empty(schema)
      for (const { key, record } of changes) assert.equal(replayed.load(key, structuredClone(record)), true)
      assert.deepEqual([...replayed.scan()], [...draft.scan()])
      assert.deepEqual([...replayed.scanBy('owner')], [...draft.scanBy('owner')])
    }),
  )
})

for (const [what, record] of [
  ['no record at all', 7],
  ['a missing member', { name: 'a', owner: 'x' }],
  ['a member of the wrong type', { name: 'a', owner: 'x', size: '1' }],
  ['a number that is not whole', { name: 'a', owner: 'x', size: 0.5 }],
  ['another key than its own', { name: 'b', owner: 'x', size: 1 }],
  ['a list in its place', []],
] as const) {
  test(`a stored record that is ${what} is not taken in, and the one that it replaces is gone`, () => {
    const table = Table.empty(schema)
    table.put({ name: 'a', owner: 'x', size: 1 })
    assert.equal(table.load('a', record), false)
    assert.equal(table.find('a'), undefined)
    assert.equal(table.findBy('owner', 'x a'), undefined)
  })
}

test('O-01: a record whose member is named __proto__ has no other prototype for it', () => {
  const table = Table.empty(schema)
  const hostile: unknown = JSON.parse('{"name":"a","owner":"x","__proto__":{"size":1}}')
  assert.equal(isThing(hostile), false)
  assert.equal(table.size, 0)
})
