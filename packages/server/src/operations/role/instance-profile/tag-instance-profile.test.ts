import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TagInstanceProfileCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { NO_PROFILE, profileOf, worldWithProfile } from '../../../../test/roles/instance-profiles.ts'
import type { World } from '../../../../test/world.ts'

async function tag(world: World, InstanceProfileName: string, ...pairs: (readonly [string, string])[]): Promise<void> {
  const Tags = pairs.map(([Key, Value]) => ({ Key, Value }))
  await world.iam().send(new TagInstanceProfileCommand({ InstanceProfileName, Tags }))
}

test('TagInstanceProfile adds and replaces tags, and tells keys by their case', async () => {
  const world = await worldWithProfile()
  await tag(world, 'wEB', ['Team', 'blue'], ['Cost', ''])
  await tag(world, 'Web', ['team', 'red'], ['Cost', '1'])
  assert.deepEqual((await profileOf(world, 'Web')).Tags, [
    { Key: 'Cost', Value: '1' },
    { Key: 'Team', Value: 'blue' },
    { Key: 'team', Value: 'red' },
  ])
})

test('TagInstanceProfile refuses the same key twice, reserved ones, the 51st tag, and a profile that does not exist', async () => {
  const world = await worldWithProfile()
  await assert.rejects(tag(world, 'Web', ['a', '1'], ['a', '2']), {
    name: 'InvalidInputException',
    message: 'Duplicate tag keys found.',
  })
  await assert.rejects(tag(world, 'Web', ['aws:a', '1']), { name: 'InvalidInputException' })
  await tag(world, 'Web', ...Array.from({ length: 50 }, (_, index) => [`key-${index}`, ''] as const))
  await assert.rejects(tag(world, 'Web', ['more', '']), { name: 'LimitExceededException' })
  await assert.rejects(tag(world, 'Nothing', ['a', '1']), NO_PROFILE)
})

test('TagInstanceProfile needs iam:TagInstanceProfile on the profile', async () => {
  await assertNeeds(await worldWithProfile(), {
    action: 'iam:TagInstanceProfile',
    resource: 'arn:aws:iam::123456789012:instance-profile/team/Web',
    call: (client) =>
      client.send(new TagInstanceProfileCommand({ InstanceProfileName: 'web', Tags: [{ Key: 'a', Value: '1' }] })),
  })
})

test('TagInstanceProfile is decided on the tags that are sent and on those that the profile has', async () => {
  const world = await worldWithProfile()
  await tag(world, 'Web', ['Owner', 'Tagger'])
  const tagger = await world.createUser('Tagger', {
    Effect: 'Allow',
    Action: 'iam:TagInstanceProfile',
    Resource: '*',
    Condition: {
      StringEquals: { 'aws:RequestTag/Team': 'blue', 'aws:ResourceTag/Owner': '${aws:username}' },
      // Of users and roles only (Service Authorization Reference).
      Null: { 'iam:ResourceTag/Owner': 'true' },
    },
  })
  const send = (InstanceProfileName: string, Value: string): Promise<unknown> =>
    world.iam(tagger).send(new TagInstanceProfileCommand({ InstanceProfileName, Tags: [{ Key: 'Team', Value }] }))
  await assert.rejects(send('Web', 'red'), { name: 'AccessDenied' })
  await assert.rejects(send('Free', 'blue'), { name: 'AccessDenied' })
  await send('Web', 'blue')
})
