import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreateUserCommand, GetUserCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { NOON, World } from '../../../test/world.ts'

test('GetUser answers the user of that name, whatever the case, with its tags', async () => {
  const world = await World.create()
  const Tags = [{ Key: 'Team', Value: 'blue' }]
  const { User: made } = await world.iam().send(new CreateUserCommand({ UserName: 'Bob', Path: '/team/', Tags }))
  const { User } = await world.iam().send(new GetUserCommand({ UserName: 'BOB' }))
  assert.deepEqual(User, {
    Path: '/team/',
    UserName: 'Bob',
    UserId: made?.UserId,
    Arn: 'arn:aws:iam::123456789012:user/team/Bob',
    CreateDate: NOON,
    Tags,
  })
})

test('GetUser without a name answers the user whose key signed the call', async () => {
  const world = await World.create()
  const bob = await world.createUser('Bob', {
    Effect: 'Allow',
    Action: 'iam:GetUser',
    Resource: 'arn:aws:iam::123456789012:user/${aws:username}',
  })
  const { User } = await world.iam(bob).send(new GetUserCommand({}))
  assert.equal(User?.UserName, 'Bob')
})

test('GetUser without a name answers the root user by account number, without name and path', async () => {
  const world = await World.create()
  const { User } = await world.iam().send(new GetUserCommand({}))
  assert.deepEqual(User, { UserId: '123456789012', Arn: 'arn:aws:iam::123456789012:root', CreateDate: NOON })
})

test('GetUser says when the password was last used', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  const id = world.account.users.find('bob')?.id ?? ''
  const time = NOON.getTime() - 60_000
  world.activity.notePasswordUse({ accountId: world.accountId, userId: id, time })
  world.activity.notePasswordUse({ accountId: world.accountId, userId: world.accountId, time })
  const { User: bob } = await world.iam().send(new GetUserCommand({ UserName: 'Bob' }))
  assert.deepEqual(bob?.PasswordLastUsed, new Date(time))
  const { User: root } = await world.iam().send(new GetUserCommand({}))
  assert.deepEqual(root?.PasswordLastUsed, new Date(time))
})

test('GetUser refuses a name that nobody has, in the spelling of the request', async () => {
  const world = await World.create()
  await assert.rejects(world.iam().send(new GetUserCommand({ UserName: 'Nobody' })), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('GetUser needs iam:GetUser on the user as it is stored', async () => {
  const world = await World.create()
  await world.iam().send(new CreateUserCommand({ UserName: 'Bob', Path: '/team/' }))
  await assertNeeds(world, {
    action: 'iam:GetUser',
    resource: 'arn:aws:iam::123456789012:user/team/Bob',
    call: (client) => client.send(new GetUserCommand({ UserName: 'bob' })),
  })
})

test('GetUser of a name that nobody has is refused before it says so', async () => {
  const world = await World.create()
  const bob = await world.createUser('Bob')
  await assert.rejects(world.iam(bob).send(new GetUserCommand({ UserName: 'Nobody' })), {
    name: 'AccessDenied',
    message: /on resource: arn:aws:iam::123456789012:user\/Nobody because/,
  })
})

test('GetUser can be allowed by a tag of the user', async () => {
  const world = await World.create()
  for (const [UserName, Value] of [
    ['Bob', 'blue'],
    ['Carol', 'red'],
  ]) {
    await world.iam().send(new CreateUserCommand({ UserName, Tags: [{ Key: 'Team', Value }] }))
  }
  for (const key of ['aws:ResourceTag/Team', 'iam:ResourceTag/team']) {
    const reader = await world.createUser(`Reader-${key.slice(0, 3)}`, {
      Effect: 'Allow',
      Action: 'iam:GetUser',
      Resource: '*',
      Condition: { StringEquals: { [key]: 'blue' } },
    })
    const { User } = await world.iam(reader).send(new GetUserCommand({ UserName: 'Bob' }))
    assert.equal(User?.UserName, 'Bob')
    await assert.rejects(world.iam(reader).send(new GetUserCommand({ UserName: 'Carol' })), { name: 'AccessDenied' })
  }
})
