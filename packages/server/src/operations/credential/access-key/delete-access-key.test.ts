import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeleteAccessKeyCommand, ListAccessKeysCommand } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { World } from '../../../../test/world.ts'

test('DeleteAccessKey removes the key, whatever its status, and nothing of it stays', async () => {
  const world = await World.create()
  const bob = await world.createUser('Bob')
  await world.createUser('Carol')
  await world.iam().send(new DeleteAccessKeyCommand({ UserName: 'BOB', AccessKeyId: bob.accessKeyId }))
  await assert.rejects(world.sts(bob).send(new GetCallerIdentityCommand({})), {
    name: 'InvalidClientTokenId',
    message: 'The security token included in the request is invalid.',
  })
  assert.equal(world.account.accessKeys.find(bob.accessKeyId), undefined)
  assert.equal(world.ledger.images.accountOfKey(bob.accessKeyId), undefined)
  assert.equal(world.account.accessKeys.size, 2)
})

test('the root user deletes its own key without a user name, and is then locked out', async () => {
  const world = await World.create()
  await world.iam().send(new DeleteAccessKeyCommand({ AccessKeyId: world.root.accessKeyId }))
  await assert.rejects(world.iam().send(new ListAccessKeysCommand({})), { name: 'InvalidClientTokenId' })
})

test('DeleteAccessKey refuses a key of somebody else, one that is gone, and a user that does not exist', async () => {
  const world = await World.create()
  const { accessKeyId } = await world.createUser('Bob')
  await world.createUser('Carol')
  const remove = (UserName: string | undefined): Promise<unknown> =>
    world.iam().send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: accessKeyId }))
  const unknownKey = {
    name: 'NoSuchEntityException',
    message: `The Access Key with id ${accessKeyId} cannot be found.`,
  }
  await assert.rejects(remove('Carol'), unknownKey)
  await assert.rejects(remove(undefined), unknownKey)
  await assert.rejects(remove('Nobody'), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
  await remove('Bob')
  await assert.rejects(remove('Bob'), unknownKey)
})

test('DeleteAccessKey needs iam:DeleteAccessKey on the user', async () => {
  const world = await World.create()
  const { accessKeyId: AccessKeyId } = await world.createUser('Bob')
  await assertNeeds(world, {
    action: 'iam:DeleteAccessKey',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new DeleteAccessKeyCommand({ UserName: 'bob', AccessKeyId })),
  })
})
