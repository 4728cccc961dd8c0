import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListMFADeviceTagsCommand, type Tag, TagMFADeviceCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { createDevice, enableNewDevice } from '../../../../test/credentials/mfa-devices.ts'
import { World } from '../../../../test/world.ts'

/** Tags from keys and values. */
function tags(record: Readonly<Record<string, string>>): Tag[] {
  return Object.entries(record).map(([Key, Value]) => ({ Key, Value }))
}

async function tag(world: World, SerialNumber: string, record: Readonly<Record<string, string>>): Promise<void> {
  await world.iam().send(new TagMFADeviceCommand({ SerialNumber, Tags: tags(record) }))
}

async function tagsOf(world: World, SerialNumber: string): Promise<Tag[] | undefined> {
  return (await world.iam().send(new ListMFADeviceTagsCommand({ SerialNumber }))).Tags
}

test('TagMFADevice adds tags, replaces those that are there, and tells keys apart by their case', async () => {
  const world = await World.create()
  const { SerialNumber } = await createDevice(world, 'Phone')
  await tag(world, SerialNumber, { Team: 'blue', Cost: '' })
  await tag(world, SerialNumber.replace('Phone', 'phone'), { Team: 'red', team: 'Köln 1' })
  assert.deepEqual(await tagsOf(world, SerialNumber), tags({ Cost: '', Team: 'red', team: 'Köln 1' }))
})

test('TagMFADevice changes nothing else of the device', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  const { SerialNumber } = await enableNewDevice(world, 'Bob', 'Phone')
  const [before] = [...world.account.virtualMfaDevices.scan()]
  await tag(world, SerialNumber, { a: '1' })
  assert.deepEqual([...world.account.virtualMfaDevices.scan()], [{ ...before, tags: [{ key: 'a', value: '1' }] }])
})

test('TagMFADevice refuses a key that is sent twice or that AWS reserves, and the 51st tag', async () => {
  const world = await World.create()
  const { SerialNumber } = await createDevice(world, 'Phone')
  const twice = [...tags({ a: '1' }), ...tags({ a: '2' })]
  await assert.rejects(world.iam().send(new TagMFADeviceCommand({ SerialNumber, Tags: twice })), {
    name: 'InvalidInputException',
    message: 'Duplicate tag keys found.',
  })
  await assert.rejects(tag(world, SerialNumber, { 'aws:team': '1' }), { name: 'InvalidInputException' })
  await tag(world, SerialNumber, Object.fromEntries(Array.from({ length: 50 }, (_tag, at) => [`key-${at}`, 'v'])))
  await assert.rejects(tag(world, SerialNumber, { another: 'v' }), { name: 'LimitExceededException' })
  assert.equal((await tagsOf(world, SerialNumber))?.length, 50)
})

test('TagMFADevice refuses a device that is not there, and those of other accounts', async () => {
  const world = await World.create()
  const missing = 'arn:aws:iam::123456789012:mfa/None'
  await assert.rejects(tag(world, missing, { a: '1' }), {
    name: 'NoSuchEntityException',
    message: `MFA Device with serial number ${missing} does not exist.`,
  })
  await assert.rejects(tag(world, 'arn:aws:iam::999999999999:mfa/Phone', { a: '1' }), { name: 'AccessDenied' })
})

test('TagMFADevice needs iam:TagMFADevice on the device', async () => {
  const world = await World.create()
  const { SerialNumber } = await createDevice(world, 'Phone', { Path: '/team/' })
  await assertNeeds(world, {
    action: 'iam:TagMFADevice',
    resource: SerialNumber,
    call: (client) => client.send(new TagMFADeviceCommand({ SerialNumber, Tags: tags({ a: '1' }) })),
  })
})

test('TagMFADevice is decided on the tags that are sent and on those that the device has', async () => {
  const world = await World.create()
  const own = await createDevice(world, 'Own', { Tags: tags({ Owner: 'Tagger' }) })
  const other = await createDevice(world, 'Other')
  const tagger = await world.createUser('Tagger', {
    Effect: 'Allow',
    Action: 'iam:TagMFADevice',
    Resource: '*',
    Condition: {
      StringEquals: { 'aws:RequestTag/Team': 'blue', 'aws:ResourceTag/Owner': '${aws:username}' },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['Team', 'Area'] },
    },
  })
  const send = ({ SerialNumber }: typeof own, record: Readonly<Record<string, string>>): Promise<unknown> =>
    world.iam(tagger).send(new TagMFADeviceCommand({ SerialNumber, Tags: tags(record) }))
  const denied = { name: 'AccessDenied' }
  await assert.rejects(send(own, { Team: 'green' }), denied, 'the value is another')
  await assert.rejects(send(own, { Team: 'blue', Owner: 'x' }), denied, 'the key is not one of those')
  await assert.rejects(send(other, { Team: 'blue' }), denied, 'the other device has no owner')
  await send(own, { Team: 'blue', Area: 'x' })
})
