import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AccountImage, emptyAccount } from '../account/account-tables.ts'
import type { AccessKeyRecord, UserRecord } from '../account/records.ts'
import { KeyHolders } from './key-holders.ts'

const ACCOUNT = '123456789012'
const CREATED = '2026-11-22T12:00:00.000Z'
const USER: UserRecord = { id: 'AIDAEXAMPLE', name: 'alice', path: '/', createdAt: CREATED, tags: [] }
const KEY: AccessKeyRecord = {
  id: 'AKIAEXAMPLE',
  ownerId: USER.id,
  status: 'Active',
  createdAt: CREATED,
  sealedSecret: 'sealed',
}

function imageWith(change: (image: AccountImage) => void, origin: AccountImage = emptyAccount(ACCOUNT)): AccountImage {
  const image = origin.fork()
  change(image)
  image.advance()
  return image
}

const first = imageWith(({ tables }) => {
  tables.users.put(USER)
  tables.accessKeys.put(KEY)
})

test('the holder of a key is found again without being looked up', () => {
  const holders = new KeyHolders()
  const found = holders.find(ACCOUNT, first, KEY.id)
  assert.equal(found?.principal.arn, `arn:aws:iam::${ACCOUNT}:user/alice`)
  assert.equal(holders.find(ACCOUNT, first, KEY.id), found)
})

const changes: readonly (readonly [string, (image: AccountImage) => void, string | undefined])[] = [
  ['deactivated', ({ tables }) => tables.accessKeys.put({ ...KEY, status: 'Inactive' }), undefined],
  ['deleted', ({ tables }) => tables.accessKeys.delete(KEY.id), undefined],
  ['without its user', ({ tables }) => tables.users.delete('alice'), undefined],
  [
    'of a renamed user',
    ({ tables }) => {
      tables.users.delete('alice')
      tables.users.put({ ...USER, name: 'bob' })
    },
    `arn:aws:iam::${ACCOUNT}:user/bob`,
  ],
]
for (const [what, change, arn] of changes) {
  test(`a key that is ${what} in the next image is found as it is there`, () => {
    const holders = new KeyHolders()
    assert.ok(holders.find(ACCOUNT, first, KEY.id))
    assert.equal(holders.find(ACCOUNT, imageWith(change, first), KEY.id)?.principal.arn, arn)
    assert.ok(holders.find(ACCOUNT, first, KEY.id), 'the image before is what it was')
  })

  test(`a key that is ${what} in a later revision of the same image is found as it is there`, () => {
    const holders = new KeyHolders()
    const image = first.fork()
    assert.ok(holders.find(ACCOUNT, image, KEY.id))
    change(image)
    image.advance()
    assert.equal(holders.find(ACCOUNT, image, KEY.id)?.principal.arn, arn)
  })
}

test('a key that was not there is found when it is made', () => {
  const holders = new KeyHolders()
  const before = imageWith(({ tables }) => tables.users.put(USER))
  assert.equal(holders.find(ACCOUNT, before, KEY.id), undefined)
  const after = imageWith(({ tables }) => tables.accessKeys.put(KEY), before)
  assert.equal(holders.find(ACCOUNT, after, KEY.id)?.principal.id, USER.id)
})
