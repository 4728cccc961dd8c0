import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreateUserCommand, GetUserCommand, UntagUserCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { World } from '../../../test/world.ts'

async function worldWithTaggedBob(): Promise<World> {
  const world = await World.create()
  const Tags = ['Area', 'Cost', 'Team'].map((Key) => ({ Key, Value: 'v' }))
  await world.iam().send(new CreateUserCommand({ UserName: 'Bob', Tags }))
  return world
}

async function keysOf(world: World): Promise<unknown> {
  const { User } = await world.iam().send(new GetUserCommand({ UserName: 'Bob' }))
  return User?.Tags?.map(({ Key }) => Key)
}

test('UntagUser removes keys, ignoring case, and takes no offence at one that is not there', async () => {
  const world = await worldWithTaggedBob()
  await world.iam().send(new UntagUserCommand({ UserName: 'bob', TagKeys: ['TEAM', 'Nothing'] }))
  assert.deepEqual(await keysOf(world), ['Area', 'Cost'])
  await world.iam().send(new UntagUserCommand({ UserName: 'Bob', TagKeys: ['Area', 'Cost'] }))
  assert.equal(await keysOf(world), undefined)
})

test('UntagUser refuses a user that does not exist', async () => {
  const world = await World.create()
  await assert.rejects(world.iam().send(new UntagUserCommand({ UserName: 'Nobody', TagKeys: ['Team'] })), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('UntagUser needs iam:UntagUser on the user', async () => {
  await assertNeeds(await worldWithTaggedBob(), {
    action: 'iam:UntagUser',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new UntagUserCommand({ UserName: 'bob', TagKeys: ['Team'] })),
  })
})

test('UntagUser is decided on the keys that are sent', async () => {
  const world = await worldWithTaggedBob()
  const untagger = await world.createUser('Untagger', {
    Effect: 'Allow',
    Action: 'iam:UntagUser',
    Resource: '*',
    Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['Team', 'Area'] } },
  })
  const send = (...TagKeys: string[]): Promise<unknown> =>
    world.iam(untagger).send(new UntagUserCommand({ UserName: 'Bob', TagKeys }))
  await assert.rejects(send('Team', 'Cost'), { name: 'AccessDenied' })
  await send('Team', 'Area')
  assert.deepEqual(await keysOf(world), ['Cost'])
})
