import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreateGroupCommand, ListGroupsCommand } from '@aws-sdk/client-iam'
import { allPages } from '../../../test/all-pages.ts'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { NOON, World } from '../../../test/world.ts'

async function worldWithGroups(): Promise<World> {
  const world = await World.create()
  for (const [GroupName, Path] of [
    ['red', '/teams/'],
    ['Blue', '/teams/'],
    ['green', '/'],
  ]) {
    await world.iam().send(new CreateGroupCommand({ GroupName, Path }))
  }
  return world
}

test('ListGroups answers groups in order of name, ignoring case', async () => {
  const world = await worldWithGroups()
  const { Groups = [], IsTruncated, Marker } = await world.iam().send(new ListGroupsCommand({}))
  assert.deepEqual([IsTruncated, Marker], [false, undefined])
  assert.deepEqual(
    Groups.map(({ GroupName }) => GroupName),
    ['Blue', 'green', 'red'],
  )
  assert.deepEqual(Groups[0], {
    Path: '/teams/',
    GroupName: 'Blue',
    GroupId: world.account.groups.find('blue')?.id,
    Arn: 'arn:aws:iam::123456789012:group/teams/Blue',
    CreateDate: NOON,
  })
})

test('ListGroups answers the groups whose path starts with the prefix, page by page', async () => {
  const world = await worldWithGroups()
  const pages = await allPages((Marker) =>
    world.iam().send(new ListGroupsCommand({ PathPrefix: '/teams/', MaxItems: 1, Marker })),
  )
  assert.deepEqual(
    pages.map(({ Groups = [] }) => Groups.map(({ GroupName }) => GroupName)),
    [['Blue'], ['red']],
  )
})

test('ListGroups refuses a marker that was given for another prefix', async () => {
  const world = await worldWithGroups()
  const { Marker } = await world.iam().send(new ListGroupsCommand({ PathPrefix: '/teams/', MaxItems: 1 }))
  await assert.rejects(world.iam().send(new ListGroupsCommand({ Marker })), {
    name: 'ValidationError',
    message: 'Marker and Filter do not match',
  })
})

test('ListGroups needs iam:ListGroups on the path that is asked for', async () => {
  await assertNeeds(await World.create(), {
    action: 'iam:ListGroups',
    resource: 'arn:aws:iam::123456789012:group/',
    call: (client) => client.send(new ListGroupsCommand({})),
  })
  await assertNeeds(await World.create(), {
    action: 'iam:ListGroups',
    resource: 'arn:aws:iam::123456789012:group/teams/',
    call: (client) => client.send(new ListGroupsCommand({ PathPrefix: '/teams/' })),
  })
})
