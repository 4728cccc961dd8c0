import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListAccessKeysCommand, UpdateAccessKeyCommand } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { World } from '../../../../test/world.ts'

test('a key that is made inactive is refused as an unknown one is, until it is active again', async () => {
  const world = await World.create()
  const bob = await world.createUser('Bob')
  const set = (Status: 'Active' | 'Inactive'): Promise<unknown> =>
    world.iam().send(new UpdateAccessKeyCommand({ UserName: 'BOB', AccessKeyId: bob.accessKeyId, Status }))
  await set('Inactive')
  await assert.rejects(world.sts(bob).send(new GetCallerIdentityCommand({})), {
    name: 'InvalidClientTokenId',
    message: 'The security token included in the request is invalid.',
  })
  await set('Active')
  const { Arn } = await world.sts(bob).send(new GetCallerIdentityCommand({}))
  assert.equal(Arn, 'arn:aws:iam::123456789012:user/Bob')
})

test('UpdateAccessKey changes nothing but the status', async () => {
  const world = await World.create()
  const { accessKeyId } = await world.createUser('Bob')
  const before = world.account.accessKeys.find(accessKeyId)
  await world.iam().send(new UpdateAccessKeyCommand({ UserName: 'Bob', AccessKeyId: accessKeyId, Status: 'Inactive' }))
  assert.deepEqual(world.account.accessKeys.find(accessKeyId), { ...before, status: 'Inactive' })
})

test("without a user name UpdateAccessKey reaches the caller's own keys only", async () => {
  const world = await World.create()
  const bob = await world.createUser('Bob', { Effect: 'Allow', Action: 'iam:*', Resource: '*' })
  const carol = await world.createUser('Carol')
  const set = (AccessKeyId: string): Promise<unknown> =>
    world.iam(bob).send(new UpdateAccessKeyCommand({ AccessKeyId, Status: 'Inactive' }))
  await assert.rejects(set(carol.accessKeyId), {
    name: 'NoSuchEntityException',
    message: `The Access Key with id ${carol.accessKeyId} cannot be found.`,
  })
  await set(bob.accessKeyId)
  assert.equal(world.account.accessKeys.find(bob.accessKeyId)?.status, 'Inactive')
})

test('the root user makes its own key inactive, and is then locked out', async () => {
  const world = await World.create()
  await world.iam().send(new UpdateAccessKeyCommand({ AccessKeyId: world.root.accessKeyId, Status: 'Inactive' }))
  await assert.rejects(world.iam().send(new ListAccessKeysCommand({})), { name: 'InvalidClientTokenId' })
})

test('UpdateAccessKey refuses the status Expired, and leaves the key as it was', async () => {
  const world = await World.create()
  const { accessKeyId } = await world.createUser('Bob')
  const update = new UpdateAccessKeyCommand({ UserName: 'Bob', AccessKeyId: accessKeyId, Status: 'Expired' })
  await assert.rejects(world.iam().send(update), {
    name: 'InvalidInputException',
    message: 'The status of an access key cannot be set to Expired.',
  })
  assert.equal(world.account.accessKeys.find(accessKeyId)?.status, 'Active')
})

test('UpdateAccessKey refuses a user and a key that do not exist', async () => {
  const world = await World.create()
  const { accessKeyId } = await world.createUser('Bob')
  const update = (UserName: string, AccessKeyId: string): Promise<unknown> =>
    world.iam().send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: 'Inactive' }))
  await assert.rejects(update('Nobody', accessKeyId), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
  await assert.rejects(update('Bob', 'AKIAIOSFODNN7EXAMPLE'), {
    name: 'NoSuchEntityException',
    message: 'The Access Key with id AKIAIOSFODNN7EXAMPLE cannot be found.',
  })
})

test('UpdateAccessKey needs iam:UpdateAccessKey on the user', async () => {
  const world = await World.create()
  const { accessKeyId: AccessKeyId } = await world.createUser('Bob')
  await assertNeeds(world, {
    action: 'iam:UpdateAccessKey',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new UpdateAccessKeyCommand({ UserName: 'bob', AccessKeyId, Status: 'Inactive' })),
  })
})
