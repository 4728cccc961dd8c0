import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Tag, TagRoleCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { createRole, createServiceLinkedRole, roleOf } from '../../../test/roles/roles.ts'
import { World } from '../../../test/world.ts'

/** Tags from keys and values. */
function tags(record: Readonly<Record<string, string>>): Tag[] {
  return Object.entries(record).map(([Key, Value]) => ({ Key, Value }))
}

async function tag(world: World, RoleName: string, record: Readonly<Record<string, string>>): Promise<void> {
  await world.iam().send(new TagRoleCommand({ RoleName, Tags: tags(record) }))
}

test('TagRole adds tags, and replaces those that are there whatever the case of their keys, in order of key', async () => {
  const world = await World.create()
  await createRole(world, 'Reader', { Tags: tags({ Team: 'blue' }) })
  await tag(world, 'reader', { Cost: '', Area: 'Köln 1' })
  await tag(world, 'Reader', { team: 'red' })
  assert.deepEqual((await roleOf(world, 'Reader')).Tags, tags({ Area: 'Köln 1', Cost: '', team: 'red' }))
})

test('TagRole refuses keys that differ only in case, reserved ones, and the 51st tag', async () => {
  const world = await World.create()
  await createRole(world, 'Reader')
  await assert.rejects(tag(world, 'Reader', { a: '1', A: '2' }), {
    name: 'InvalidInputException',
    message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
  })
  await assert.rejects(tag(world, 'Reader', { 'AWS:team': '1' }), { name: 'InvalidInputException' })
  assert.equal((await roleOf(world, 'Reader')).Tags, undefined)
  await tag(world, 'Reader', Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key-${index}`, 'v'])))
  await assert.rejects(tag(world, 'Reader', { more: 'v' }), {
    name: 'LimitExceededException',
    message: 'The number of tags has reached the maximum limit.',
  })
})

test('TagRole tags service-linked roles too', async () => {
  const world = await World.create()
  await createServiceLinkedRole(world, 'AWSServiceRoleForEC2')
  await tag(world, 'AWSServiceRoleForEC2', { Team: 'blue' })
  assert.deepEqual((await roleOf(world, 'AWSServiceRoleForEC2')).Tags, tags({ Team: 'blue' }))
})

test('TagRole refuses a role that does not exist', async () => {
  await assert.rejects(tag(await World.create(), 'Nobody', { a: '1' }), {
    name: 'NoSuchEntityException',
    message: 'The role with name Nobody cannot be found.',
  })
})

test('TagRole needs iam:TagRole on the role', async () => {
  const world = await World.create()
  await createRole(world, 'Reader', { Path: '/team/' })
  await assertNeeds(world, {
    action: 'iam:TagRole',
    resource: 'arn:aws:iam::123456789012:role/team/Reader',
    call: (client) => client.send(new TagRoleCommand({ RoleName: 'reader', Tags: tags({ a: '1' }) })),
  })
})

test('TagRole is decided on the tags that are sent and on those that the role has', async () => {
  const world = await World.create()
  await createRole(world, 'Blue', { Tags: tags({ Owner: 'Tagger' }) })
  await createRole(world, 'Red')
  const tagger = await world.createUser('Tagger', {
    Effect: 'Allow',
    Action: 'iam:TagRole',
    Resource: '*',
    Condition: {
      StringEquals: { 'aws:RequestTag/Team': ['blue', 'red'], 'iam:ResourceTag/Owner': '${aws:username}' },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['Team'] },
    },
  })
  const send = (RoleName: string, record: Readonly<Record<string, string>>): Promise<unknown> =>
    world.iam(tagger).send(new TagRoleCommand({ RoleName, Tags: tags(record) }))
  const denied = { name: 'AccessDenied' }
  await assert.rejects(send('Blue', { Team: 'green' }), denied, 'the value is not one of those')
  await assert.rejects(send('Blue', { Team: 'red', Owner: 'x' }), denied, 'the key is not one of those')
  await assert.rejects(send('Red', { Team: 'red' }), denied, 'the role has no owner')
  await send('Blue', { Team: 'red' })
})
