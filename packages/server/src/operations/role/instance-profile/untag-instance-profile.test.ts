import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UntagInstanceProfileCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { createProfile, NO_PROFILE, profileOf } from '../../../../test/roles/instance-profiles.ts'
import { World } from '../../../../test/world.ts'

async function worldWithTags(): Promise<World> {
  const world = await World.create()
  await createProfile(world, 'Web', { Tags: ['Area', 'Cost', 'Team'].map((Key) => ({ Key, Value: 'v' })) })
  return world
}

async function keysOf(world: World): Promise<unknown> {
  return (await profileOf(world, 'Web')).Tags?.map(({ Key }) => Key)
}

test('UntagInstanceProfile removes keys of exactly that case, and takes no offence at one that is not there', async () => {
  const world = await worldWithTags()
  await world.iam().send(new UntagInstanceProfileCommand({ InstanceProfileName: 'wEB', TagKeys: ['TEAM', 'Cost'] }))
  assert.deepEqual(await keysOf(world), ['Area', 'Team'])
})

test('UntagInstanceProfile refuses a profile that does not exist', async () => {
  const command = new UntagInstanceProfileCommand({ InstanceProfileName: 'Nothing', TagKeys: ['Team'] })
  await assert.rejects((await World.create()).iam().send(command), NO_PROFILE)
})

test('UntagInstanceProfile needs iam:UntagInstanceProfile on the profile', async () => {
  await assertNeeds(await worldWithTags(), {
    action: 'iam:UntagInstanceProfile',
    resource: 'arn:aws:iam::123456789012:instance-profile/Web',
    call: (client) => client.send(new UntagInstanceProfileCommand({ InstanceProfileName: 'web', TagKeys: ['Team'] })),
  })
})

test('UntagInstanceProfile is decided on the keys that are sent', async () => {
  const world = await worldWithTags()
  const untagger = await world.createUser('Untagger', {
    Effect: 'Allow',
    Action: 'iam:UntagInstanceProfile',
    Resource: '*',
    Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['Team', 'Area'] } },
  })
  const send = (...TagKeys: string[]): Promise<unknown> =>
    world.iam(untagger).send(new UntagInstanceProfileCommand({ InstanceProfileName: 'Web', TagKeys }))
  await assert.rejects(send('Team', 'Cost'), { name: 'AccessDenied' })
  await send('Team', 'Area')
  assert.deepEqual(await keysOf(world), ['Cost'])
})
