import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  ListAccessKeysCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam'
import { allPages } from '../../../../test/all-pages.ts'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { NOON, World } from '../../../../test/world.ts'

const LATER = new Date('2026-11-22T13:00:00Z')

test("ListAccessKeys answers a user's keys from the oldest, without secrets", async () => {
  const world = await World.create()
  const { accessKeyId } = await world.createUser('Bob')
  await world.createUser('Carol')
  world.now = LATER
  const { AccessKey } = await world.iam().send(new CreateAccessKeyCommand({ UserName: 'Bob' }))
  await world.iam().send(new UpdateAccessKeyCommand({ UserName: 'Bob', AccessKeyId: accessKeyId, Status: 'Inactive' }))
  const answer = await world.iam().send(new ListAccessKeysCommand({ UserName: 'BOB' }))
  assert.deepEqual(answer.AccessKeyMetadata, [
    { UserName: 'Bob', AccessKeyId: accessKeyId, Status: 'Inactive', CreateDate: NOON },
    { UserName: 'Bob', AccessKeyId: AccessKey?.AccessKeyId, Status: 'Active', CreateDate: LATER },
  ])
  assert.deepEqual([answer.IsTruncated, answer.Marker], [false, undefined])
})

test('ListAccessKeys answers an empty list for a user without keys', async () => {
  const world = await World.create()
  const { accessKeyId } = await world.createUser('Bob')
  await world.iam().send(new DeleteAccessKeyCommand({ UserName: 'Bob', AccessKeyId: accessKeyId }))
  const { AccessKeyMetadata } = await world.iam().send(new ListAccessKeysCommand({ UserName: 'Bob' }))
  assert.deepEqual(AccessKeyMetadata, [])
})

test("without a user name ListAccessKeys answers the caller's keys, the root user's without a name", async () => {
  const world = await World.create()
  const bob = await world.createUser('Bob', { Effect: 'Allow', Action: 'iam:ListAccessKeys', Resource: '*' })
  const own = await world.iam(bob).send(new ListAccessKeysCommand({}))
  assert.deepEqual(
    own.AccessKeyMetadata?.map(({ UserName, AccessKeyId }) => [UserName, AccessKeyId]),
    [['Bob', bob.accessKeyId]],
  )
  const root = await world.iam().send(new ListAccessKeysCommand({}))
  assert.deepEqual(root.AccessKeyMetadata, [
    { AccessKeyId: world.root.accessKeyId, Status: 'Active', CreateDate: NOON },
  ])
})

test('ListAccessKeys pages through all keys, also when one is deleted between pages', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await world.change((account) => account.quotas.put({ name: 'AccessKeysPerUserQuota', value: 5 }))
  for (let key = 0; key < 4; key += 1) await world.iam().send(new CreateAccessKeyCommand({ UserName: 'Bob' }))
  const before = await world.iam().send(new ListAccessKeysCommand({ UserName: 'Bob' }))
  const pages = await allPages(async (Marker) => {
    const page = await world.iam().send(new ListAccessKeysCommand({ UserName: 'Bob', MaxItems: 2, Marker }))
    const AccessKeyId = page.AccessKeyMetadata?.at(-1)?.AccessKeyId
    await world.iam().send(new DeleteAccessKeyCommand({ UserName: 'Bob', AccessKeyId }))
    return page
  })
  assert.deepEqual(
    pages.flatMap(({ AccessKeyMetadata = [] }) => AccessKeyMetadata),
    before.AccessKeyMetadata,
  )
  assert.deepEqual(
    pages.map(({ AccessKeyMetadata = [] }) => AccessKeyMetadata.length),
    [2, 2, 1],
  )
})

test('ListAccessKeys refuses a marker that was given for another user', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await world.createUser('Carol')
  await world.iam().send(new CreateAccessKeyCommand({ UserName: 'Bob' }))
  const { Marker } = await world.iam().send(new ListAccessKeysCommand({ UserName: 'Bob', MaxItems: 1 }))
  await assert.rejects(world.iam().send(new ListAccessKeysCommand({ UserName: 'Carol', Marker })), {
    name: 'ValidationError',
    message: 'Marker and Filter do not match',
  })
})

test('ListAccessKeys refuses a user that does not exist', async () => {
  const world = await World.create()
  await assert.rejects(world.iam().send(new ListAccessKeysCommand({ UserName: 'Nobody' })), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('ListAccessKeys needs iam:ListAccessKeys on the user', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await assertNeeds(world, {
    action: 'iam:ListAccessKeys',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new ListAccessKeysCommand({ UserName: 'bob' })),
  })
})
