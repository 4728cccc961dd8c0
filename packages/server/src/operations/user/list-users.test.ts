import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreateUserCommand, ListUsersCommand } from '@aws-sdk/client-iam'
import { allPages } from '../../../test/all-pages.ts'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { NOON, World } from '../../../test/world.ts'

test('ListUsers answers users in order of name, ignoring case, without their tags', async () => {
  const world = await World.create()
  await world.iam().send(new CreateUserCommand({ UserName: 'bob', Tags: [{ Key: 'Team', Value: 'blue' }] }))
  await world.iam().send(new CreateUserCommand({ UserName: 'Carol', Path: '/team/' }))
  await world.iam().send(new CreateUserCommand({ UserName: 'Alice' }))
  const { Users = [], IsTruncated, Marker } = await world.iam().send(new ListUsersCommand({}))
  assert.deepEqual({ IsTruncated, Marker }, { IsTruncated: false, Marker: undefined })
  assert.deepEqual(
    Users.map(({ Arn }) => Arn),
    ['Alice', 'bob', 'team/Carol'].map((name) => `arn:aws:iam::123456789012:user/${name}`),
  )
  const UserId = world.account.users.find('bob')?.id
  assert.deepEqual(Users[1], {
    Path: '/',
    UserName: 'bob',
    UserId,
    Arn: 'arn:aws:iam::123456789012:user/bob',
    CreateDate: NOON,
  })
})

test('ListUsers answers the users whose path starts with the prefix', async () => {
  const world = await World.create()
  for (const [UserName, Path] of [
    ['Alice', '/'],
    ['Bob', '/team/blue/'],
    ['Carol', '/team/'],
    ['Dave', '/teams/'],
  ]) {
    await world.iam().send(new CreateUserCommand({ UserName, Path }))
  }
  const names = async (PathPrefix: string): Promise<unknown> => {
    const { Users = [] } = await world.iam().send(new ListUsersCommand({ PathPrefix }))
    return Users.map(({ UserName }) => UserName)
  }
  assert.deepEqual(await names('/'), ['Alice', 'Bob', 'Carol', 'Dave'])
  assert.deepEqual(await names('/team/'), ['Bob', 'Carol'])
  assert.deepEqual(await names('/team'), ['Bob', 'Carol', 'Dave'])
  assert.deepEqual(await names('/other/'), [])
})

test('ListUsers pages through all users, also when some come and go between pages', async () => {
  const world = await World.create()
  for (let index = 0; index < 5; index += 1) await world.createUser(`User-${index}`)
  const pages = await allPages(async (Marker) => {
    const page = await world.iam().send(new ListUsersCommand({ MaxItems: 2, Marker }))
    await world.change((account) => account.users.delete('user-1'))
    return page
  })
  assert.deepEqual(
    pages.map(({ Users = [] }) => Users.map(({ UserName }) => UserName)),
    [['User-0', 'User-1'], ['User-2', 'User-3'], ['User-4']],
  )
})

test('N-07: ListUsers answers 100 users when MaxItems is not given', async () => {
  const world = await World.create()
  await world.change((account) => {
    for (let index = 0; index < 101; index += 1) {
      const createdAt = NOON.toISOString()
      account.users.put({ id: `AIDA${index}`, name: `user-${index}`, path: '/', createdAt, tags: [] })
    }
  })
  const { Users = [], IsTruncated } = await world.iam().send(new ListUsersCommand({}))
  assert.deepEqual([Users.length, IsTruncated], [100, true])
})

test('ListUsers refuses a marker that was given for another prefix, or by nobody', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await world.createUser('Carol')
  const { Marker } = await world.iam().send(new ListUsersCommand({ MaxItems: 1 }))
  const refusal = { name: 'ValidationError', message: 'Marker and Filter do not match' }
  await assert.rejects(world.iam().send(new ListUsersCommand({ PathPrefix: '/team/', Marker })), refusal)
  await assert.rejects(world.iam().send(new ListUsersCommand({ Marker: 'made-up' })), refusal)
})

test('ListUsers needs iam:ListUsers on the path that is asked for', async () => {
  await assertNeeds(await World.create(), {
    action: 'iam:ListUsers',
    resource: 'arn:aws:iam::123456789012:user/',
    call: (client) => client.send(new ListUsersCommand({})),
  })
  await assertNeeds(await World.create(), {
    action: 'iam:ListUsers',
    resource: 'arn:aws:iam::123456789012:user/team/',
    call: (client) => client.send(new ListUsersCommand({ PathPrefix: '/team/' })),
  })
})
