import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  ListUsersCommand,
} from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { NOON, World } from '../../../../test/world.ts'

test('GetAccessKeyLastUsed answers N/A and no date for a key that was never used', async () => {
  const world = await World.create()
  const { accessKeyId: AccessKeyId } = await world.createUser('Bob')
  const { UserName, AccessKeyLastUsed } = await world.iam().send(new GetAccessKeyLastUsedCommand({ AccessKeyId }))
  assert.equal(UserName, 'Bob')
  assert.deepEqual(AccessKeyLastUsed, { ServiceName: 'N/A', Region: 'N/A' })
})

test('GetAccessKeyLastUsed answers the last use: when, of which service, in which region, also a denied one', async () => {
  const world = await World.create()
  const bob = await world.createUser('Bob')
  const AccessKeyId = bob.accessKeyId
  await assert.rejects(world.iam(bob).send(new ListUsersCommand({})), { name: 'AccessDenied' })
  const first = await world.iam().send(new GetAccessKeyLastUsedCommand({ AccessKeyId }))
  assert.deepEqual(first.AccessKeyLastUsed, { LastUsedDate: NOON, ServiceName: 'iam', Region: 'us-east-1' })
  world.now = new Date('2026-11-22T12:34:56Z')
  await world.sts(bob).send(new GetCallerIdentityCommand({}))
  const second = await world.iam().send(new GetAccessKeyLastUsedCommand({ AccessKeyId }))
  assert.deepEqual(second.AccessKeyLastUsed, { LastUsedDate: world.now, ServiceName: 'sts', Region: 'us-east-1' })
})

test('GetAccessKeyLastUsed names no user for a key of the root user', async () => {
  const world = await World.create()
  const AccessKeyId = world.root.accessKeyId
  const { UserName, AccessKeyLastUsed } = await world.iam().send(new GetAccessKeyLastUsedCommand({ AccessKeyId }))
  assert.equal(UserName, undefined)
  assert.equal(AccessKeyLastUsed?.ServiceName, 'N/A')
})

test('GetAccessKeyLastUsed denies everybody a key that is not in the account, in the same words', async () => {
  const world = await World.create()
  const bob = await world.createUser('Bob', { Effect: 'Allow', Action: 'iam:*', Resource: '*' })
  const other = { accessKeyId: 'AKIAOTHERACCOUNT0000', secretAccessKey: 'x'.repeat(40) }
  await world.createAccount('210987654321', other)
  const { AccessKey } = await world.iam().send(new CreateAccessKeyCommand({ UserName: 'Bob' }))
  const deleted = AccessKey?.AccessKeyId ?? ''
  await world.iam().send(new DeleteAccessKeyCommand({ UserName: 'Bob', AccessKeyId: deleted }))
  for (const AccessKeyId of ['AKIAIOSFODNN7EXAMPLE', other.accessKeyId, deleted]) {
    const what = `iam:GetAccessKeyLastUsed on resource: access key ${AccessKeyId}`
    await assert.rejects(world.iam(bob).send(new GetAccessKeyLastUsedCommand({ AccessKeyId })), {
      name: 'AccessDenied',
      message: `User: arn:aws:iam::123456789012:user/Bob is not authorized to perform ${what}`,
    })
  }
})

test("GetAccessKeyLastUsed needs iam:GetAccessKeyLastUsed on the key's owner", async () => {
  const world = await World.create()
  const { accessKeyId: AccessKeyId } = await world.createUser('Bob')
  await assertNeeds(world, {
    action: 'iam:GetAccessKeyLastUsed',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId })),
  })
})

test('GetAccessKeyLastUsed needs iam:GetAccessKeyLastUsed on the root user for a key of the root user', async () => {
  const world = await World.create()
  const AccessKeyId = world.root.accessKeyId
  await assertNeeds(world, {
    action: 'iam:GetAccessKeyLastUsed',
    resource: 'arn:aws:iam::123456789012:root',
    call: (client) => client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId })),
  })
})
