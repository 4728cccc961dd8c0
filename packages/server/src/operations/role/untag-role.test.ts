import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UntagRoleCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { createRole, roleOf } from '../../../test/roles/roles.ts'
import { World } from '../../../test/world.ts'

async function worldWithTaggedRole(): Promise<World> {
  const world = await World.create()
  await createRole(world, 'Reader', { Tags: ['Area', 'Cost', 'Team'].map((Key) => ({ Key, Value: 'v' })) })
  return world
}

async function keysOf(world: World): Promise<unknown> {
  return (await roleOf(world, 'Reader')).Tags?.map(({ Key }) => Key)
}

test('UntagRole removes keys, ignoring case, and takes no offence at one that is not there', async () => {
  const world = await worldWithTaggedRole()
  await world.iam().send(new UntagRoleCommand({ RoleName: 'rEADER', TagKeys: ['TEAM', 'Nothing'] }))
  assert.deepEqual(await keysOf(world), ['Area', 'Cost'])
  await world.iam().send(new UntagRoleCommand({ RoleName: 'Reader', TagKeys: ['Area', 'Cost'] }))
  assert.equal(await keysOf(world), undefined)
})

test('UntagRole refuses a role that does not exist', async () => {
  const world = await World.create()
  await assert.rejects(world.iam().send(new UntagRoleCommand({ RoleName: 'Nobody', TagKeys: ['Team'] })), {
    name: 'NoSuchEntityException',
    message: 'The role with name Nobody cannot be found.',
  })
})

test('UntagRole needs iam:UntagRole on the role', async () => {
  await assertNeeds(await worldWithTaggedRole(), {
    action: 'iam:UntagRole',
    resource: 'arn:aws:iam::123456789012:role/Reader',
    call: (client) => client.send(new UntagRoleCommand({ RoleName: 'reader', TagKeys: ['Team'] })),
  })
})

test('UntagRole is decided on the keys that are sent', async () => {
  const world = await worldWithTaggedRole()
  const untagger = await world.createUser('Untagger', {
    Effect: 'Allow',
    Action: 'iam:UntagRole',
    Resource: '*',
    Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['Team', 'Area'] } },
  })
  const send = (...TagKeys: string[]): Promise<unknown> =>
    world.iam(untagger).send(new UntagRoleCommand({ RoleName: 'Reader', TagKeys }))
  await assert.rejects(send('Team', 'Cost'), { name: 'AccessDenied' })
  await send('Team', 'Area')
  assert.deepEqual(await keysOf(world), ['Cost'])
})
