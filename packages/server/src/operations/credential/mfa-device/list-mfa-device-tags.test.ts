import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListMFADeviceTagsCommand } from '@aws-sdk/client-iam'
import { allPages } from '../../../../test/all-pages.ts'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { createDevice } from '../../../../test/credentials/mfa-devices.ts'
import { World } from '../../../../test/world.ts'

const SERIAL_NUMBER = 'arn:aws:iam::123456789012:mfa/Phone'
const TAGS = ['A', 'B', 'C', 'a', 'b'].map((Key) => ({ Key, Value: `of ${Key}` }))

async function worldWithTaggedDevice(): Promise<World> {
  const world = await World.create()
  await createDevice(world, 'Phone', { Tags: TAGS.toReversed() })
  return world
}

test('ListMFADeviceTags answers the tags in order of key, page by page, whatever the case of the serial number', async () => {
  const world = await worldWithTaggedDevice()
  const whole = await world.iam().send(new ListMFADeviceTagsCommand({ SerialNumber: SERIAL_NUMBER.replace('P', 'p') }))
  assert.deepEqual([whole.Tags, whole.IsTruncated, whole.Marker], [TAGS, false, undefined])
  const pages = await allPages((Marker) =>
    world.iam().send(new ListMFADeviceTagsCommand({ SerialNumber: SERIAL_NUMBER, MaxItems: 2, Marker })),
  )
  assert.deepEqual(
    pages.map(({ Tags }) => Tags),
    [TAGS.slice(0, 2), TAGS.slice(2, 4), TAGS.slice(4)],
  )
})

test('ListMFADeviceTags refuses a marker that was given for another device', async () => {
  const world = await worldWithTaggedDevice()
  const { SerialNumber } = await createDevice(world, 'Other')
  const { Marker } = await world.iam().send(new ListMFADeviceTagsCommand({ SerialNumber: SERIAL_NUMBER, MaxItems: 1 }))
  await assert.rejects(world.iam().send(new ListMFADeviceTagsCommand({ SerialNumber, Marker })), {
    name: 'ValidationError',
    message: 'Marker and Filter do not match',
  })
})

test('ListMFADeviceTags refuses a device that is not there, and those of other accounts', async () => {
  const world = await World.create()
  const list = (SerialNumber: string): Promise<unknown> =>
    world.iam().send(new ListMFADeviceTagsCommand({ SerialNumber }))
  await assert.rejects(list(SERIAL_NUMBER), {
    name: 'NoSuchEntityException',
    message: `MFA Device with serial number ${SERIAL_NUMBER} does not exist.`,
  })
  await assert.rejects(list('arn:aws:iam::999999999999:mfa/Phone'), { name: 'AccessDenied' })
})

test('ListMFADeviceTags needs iam:ListMFADeviceTags on the device', async () => {
  await assertNeeds(await worldWithTaggedDevice(), {
    action: 'iam:ListMFADeviceTags',
    resource: SERIAL_NUMBER,
    call: (client) => client.send(new ListMFADeviceTagsCommand({ SerialNumber: SERIAL_NUMBER })),
  })
})
