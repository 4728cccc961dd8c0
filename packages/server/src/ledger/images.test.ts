import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AccountImage, accountStream, emptyAccount } from '../account/account-tables.ts'
import type { AccessKeyRecord } from '../account/records.ts'
import type { Change, JournalEntry } from '../journal/journal.ts'
import { Images } from './images.ts'

const ACCOUNT = '123456789012'
const STREAM = accountStream(ACCOUNT)

function key(id: string): AccessKeyRecord {
  return { id, ownerId: ACCOUNT, status: 'Active', createdAt: '2026-11-22T12:00:00.000Z', sealedSecret: 'sealed' }
}

function added(id: string): Change {
  return { table: 'accessKeys', key: id, record: key(id) }
}

function removed(id: string): Change {
  return { table: 'accessKeys', key: id, record: null }
}

function loaded(revision: number, ...ids: readonly string[]): AccountImage {
  const image = emptyAccount(ACCOUNT)
  image.apply(revision, ids.map(added))
  return image
}

function entry(revision: number, changes: readonly Change[]): JournalEntry {
  return {
    version: 1,
    entryId: `entry-${revision}`,
    time: '2026-11-22T12:00:00.000Z',
    requestId: 'request',
    action: 'iam:CreateAccessKey',
    origin: { caller: `arn:aws:iam::${ACCOUNT}:root`, sourceIp: '192.0.2.1', userAgent: 'test' },
    writes: [{ stream: STREAM, revision, changes }],
    reads: [],
    position: revision,
    previousHash: '0'.repeat(64),
  }
}

test('the account of a key is known from the entry that makes it to the one that deletes it', () => {
  const images = new Images()
  assert.deepEqual(images.apply(entry(1, [added('AKIAA')])), [])
  assert.equal(images.accountOfKey('AKIAA'), ACCOUNT)
  assert.deepEqual(images.apply(entry(2, [removed('AKIAA')])), [])
  assert.equal(images.accountOfKey('AKIAA'), undefined)
})

test('a key that is gone when its account is loaded again has no account any more', () => {
  const images = new Images()
  images.publishLoaded(STREAM, loaded(1, 'AKIAA', 'AKIAB'))
  images.publishLoaded(STREAM, loaded(3, 'AKIAB'))
  assert.equal(images.accountOfKey('AKIAA'), undefined)
  assert.equal(images.accountOfKey('AKIAB'), ACCOUNT)
})

test('an entry that comes again changes nothing, and one that leaves a gap has its stream loaded again', () => {
  const images = new Images()
  images.publishLoaded(STREAM, loaded(2, 'AKIAA'))
  assert.deepEqual(images.apply(entry(2, [removed('AKIAA')])), [])
  assert.equal(images.accountOfKey('AKIAA'), ACCOUNT)
  assert.deepEqual(images.apply(entry(4, [removed('AKIAA')])), [STREAM])
  assert.equal(images.account(ACCOUNT)?.revision, 2)
})

function user(name: string, id: string): Change {
  const record = { id, name, path: '/', createdAt: '2026-11-22T12:00:00.000Z', tags: [] }
  return { table: 'users', key: name.toLowerCase(), record }
}

function userGone(name: string): Change {
  return { table: 'users', key: name.toLowerCase(), record: null }
}

test('keys and users that are removed are told of by their ids, one that is renamed is not', () => {
  const images = new Images()
  const told: string[] = []
  images.onRemoved((id) => told.push(id))
  images.apply(entry(1, [user('Ann', 'AIDAANN'), user('Bob', 'AIDABOB'), added('AKIAA')]))
  images.apply(entry(2, [userGone('Ann'), user('Anna', 'AIDAANN')]))
  assert.deepEqual(told, [])
  images.apply(entry(3, [removed('AKIAA')]))
  images.apply(entry(4, [userGone('Bob')]))
  assert.deepEqual(told, ['AKIAA', 'AIDABOB'])
})

test('what is gone when an account is loaded again is told of too', () => {
  const images = new Images()
  const told: string[] = []
  images.onRemoved((id) => told.push(id))
  images.apply(entry(1, [user('Ann', 'AIDAANN'), added('AKIAA'), added('AKIAB')]))
  images.publishLoaded(STREAM, loaded(5, 'AKIAB'))
  assert.deepEqual(told, ['AKIAA', 'AIDAANN'])
})
