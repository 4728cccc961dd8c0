import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListPolicyTagsCommand, type Tag, TagPolicyCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy } from '../../../test/managed-policies.ts'
import { World } from '../../../test/world.ts'

/** Tags from keys and values. */
function tags(record: Readonly<Record<string, string>>): Tag[] {
  return Object.entries(record).map(([Key, Value]) => ({ Key, Value }))
}

async function tag(world: World, PolicyArn: string, record: Readonly<Record<string, string>>): Promise<void> {
  await world.iam().send(new TagPolicyCommand({ PolicyArn, Tags: tags(record) }))
}

async function tagsOf(world: World, PolicyArn: string): Promise<Tag[] | undefined> {
  return (await world.iam().send(new ListPolicyTagsCommand({ PolicyArn }))).Tags
}

test('TagPolicy adds tags, and replaces those that are there', async () => {
  const world = await World.create()
  const arn = await createPolicy(world, 'Readers')
  await tag(world, arn, { Team: 'blue', Cost: '' })
  await tag(world, arn, { Team: 'red', Area: 'Köln 1' })
  assert.deepEqual(await tagsOf(world, arn), tags({ Area: 'Köln 1', Cost: '', Team: 'red' }))
})

test('TagPolicy tells keys apart by their case', async () => {
  const world = await World.create()
  const arn = await createPolicy(world, 'Readers')
  await tag(world, arn, { a: 'lowercase', A: 'uppercase' })
  await tag(world, arn, { a: 'new' })
  assert.deepEqual(await tagsOf(world, arn), tags({ A: 'uppercase', a: 'new' }))
})

test('TagPolicy refuses a key that is sent twice, or that AWS reserves', async () => {
  const world = await World.create()
  const PolicyArn = await createPolicy(world, 'Readers')
  const twice = [...tags({ a: '1' }), ...tags({ a: '2' })]
  await assert.rejects(world.iam().send(new TagPolicyCommand({ PolicyArn, Tags: twice })), {
    name: 'InvalidInputException',
    message: 'Duplicate tag keys found.',
  })
  await assert.rejects(tag(world, PolicyArn, { 'aws:team': '1' }), { name: 'InvalidInputException' })
  assert.deepEqual(await tagsOf(world, PolicyArn), [])
})

test('TagPolicy refuses the 51st tag', async () => {
  const world = await World.create()
  const arn = await createPolicy(world, 'Readers')
  await tag(world, arn, Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key-${index}`, 'v'])))
  await tag(world, arn, { 'key-0': 'new' })
  await assert.rejects(tag(world, arn, { 'KEY-0': 'v' }), { name: 'LimitExceededException' })
})

test('TagPolicy changes neither the versions of the policy nor when it was last updated', async () => {
  const world = await World.create()
  const arn = await createPolicy(world, 'Readers')
  const before = world.account.policies.find('readers')
  world.now = new Date('2026-11-23T12:00:00Z')
  await tag(world, arn, { a: '1' })
  assert.deepEqual(world.account.policies.find('readers'), { ...before, tags: [{ key: 'a', value: '1' }] })
})

test('TagPolicy refuses a policy that does not exist, and those of AWS', async () => {
  const world = await World.create()
  await assert.rejects(tag(world, 'arn:aws:iam::123456789012:policy/NotAPolicy', { a: '1' }), {
    name: 'NoSuchEntityException',
    message: 'Policy arn:aws:iam::123456789012:policy/NotAPolicy was not found.',
  })
  await assert.rejects(tag(world, ADMINISTRATOR_ACCESS, { a: '1' }), {
    name: 'InvalidInputException',
    message: 'Tags not supported for policies in this domain',
  })
  await assert.rejects(tag(world, 'arn:aws:iam::999999999999:policy/Readers', { a: '1' }), { name: 'AccessDenied' })
})

test('TagPolicy needs iam:TagPolicy on the policy', async () => {
  const world = await World.create()
  const resource = await createPolicy(world, 'Readers', { Path: '/team/' })
  await assertNeeds(world, {
    action: 'iam:TagPolicy',
    resource,
    call: (client) => client.send(new TagPolicyCommand({ PolicyArn: resource, Tags: tags({ a: '1' }) })),
  })
})

test('TagPolicy is decided on the tags that are sent and on those that the policy has', async () => {
  const world = await World.create()
  const own = await createPolicy(world, 'Own', { Tags: tags({ Owner: 'Tagger' }) })
  const other = await createPolicy(world, 'Other')
  const tagger = await world.createUser('Tagger', {
    Effect: 'Allow',
    Action: 'iam:TagPolicy',
    Resource: '*',
    Condition: {
      StringEquals: { 'aws:RequestTag/Team': 'blue', 'aws:ResourceTag/Owner': '${aws:username}' },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['Team', 'Area'] },
    },
  })
  const send = (PolicyArn: string, record: Readonly<Record<string, string>>): Promise<unknown> =>
    world.iam(tagger).send(new TagPolicyCommand({ PolicyArn, Tags: tags(record) }))
  const denied = { name: 'AccessDenied' }
  await assert.rejects(send(own, { Team: 'green' }), denied, 'the value is another')
  await assert.rejects(send(own, { Team: 'blue', Owner: 'x' }), denied, 'the key is not one of those')
  await assert.rejects(send(other, { Team: 'blue' }), denied, 'the other policy has no owner')
  await send(own, { Team: 'blue', Area: 'x' })
})
