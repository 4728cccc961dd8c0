import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  CreateUserCommand,
  GetGroupCommand,
  GetUserCommand,
  ListUserPoliciesCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { World } from '../../../test/world.ts'

test('UpdateUser renames and moves a user, who keeps id, date, tags, groups, policies and keys', async () => {
  const world = await World.create()
  const bob = await world.createUser('Bob', { Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' })
  const iam = world.iam()
  await iam.send(new CreateGroupCommand({ GroupName: 'Team' }))
  await iam.send(new AddUserToGroupCommand({ GroupName: 'Team', UserName: 'Bob' }))
  const { User: before } = await iam.send(new GetUserCommand({ UserName: 'Bob' }))
  await iam.send(new UpdateUserCommand({ UserName: 'bob', NewUserName: 'Robert', NewPath: '/team/' }))

  const Arn = 'arn:aws:iam::123456789012:user/team/Robert'
  const after = { ...before, UserName: 'Robert', Path: '/team/', Arn }
  assert.deepEqual((await iam.send(new GetUserCommand({ UserName: 'Robert' }))).User, after)
  assert.deepEqual((await iam.send(new GetGroupCommand({ GroupName: 'Team' }))).Users, [after])
  const { PolicyNames } = await iam.send(new ListUserPoliciesCommand({ UserName: 'Robert' }))
  assert.deepEqual(PolicyNames, ['granted'])
  await assert.rejects(iam.send(new GetUserCommand({ UserName: 'Bob' })), { name: 'NoSuchEntityException' })
  assert.equal((await world.sts(bob).send(new GetCallerIdentityCommand({}))).Arn, Arn)
  assert.deepEqual((await world.iam(bob).send(new GetUserCommand({}))).User, after)
})

test('UpdateUser keeps what is left out', async () => {
  const world = await World.create()
  await world.iam().send(new CreateUserCommand({ UserName: 'Bob', Path: '/team/' }))
  const look = async (UserName: string): Promise<unknown> => {
    const { User } = await world.iam().send(new GetUserCommand({ UserName }))
    return [User?.UserName, User?.Path]
  }
  await world.iam().send(new UpdateUserCommand({ UserName: 'Bob', NewUserName: 'Robert' }))
  assert.deepEqual(await look('Robert'), ['Robert', '/team/'])
  await world.iam().send(new UpdateUserCommand({ UserName: 'Robert', NewPath: '/' }))
  assert.deepEqual(await look('Robert'), ['Robert', '/'])
  await world.iam().send(new UpdateUserCommand({ UserName: 'Robert' }))
  assert.deepEqual(await look('Robert'), ['Robert', '/'])
})

test('UpdateUser refuses a name that another user has, and changes the case of its own', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await world.createUser('Carol')
  await assert.rejects(world.iam().send(new UpdateUserCommand({ UserName: 'Bob', NewUserName: 'CAROL' })), {
    name: 'EntityAlreadyExistsException',
    message: 'User with name CAROL already exists.',
  })
  await world.iam().send(new UpdateUserCommand({ UserName: 'bob', NewUserName: 'BOB' }))
  const { User } = await world.iam().send(new GetUserCommand({ UserName: 'bob' }))
  assert.equal(User?.UserName, 'BOB')
})

test('UpdateUser refuses a user that does not exist', async () => {
  const world = await World.create()
  await assert.rejects(world.iam().send(new UpdateUserCommand({ UserName: 'Nobody', NewPath: '/team/' })), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('UpdateUser without a change needs iam:UpdateUser on the user alone', async () => {
  const world = await World.create()
  await world.iam().send(new CreateUserCommand({ UserName: 'Bob', Path: '/team/' }))
  await assertNeeds(world, {
    action: 'iam:UpdateUser',
    resource: 'arn:aws:iam::123456789012:user/team/Bob',
    call: (client) => client.send(new UpdateUserCommand({ UserName: 'bob' })),
  })
})

test('UpdateUser needs iam:UpdateUser on what the user was and on what it becomes', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  const update = new UpdateUserCommand({ UserName: 'Bob', NewUserName: 'Robert', NewPath: '/admins/' })
  const source = 'arn:aws:iam::123456789012:user/Bob'
  const target = 'arn:aws:iam::123456789012:user/admins/Robert'
  for (const [name, allowed, missing] of [
    ['OnlySource', source, target],
    ['OnlyTarget', target, source],
  ] as const) {
    const caller = await world.createUser(name, { Effect: 'Allow', Action: 'iam:UpdateUser', Resource: allowed })
    await assert.rejects(world.iam(caller).send(update), {
      name: 'AccessDenied',
      message: new RegExp(`not authorized to perform: iam:UpdateUser on resource: ${missing} because`),
    })
  }
  const both = await world.createUser('Both', { Effect: 'Allow', Action: 'iam:UpdateUser', Resource: [source, target] })
  await world.iam(both).send(update)
  assert.equal(world.account.users.find('robert')?.path, '/admins/')
})
