import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreateUserCommand, ListUserTagsCommand } from '@aws-sdk/client-iam'
import { allPages } from '../../../test/all-pages.ts'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { World } from '../../../test/world.ts'

const TAGS = [
  { Key: 'Area', Value: '' },
  { Key: 'Team', Value: 'blue' },
  { Key: 'cost', Value: '1' },
]

async function worldWithTaggedBob(): Promise<World> {
  const world = await World.create()
  await world.iam().send(new CreateUserCommand({ UserName: 'Bob', Tags: TAGS.toReversed() }))
  await world.iam().send(new CreateUserCommand({ UserName: 'Carol' }))
  return world
}

test('ListUserTags answers the tags of the user in order of key', async () => {
  const world = await worldWithTaggedBob()
  const { Tags, IsTruncated, Marker } = await world.iam().send(new ListUserTagsCommand({ UserName: 'BOB' }))
  assert.deepEqual({ Tags, IsTruncated, Marker }, { Tags: TAGS, IsTruncated: false, Marker: undefined })
  assert.deepEqual((await world.iam().send(new ListUserTagsCommand({ UserName: 'Carol' }))).Tags, [])
})

test('ListUserTags pages through all tags', async () => {
  const world = await worldWithTaggedBob()
  const pages = await allPages((Marker) =>
    world.iam().send(new ListUserTagsCommand({ UserName: 'Bob', MaxItems: 2, Marker })),
  )
  assert.deepEqual(
    pages.map(({ Tags }) => Tags),
    [TAGS.slice(0, 2), TAGS.slice(2)],
  )
})

test('ListUserTags refuses a marker that was given for another user', async () => {
  const world = await worldWithTaggedBob()
  const { Marker } = await world.iam().send(new ListUserTagsCommand({ UserName: 'Bob', MaxItems: 1 }))
  await assert.rejects(world.iam().send(new ListUserTagsCommand({ UserName: 'Carol', Marker })), {
    name: 'ValidationError',
    message: 'Marker and Filter do not match',
  })
})

test('ListUserTags refuses a user that does not exist', async () => {
  const world = await World.create()
  await assert.rejects(world.iam().send(new ListUserTagsCommand({ UserName: 'Nobody' })), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('ListUserTags needs iam:ListUserTags on the user', async () => {
  await assertNeeds(await worldWithTaggedBob(), {
    action: 'iam:ListUserTags',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new ListUserTagsCommand({ UserName: 'bob' })),
  })
})
