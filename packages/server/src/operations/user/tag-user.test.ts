import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GetUserCommand, type Tag, TagUserCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { World } from '../../../test/world.ts'

/** Tags from keys and values. */
function tags(record: Readonly<Record<string, string>>): Tag[] {
  return Object.entries(record).map(([Key, Value]) => ({ Key, Value }))
}

async function tagsOf(world: World, UserName: string): Promise<Tag[] | undefined> {
  return (await world.iam().send(new GetUserCommand({ UserName }))).User?.Tags
}

test('TagUser adds tags, and replaces those that are there, in order of key', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await world.iam().send(new TagUserCommand({ UserName: 'bob', Tags: tags({ Team: 'blue', Cost: '' }) }))
  await world.iam().send(new TagUserCommand({ UserName: 'BOB', Tags: tags({ Team: 'red', Area: 'Köln 1' }) }))
  assert.deepEqual(await tagsOf(world, 'Bob'), tags({ Area: 'Köln 1', Cost: '', Team: 'red' }))
})

test('TagUser takes keys that differ only in case for one, and keeps the newer', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await world.iam().send(new TagUserCommand({ UserName: 'Bob', Tags: tags({ Department: 'finance' }) }))
  await world.iam().send(new TagUserCommand({ UserName: 'Bob', Tags: tags({ department: 'hr' }) }))
  assert.deepEqual(await tagsOf(world, 'Bob'), tags({ department: 'hr' }))
})

test('TagUser refuses keys that differ only in case in one request', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await assert.rejects(world.iam().send(new TagUserCommand({ UserName: 'Bob', Tags: tags({ a: '1', A: '2' }) })), {
    name: 'InvalidInputException',
    message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
  })
  assert.equal(await tagsOf(world, 'Bob'), undefined)
})

test('TagUser refuses keys that AWS reserves, in whatever case', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  for (const key of ['aws:team', 'AWS:Team']) {
    await assert.rejects(world.iam().send(new TagUserCommand({ UserName: 'Bob', Tags: tags({ [key]: '1' }) })), {
      name: 'InvalidInputException',
    })
  }
})

test('TagUser refuses the 51st tag, and replaces one of 50', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  const fifty = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key-${index}`, 'v']))
  await world.iam().send(new TagUserCommand({ UserName: 'Bob', Tags: tags(fifty) }))
  await world.iam().send(new TagUserCommand({ UserName: 'Bob', Tags: tags({ 'KEY-0': 'new' }) }))
  await assert.rejects(world.iam().send(new TagUserCommand({ UserName: 'Bob', Tags: tags({ more: 'v' }) })), {
    name: 'LimitExceededException',
    message: 'The number of tags has reached the maximum limit.',
  })
  const stored = (await tagsOf(world, 'Bob')) ?? []
  assert.equal(stored.length, 50)
  assert(stored.some(({ Key, Value }) => Key === 'KEY-0' && Value === 'new'))
})

test('TagUser refuses a user that does not exist', async () => {
  const world = await World.create()
  await assert.rejects(world.iam().send(new TagUserCommand({ UserName: 'Nobody', Tags: tags({ a: '1' }) })), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('TagUser needs iam:TagUser on the user', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await assertNeeds(world, {
    action: 'iam:TagUser',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new TagUserCommand({ UserName: 'bob', Tags: tags({ a: '1' }) })),
  })
})

test('TagUser is decided on the tags that are sent and on those that the user has', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await world.iam().send(new TagUserCommand({ UserName: 'Bob', Tags: tags({ Owner: 'Tagger' }) }))
  await world.createUser('Carol')
  const tagger = await world.createUser('Tagger', {
    Effect: 'Allow',
    Action: 'iam:TagUser',
    Resource: '*',
    Condition: {
      StringEquals: { 'aws:RequestTag/Team': ['blue', 'red'], 'aws:ResourceTag/Owner': '${aws:username}' },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['Team', 'Area'] },
    },
  })
  const send = (UserName: string, record: Readonly<Record<string, string>>): Promise<unknown> =>
    world.iam(tagger).send(new TagUserCommand({ UserName, Tags: tags(record) }))
  const denied = { name: 'AccessDenied' }
  await assert.rejects(send('Bob', { Team: 'green' }), denied, 'the value is not one of those')
  await assert.rejects(send('Bob', { Area: 'x' }), denied, 'the tag is absent')
  await assert.rejects(send('Bob', { Team: 'red', Owner: 'x' }), denied, 'the key is not one of those')
  await assert.rejects(send('Carol', { Team: 'red' }), denied, 'Carol has no owner')
  await send('Bob', { Team: 'red', Area: 'x' })
})
