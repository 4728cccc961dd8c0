import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GetLoginProfileCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { givePassword } from '../../../test/give-password.ts'
import { NOON, World } from '../../../test/world.ts'

test('GetLoginProfile answers when the profile was made and whether a reset is required, and nothing of the password', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  const { passwordHash } = await givePassword(world, 'Bob')
  const answer = await world.iam().send(new GetLoginProfileCommand({ UserName: 'bob' }))
  assert.deepEqual(answer.LoginProfile, { UserName: 'Bob', CreateDate: NOON, PasswordResetRequired: false })
  assert(!JSON.stringify(answer).includes(passwordHash))
})

test("without a user name GetLoginProfile answers the caller's profile", async () => {
  const world = await World.create()
  const bob = await world.createUser('Bob', { Effect: 'Allow', Action: 'iam:GetLoginProfile', Resource: '*' })
  await givePassword(world, 'Bob')
  const { LoginProfile } = await world.iam(bob).send(new GetLoginProfileCommand({}))
  assert.equal(LoginProfile?.UserName, 'Bob')
})

test('GetLoginProfile refuses a user without a profile, one that does not exist, and the root user without a name', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  const get = (UserName?: string): Promise<unknown> => world.iam().send(new GetLoginProfileCommand({ UserName }))
  await assert.rejects(get('BOB'), {
    name: 'NoSuchEntityException',
    message: 'Login Profile for User Bob cannot be found.',
  })
  await assert.rejects(get('Nobody'), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
  await assert.rejects(get(), {
    name: 'ValidationError',
    message: 'Must specify userName when calling with non-User credentials',
  })
})

test('GetLoginProfile needs iam:GetLoginProfile on the user', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await givePassword(world, 'Bob')
  await assertNeeds(world, {
    action: 'iam:GetLoginProfile',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new GetLoginProfileCommand({ UserName: 'bob' })),
  })
})
