import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GetContextKeysForCustomPolicyCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { policy, statement } from '../../../test/simulation/simulations.ts'
import { World } from '../../../test/world.ts'

const HOME = policy(
  statement({
    Resource: 'arn:aws:s3:::home/${aws:username}/*',
    Condition: {
      StringLike: { 's3:prefix': ['${aws:userid}/*', '${aws:username}/*'] },
      Bool: { 'aws:SecureTransport': 'true' },
    },
  }),
)
const HOME_KEYS = ['aws:username', 's3:prefix', 'aws:userid', 'aws:SecureTransport']

async function keysOf(world: World, ...PolicyInputList: string[]): Promise<string[] | undefined> {
  return (await world.iam().send(new GetContextKeysForCustomPolicyCommand({ PolicyInputList }))).ContextKeyNames
}

test('GetContextKeysForCustomPolicy answers the keys of each document, each of a document once', async () => {
  const world = await World.create()
  assert.deepEqual(await keysOf(world, HOME), HOME_KEYS)
  const again = policy(statement({ Condition: { StringEquals: { 'aws:username': 'a' } } }))
  assert.deepEqual(await keysOf(world, HOME, again), [...HOME_KEYS, 'aws:username'])
  assert.deepEqual(await keysOf(world, policy(statement())), [])
})

test('GetContextKeysForCustomPolicy takes what could not be stored, and refuses what cannot be read', async () => {
  const world = await World.create()
  const unfit = policy({ Effect: 'Allow', Condition: { Bool: { 'x:key': 'maybe' } } })
  assert.deepEqual(await keysOf(world, unfit), ['x:key'])
  for (const bad of ['{', '[]', '{"Version":"2099-01-01","Statement":{"Effect":"Allow"}}']) {
    await assert.rejects(keysOf(world, HOME, bad), {
      name: 'InvalidInputException',
      message: 'Policy input list item 2 has invalid content',
    })
  }
})

test('GetContextKeysForCustomPolicy needs its action, which has no resource', async () => {
  await assertNeeds(await World.create(), {
    action: 'iam:GetContextKeysForCustomPolicy',
    resource: '*',
    call: (client) => client.send(new GetContextKeysForCustomPolicyCommand({ PolicyInputList: [HOME] })),
  })
})
