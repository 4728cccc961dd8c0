import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AddUserToGroupCommand, CreateGroupCommand, CreateUserCommand, GetGroupCommand } from '@aws-sdk/client-iam'
import { allPages } from '../../../test/all-pages.ts'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { NOON, World } from '../../../test/world.ts'

const GROUP = {
  Path: '/team/',
  GroupName: 'Admins',
  Arn: 'arn:aws:iam::123456789012:group/team/Admins',
  CreateDate: NOON,
}

/** The group `Admins` with these users, and an empty group `Empty`. */
async function worldWithGroup(...userNames: readonly string[]): Promise<World> {
  const world = await World.create()
  await world.iam().send(new CreateGroupCommand({ GroupName: 'Admins', Path: '/team/' }))
  await world.iam().send(new CreateGroupCommand({ GroupName: 'Empty' }))
  for (const UserName of userNames) {
    await world.iam().send(new CreateUserCommand({ UserName, Path: '/p/', Tags: [{ Key: 'Team', Value: 'blue' }] }))
    await world.iam().send(new AddUserToGroupCommand({ GroupName: 'Admins', UserName }))
  }
  return world
}

test('GetGroup answers the group, whatever the case of the name, and its users without their tags', async () => {
  const world = await worldWithGroup('Bob')
  const { Group, Users, IsTruncated, Marker } = await world.iam().send(new GetGroupCommand({ GroupName: 'ADMINS' }))
  assert.deepEqual(Group, { ...GROUP, GroupId: world.account.groups.find('admins')?.id })
  assert.deepEqual(Users, [
    {
      Path: '/p/',
      UserName: 'Bob',
      UserId: world.account.users.find('bob')?.id,
      Arn: 'arn:aws:iam::123456789012:user/p/Bob',
      CreateDate: NOON,
    },
  ])
  assert.deepEqual([IsTruncated, Marker], [false, undefined])
  assert.deepEqual((await world.iam().send(new GetGroupCommand({ GroupName: 'Empty' }))).Users, [])
})

test('GetGroup pages through all users and answers the group on every page', async () => {
  const names = ['Alice', 'Bob', 'Carol', 'Dave', 'Eve']
  const world = await worldWithGroup(...names)
  const pages = await allPages((Marker) =>
    world.iam().send(new GetGroupCommand({ GroupName: 'Admins', MaxItems: 2, Marker })),
  )
  assert.deepEqual(
    pages.map(({ Group, Users = [] }) => [Group?.GroupName, Users.length]),
    [
      ['Admins', 2],
      ['Admins', 2],
      ['Admins', 1],
    ],
  )
  const seen = pages.flatMap(({ Users = [] }) => Users.map(({ UserName = '' }) => UserName))
  assert.deepEqual(seen.toSorted(), names)
})

test('GetGroup refuses a marker that was given for another group', async () => {
  const world = await worldWithGroup('Alice', 'Bob')
  const { Marker } = await world.iam().send(new GetGroupCommand({ GroupName: 'Admins', MaxItems: 1 }))
  await assert.rejects(world.iam().send(new GetGroupCommand({ GroupName: 'Empty', Marker })), {
    name: 'ValidationError',
    message: 'Marker and Filter do not match',
  })
})

test('GetGroup refuses a group that does not exist', async () => {
  const world = await World.create()
  await assert.rejects(world.iam().send(new GetGroupCommand({ GroupName: 'Nothing' })), {
    name: 'NoSuchEntityException',
    message: 'The group with name Nothing cannot be found.',
  })
})

test('GetGroup needs iam:GetGroup on the group as it is stored', async () => {
  await assertNeeds(await worldWithGroup(), {
    action: 'iam:GetGroup',
    resource: 'arn:aws:iam::123456789012:group/team/Admins',
    call: (client) => client.send(new GetGroupCommand({ GroupName: 'admins' })),
  })
})
