import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  type Group,
  ListGroupsForUserCommand,
  RemoveUserFromGroupCommand,
} from '@aws-sdk/client-iam'
import { allPages } from '../../../test/all-pages.ts'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { World } from '../../../test/world.ts'

/** Bob is in three groups, Carol in one of them; the groups in the order in which they are listed. */
async function worldWithGroups(): Promise<{ world: World; groups: Group[] }> {
  const world = await World.create()
  await world.createUser('Bob')
  await world.createUser('Carol')
  const groups: Group[] = []
  for (const GroupName of ['Blue', 'Green', 'Red']) {
    const { Group } = await world.iam().send(new CreateGroupCommand({ GroupName, Path: '/teams/' }))
    if (Group !== undefined) groups.push(Group)
    await world.iam().send(new AddUserToGroupCommand({ GroupName, UserName: 'Bob' }))
  }
  await world.iam().send(new AddUserToGroupCommand({ GroupName: 'Red', UserName: 'Carol' }))
  return { world, groups: groups.toSorted((a, b) => (String(a.GroupId) < String(b.GroupId) ? -1 : 1)) }
}

test('ListGroupsForUser answers the groups that the user is in', async () => {
  const { world, groups } = await worldWithGroups()
  const answer = await world.iam().send(new ListGroupsForUserCommand({ UserName: 'BOB' }))
  assert.deepEqual(answer.Groups, groups)
  assert.deepEqual([answer.IsTruncated, answer.Marker], [false, undefined])
  const carols = await world.iam().send(new ListGroupsForUserCommand({ UserName: 'Carol' }))
  assert.deepEqual(
    carols.Groups?.map(({ Arn }) => Arn),
    ['arn:aws:iam::123456789012:group/teams/Red'],
  )
})

test('ListGroupsForUser pages through all groups, also when one is left between pages', async () => {
  const { world, groups } = await worldWithGroups()
  const pages = await allPages(async (Marker) => {
    const page = await world.iam().send(new ListGroupsForUserCommand({ UserName: 'Bob', MaxItems: 1, Marker }))
    const GroupName = page.Groups?.[0]?.GroupName
    await world.iam().send(new RemoveUserFromGroupCommand({ UserName: 'Bob', GroupName }))
    return page
  })
  assert.deepEqual(
    pages.map(({ Groups }) => Groups),
    groups.map((group) => [group]),
  )
  assert.deepEqual((await world.iam().send(new ListGroupsForUserCommand({ UserName: 'Bob' }))).Groups, [])
})

test('ListGroupsForUser refuses a marker that was given for another user', async () => {
  const { world } = await worldWithGroups()
  const { Marker } = await world.iam().send(new ListGroupsForUserCommand({ UserName: 'Bob', MaxItems: 1 }))
  await assert.rejects(world.iam().send(new ListGroupsForUserCommand({ UserName: 'Carol', Marker })), {
    name: 'ValidationError',
    message: 'Marker and Filter do not match',
  })
})

test('ListGroupsForUser refuses a user that does not exist', async () => {
  const world = await World.create()
  await assert.rejects(world.iam().send(new ListGroupsForUserCommand({ UserName: 'Nobody' })), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('ListGroupsForUser needs iam:ListGroupsForUser on the user', async () => {
  const { world } = await worldWithGroups()
  await assertNeeds(world, {
    action: 'iam:ListGroupsForUser',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new ListGroupsForUserCommand({ UserName: 'bob' })),
  })
})
