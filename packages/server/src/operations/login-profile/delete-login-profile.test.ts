import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeleteLoginProfileCommand, GetLoginProfileCommand } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { givePassword } from '../../../test/give-password.ts'
import { userIdOf, World } from '../../../test/world.ts'

test('DeleteLoginProfile removes the profile and leaves the user, its keys and other profiles', async () => {
  const world = await World.create()
  const bob = await world.createUser('Bob')
  await world.createUser('Carol')
  await givePassword(world, 'Bob')
  await givePassword(world, 'Carol')
  await world.iam().send(new DeleteLoginProfileCommand({ UserName: 'BOB' }))
  await assert.rejects(world.iam().send(new GetLoginProfileCommand({ UserName: 'Bob' })), {
    name: 'NoSuchEntityException',
  })
  assert.deepEqual(
    [...world.account.loginProfiles.scan()].map(({ ownerId }) => ownerId),
    [userIdOf('Carol')],
  )
  const { Arn } = await world.sts(bob).send(new GetCallerIdentityCommand({}))
  assert.equal(Arn, 'arn:aws:iam::123456789012:user/Bob')
})

test("without a user name DeleteLoginProfile removes the caller's profile", async () => {
  const world = await World.create()
  const bob = await world.createUser('Bob', { Effect: 'Allow', Action: 'iam:DeleteLoginProfile', Resource: '*' })
  await givePassword(world, 'Bob')
  await world.iam(bob).send(new DeleteLoginProfileCommand({}))
  assert.equal(world.account.loginProfiles.size, 0)
})

test('DeleteLoginProfile refuses a user without a profile, one that does not exist, and the root user without a name', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  const remove = (UserName?: string): Promise<unknown> => world.iam().send(new DeleteLoginProfileCommand({ UserName }))
  await assert.rejects(remove('BOB'), {
    name: 'NoSuchEntityException',
    message: 'Login Profile for User Bob cannot be found.',
  })
  await assert.rejects(remove('Nobody'), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
  await assert.rejects(remove(), {
    name: 'ValidationError',
    message: 'Must specify userName when calling with non-User credentials',
  })
})

test('DeleteLoginProfile needs iam:DeleteLoginProfile on the user', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await givePassword(world, 'Bob')
  await assertNeeds(world, {
    action: 'iam:DeleteLoginProfile',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new DeleteLoginProfileCommand({ UserName: 'bob' })),
  })
})
