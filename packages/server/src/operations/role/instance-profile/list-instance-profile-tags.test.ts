import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListInstanceProfileTagsCommand } from '@aws-sdk/client-iam'
import { allPages } from '../../../../test/all-pages.ts'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { createProfile, NO_PROFILE } from '../../../../test/roles/instance-profiles.ts'
import { World } from '../../../../test/world.ts'

const TAGS = [
  { Key: 'Area', Value: '' },
  { Key: 'Team', Value: 'blue' },
  { Key: 'cost', Value: '1' },
]

async function worldWithTags(): Promise<World> {
  const world = await World.create()
  await createProfile(world, 'Web', { Tags: TAGS.toReversed() })
  await createProfile(world, 'Free')
  return world
}

test('ListInstanceProfileTags answers the tags of the profile in order of key, page by page', async () => {
  const world = await worldWithTags()
  const list = (InstanceProfileName: string, page = {}) =>
    world.iam().send(new ListInstanceProfileTagsCommand({ InstanceProfileName, ...page }))
  const { Tags, IsTruncated } = await list('wEB')
  assert.deepEqual({ Tags, IsTruncated }, { Tags: TAGS, IsTruncated: false })
  assert.deepEqual((await list('Free')).Tags, [])
  const pages = await allPages((Marker) => list('Web', { MaxItems: 2, Marker }))
  assert.deepEqual(
    pages.map((page) => page.Tags),
    [TAGS.slice(0, 2), TAGS.slice(2)],
  )
  await assert.rejects(list('Free', { Marker: pages[0]?.Marker }), { name: 'ValidationError' })
})

test('ListInstanceProfileTags refuses a profile that does not exist', async () => {
  const command = new ListInstanceProfileTagsCommand({ InstanceProfileName: 'Nothing' })
  await assert.rejects((await World.create()).iam().send(command), NO_PROFILE)
})

test('ListInstanceProfileTags needs iam:ListInstanceProfileTags on the profile', async () => {
  await assertNeeds(await worldWithTags(), {
    action: 'iam:ListInstanceProfileTags',
    resource: 'arn:aws:iam::123456789012:instance-profile/Web',
    call: (client) => client.send(new ListInstanceProfileTagsCommand({ InstanceProfileName: 'web' })),
  })
})
