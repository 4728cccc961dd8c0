import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Change } from '../journal/journal.ts'
import { emptyAccount, type AccountImage } from './account-tables.ts'

const ACCOUNT = '123456789012'

/** An image in which the record with that key, of that table, cannot be read. */
function imageWithDamage(table: string, key: string): AccountImage {
  const image = emptyAccount(ACCOUNT)
  image.apply(1, [unreadable(table, key)])
  return image
}

function unreadable(table: string, key: string): Change {
  return { table, key, record: { what: 'no record of this table' } }
}

test('a record that cannot be read concerns whose id its key starts with', () => {
  assert.equal(imageWithDamage('loginProfiles', 'AIDAA').isDamaged('AIDAA'), true)
  assert.equal(imageWithDamage('inlinePolicies', 'AIDAA deny').isDamaged('AIDAA'), true)
  assert.equal(imageWithDamage('memberships', 'AIDAA AGPAG').isDamaged('AIDAA'), true)
  assert.equal(imageWithDamage('table of a later version', 'AIDAA').isDamaged('AIDAA'), true)
})

test('nobody is locked out by what somebody else chose to call a policy whose record cannot be read', () => {
  const image = imageWithDamage('attachments', `AIDAA arn:aws:iam::${ACCOUNT}:policy/AIDAB`)
  assert.equal(image.isDamaged('AIDAA'), true)
  assert.equal(image.isDamaged('AIDAB'), false)
  assert.equal(image.isDamaged(ACCOUNT), false)
})

test('the other members of a group are not locked out by a membership that cannot be read', () => {
  assert.equal(imageWithDamage('memberships', 'AIDAA AGPAG').isDamaged('AGPAG'), false)
})

test('an image of which an entry is lost counts as damaged for everybody, and so do its forks', () => {
  const image = emptyAccount(ACCOUNT)
  image.taint('entry of revision 3: its hash is wrong')
  assert.equal(image.isDamaged('AIDAA'), true)
  assert.equal(image.fork().isDamaged(ACCOUNT), true)
})

test('damage comes and goes with the entries that are applied', () => {
  const image = imageWithDamage('loginProfiles', 'AIDAA')
  image.apply(2, [{ table: 'loginProfiles', key: 'AIDAA', record: null }])
  assert.deepEqual([...image.damaged], [])
  image.apply(3, [unreadable('loginProfiles', 'AIDAB')])
  assert.equal(image.isDamaged('AIDAB'), true)
})

test('whatever may decide differently after a change has another decision epoch, and what may not has the same', () => {
  const image = emptyAccount(ACCOUNT)
  const before = image.decisionEpoch
  const key = image.fork()
  key.tables.accessKeys.put({
    id: 'AKIAA',
    ownerId: 'AIDAA',
    status: 'Active',
    createdAt: '2026-11-22T12:00:00.000Z',
    sealedSecret: 'sealed',
  })
  key.advance()
  assert.equal(key.decisionEpoch, before)
  const policy = image.fork()
  policy.tables.inlinePolicies.put({ ownerId: 'AIDAA', name: 'all', document: '{}' })
  policy.advance()
  assert.notEqual(policy.decisionEpoch, before)
})
