import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListPolicyTagsCommand, UntagPolicyCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy } from '../../../test/managed-policies.ts'
import { World } from '../../../test/world.ts'

const ARN = 'arn:aws:iam::123456789012:policy/Readers'

async function worldWithTaggedPolicy(): Promise<World> {
  const world = await World.create()
  await createPolicy(world, 'Readers', { Tags: ['A', 'Team', 'a'].map((Key) => ({ Key, Value: 'v' })) })
  return world
}

async function untag(world: World, PolicyArn: string, ...TagKeys: string[]): Promise<void> {
  await world.iam().send(new UntagPolicyCommand({ PolicyArn, TagKeys }))
}

async function keysOf(world: World): Promise<unknown> {
  const { Tags = [] } = await world.iam().send(new ListPolicyTagsCommand({ PolicyArn: ARN }))
  return Tags.map(({ Key }) => Key)
}

test('UntagPolicy removes keys in exactly their case, and takes no offence at one that is not there', async () => {
  const world = await worldWithTaggedPolicy()
  await untag(world, ARN, 'a', 'TEAM', 'Nothing')
  assert.deepEqual(await keysOf(world), ['A', 'Team'])
  await untag(world, ARN, 'A', 'Team')
  assert.deepEqual(await keysOf(world), [])
})

test('UntagPolicy refuses a policy that does not exist, and those of AWS', async () => {
  const world = await World.create()
  await assert.rejects(untag(world, ARN, 'a'), {
    name: 'NoSuchEntityException',
    message: `Policy ${ARN} was not found.`,
  })
  await assert.rejects(untag(world, ADMINISTRATOR_ACCESS, 'a'), { name: 'InvalidInputException' })
})

test('UntagPolicy needs iam:UntagPolicy on the policy', async () => {
  await assertNeeds(await worldWithTaggedPolicy(), {
    action: 'iam:UntagPolicy',
    resource: ARN,
    call: (client) => client.send(new UntagPolicyCommand({ PolicyArn: ARN, TagKeys: ['a'] })),
  })
})

test('UntagPolicy is decided on the keys that are sent', async () => {
  const world = await worldWithTaggedPolicy()
  const untagger = await world.createUser('Untagger', {
    Effect: 'Allow',
    Action: 'iam:UntagPolicy',
    Resource: '*',
    Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['Team'] } },
  })
  const send = (...TagKeys: string[]): Promise<unknown> =>
    world.iam(untagger).send(new UntagPolicyCommand({ PolicyArn: ARN, TagKeys }))
  await assert.rejects(send('Team', 'a'), { name: 'AccessDenied' })
  await send('Team')
  assert.deepEqual(await keysOf(world), ['A', 'a'])
})
