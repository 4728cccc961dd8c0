import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sampleEntry } from './contract/sample-entries.ts'
import { decodeEntry, encodeEntry, entryTextPrefix, FIRST_HASH, hashEntry } from './entry-codec.ts'
import type { Json } from './journal.ts'

const json: fc.Arbitrary<Json> = fc.jsonValue({ maxDepth: 4 }).map((value) => {
  const asStored: Json = JSON.parse(JSON.stringify(value))
  return asStored
})
const entries = fc
  .record({ id: fc.string({ unit: 'binary' }), stream: fc.string(), revision: fc.nat(), record: json })
  .map(({ id, stream, revision, record }) =>
    sampleEntry(id, { writes: [[stream, revision]], reads: [[stream, revision]], record }),
  )

test('what was encoded decodes to the same entry', () => {
  fc.assert(
    fc.property(entries, fc.nat(), (entry, position) => {
      const decoded = decodeEntry({ position, previousHash: FIRST_HASH, body: encodeEntry(entry) })
      assert.deepEqual(decoded, { ...entry, position, previousHash: FIRST_HASH })
      assert.equal(encodeEntry(decoded), encodeEntry(entry))
    }),
  )
})

test('the text of an entry begins with the prefix of its id and of no other id', () => {
  fc.assert(
    fc.property(entries, fc.string({ unit: 'binary' }), (entry, other) => {
      const body = encodeEntry(entry)
      assert.ok(body.startsWith(entryTextPrefix(entry.entryId)))
      assert.equal(body.startsWith(entryTextPrefix(other)), other === entry.entryId)
    }),
  )
})

test('the hash covers position, previous hash and every byte of the text', () => {
  const stored = { position: 7, previousHash: FIRST_HASH, body: encodeEntry(sampleEntry('a', { writes: [['s', 1]] })) }
  assert.equal(hashEntry(stored), hashEntry({ ...stored }))
  const others = [
    { ...stored, position: 8 },
    { ...stored, previousHash: FIRST_HASH.replace('0', '1') },
    { ...stored, body: stored.body.replace('"a"', '"b"') },
  ]
  for (const other of others) assert.notEqual(hashEntry(other), hashEntry(stored))
})

test('text that is not an entry is refused with what is wrong', () => {
  const entry = sampleEntry('a', { writes: [['s', 1]], reads: [['s', 0]] })
  const without = (member: string): string => JSON.stringify({ ...entry, [member]: undefined })
  for (const [body, message] of [
    ['', 'it is not JSON'],
    ['{', 'it is not JSON'],
    ['null', 'it is not an object'],
    ['[]', 'it is not an object'],
    ['{}', 'version undefined is unknown'],
    [JSON.stringify({ ...entry, version: '1' }), 'version "1" is unknown'],
    [JSON.stringify({ ...entry, version: 2 }), 'version 2 is unknown'],
    ...['entryId', 'time', 'requestId', 'action', 'origin', 'writes', 'reads'].map(
      (member) => [without(member), 'its members are not those of an entry'] as const,
    ),
    [JSON.stringify({ ...entry, writes: [{ stream: 's', revision: 1 }] }), 'its members are not those of an entry'],
    [
      JSON.stringify({ ...entry, writes: [{ stream: 's', revision: '1', changes: [] }] }),
      'its members are not those of an entry',
    ],
    [
      JSON.stringify({ ...entry, writes: [{ stream: 's', revision: 1, changes: [{ table: 't', key: 'k' }] }] }),
      'its members are not those of an entry',
    ],
    [JSON.stringify({ ...entry, reads: [{ stream: 1, revision: 1 }] }), 'its members are not those of an entry'],
    [JSON.stringify({ ...entry, origin: { caller: 'c' } }), 'its members are not those of an entry'],
  ] as const) {
    assert.throws(
      () => decodeEntry({ position: 1, previousHash: FIRST_HASH, body }),
      { name: 'TypeError', message },
      body,
    )
  }
})
