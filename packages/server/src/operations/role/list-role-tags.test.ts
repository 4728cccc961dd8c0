import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListRoleTagsCommand } from '@aws-sdk/client-iam'
import { allPages } from '../../../test/all-pages.ts'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { createRole } from '../../../test/roles/roles.ts'
import { World } from '../../../test/world.ts'

const TAGS = [
  { Key: 'Area', Value: '' },
  { Key: 'Team', Value: 'blue' },
  { Key: 'cost', Value: '1' },
]

async function worldWithTaggedRole(): Promise<World> {
  const world = await World.create()
  await createRole(world, 'Reader', { Tags: TAGS.toReversed() })
  await createRole(world, 'Writer')
  return world
}

test('ListRoleTags answers the tags of the role in order of key, page by page', async () => {
  const world = await worldWithTaggedRole()
  const { Tags, IsTruncated, Marker } = await world.iam().send(new ListRoleTagsCommand({ RoleName: 'READER' }))
  assert.deepEqual({ Tags, IsTruncated, Marker }, { Tags: TAGS, IsTruncated: false, Marker: undefined })
  assert.deepEqual((await world.iam().send(new ListRoleTagsCommand({ RoleName: 'Writer' }))).Tags, [])
  const pages = await allPages((after) =>
    world.iam().send(new ListRoleTagsCommand({ RoleName: 'Reader', MaxItems: 2, Marker: after })),
  )
  assert.deepEqual(
    pages.map((page) => page.Tags),
    [TAGS.slice(0, 2), TAGS.slice(2)],
  )
})

test('ListRoleTags refuses a marker that was given for another role, and a role that does not exist', async () => {
  const world = await worldWithTaggedRole()
  const { Marker } = await world.iam().send(new ListRoleTagsCommand({ RoleName: 'Reader', MaxItems: 1 }))
  await assert.rejects(world.iam().send(new ListRoleTagsCommand({ RoleName: 'Writer', Marker })), {
    name: 'ValidationError',
    message: 'Marker and Filter do not match',
  })
  await assert.rejects(world.iam().send(new ListRoleTagsCommand({ RoleName: 'Nobody' })), {
    name: 'NoSuchEntityException',
    message: 'The role with name Nobody cannot be found.',
  })
})

test('ListRoleTags needs iam:ListRoleTags on the role', async () => {
  await assertNeeds(await worldWithTaggedRole(), {
    action: 'iam:ListRoleTags',
    resource: 'arn:aws:iam::123456789012:role/Reader',
    call: (client) => client.send(new ListRoleTagsCommand({ RoleName: 'reader' })),
  })
})
