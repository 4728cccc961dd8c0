import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListMFADeviceTagsCommand, UntagMFADeviceCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { createDevice } from '../../../../test/credentials/mfa-devices.ts'
import { World } from '../../../../test/world.ts'

const SERIAL_NUMBER = 'arn:aws:iam::123456789012:mfa/Phone'

async function worldWithTaggedDevice(): Promise<World> {
  const world = await World.create()
  await createDevice(world, 'Phone', { Tags: ['A', 'Team', 'a'].map((Key) => ({ Key, Value: 'v' })) })
  return world
}

async function untag(world: World, SerialNumber: string, ...TagKeys: string[]): Promise<void> {
  await world.iam().send(new UntagMFADeviceCommand({ SerialNumber, TagKeys }))
}

async function keysOf(world: World): Promise<unknown> {
  const { Tags = [] } = await world.iam().send(new ListMFADeviceTagsCommand({ SerialNumber: SERIAL_NUMBER }))
  return Tags.map(({ Key }) => Key)
}

test('UntagMFADevice removes keys in exactly their case, and takes no offence at one that is not there', async () => {
  const world = await worldWithTaggedDevice()
  await untag(world, SERIAL_NUMBER, 'a', 'TEAM', 'Nothing')
  assert.deepEqual(await keysOf(world), ['A', 'Team'])
  await untag(world, SERIAL_NUMBER, 'A', 'Team')
  assert.deepEqual(await keysOf(world), [])
})

test('UntagMFADevice refuses a device that is not there, and those of other accounts', async () => {
  const world = await World.create()
  await assert.rejects(untag(world, SERIAL_NUMBER, 'a'), {
    name: 'NoSuchEntityException',
    message: `MFA Device with serial number ${SERIAL_NUMBER} does not exist.`,
  })
  await assert.rejects(untag(world, 'arn:aws:iam::999999999999:mfa/Phone', 'a'), { name: 'AccessDenied' })
})

test('UntagMFADevice needs iam:UntagMFADevice on the device', async () => {
  await assertNeeds(await worldWithTaggedDevice(), {
    action: 'iam:UntagMFADevice',
    resource: SERIAL_NUMBER,
    call: (client) => client.send(new UntagMFADeviceCommand({ SerialNumber: SERIAL_NUMBER, TagKeys: ['a'] })),
  })
})

test('UntagMFADevice is decided on the keys that are sent', async () => {
  const world = await worldWithTaggedDevice()
  const untagger = await world.createUser('Untagger', {
    Effect: 'Allow',
    Action: 'iam:UntagMFADevice',
    Resource: '*',
    Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['Team'] } },
  })
  const send = (...TagKeys: string[]): Promise<unknown> =>
    world.iam(untagger).send(new UntagMFADeviceCommand({ SerialNumber: SERIAL_NUMBER, TagKeys }))
  await assert.rejects(send('Team', 'a'), { name: 'AccessDenied' })
  await send('Team')
  assert.deepEqual(await keysOf(world), ['A', 'a'])
})
