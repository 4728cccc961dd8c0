import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeactivateMFADeviceCommand, ListMFADevicesCommand, ListVirtualMFADevicesCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { createDevice, enableNewDevice, givePasskey } from '../../../../test/credentials/mfa-devices.ts'
import { World } from '../../../../test/world.ts'

async function deactivate(world: World, SerialNumber: string, UserName?: string): Promise<void> {
  await world.iam().send(new DeactivateMFADeviceCommand({ UserName, SerialNumber }))
}

test("DeactivateMFADevice takes the device from the user, and leaves it as nobody's", async () => {
  const world = await World.create()
  await world.createUser('Bob')
  const { SerialNumber } = await enableNewDevice(world, 'Bob', 'Phone')
  const [before] = [...world.account.virtualMfaDevices.scan()]
  await deactivate(world, SerialNumber.toUpperCase().replace('ARN', 'arn'), 'BOB')
  const { MFADevices } = await world.iam().send(new ListMFADevicesCommand({ UserName: 'Bob' }))
  assert.deepEqual(MFADevices, [])
  const { VirtualMFADevices } = await world.iam().send(new ListVirtualMFADevicesCommand({}))
  assert.deepEqual(VirtualMFADevices, [{ SerialNumber }])
  const { assignment: _taken, ...rest } = before ?? assert.fail()
  assert.deepEqual([...world.account.virtualMfaDevices.scan()], [rest])
})

test('a passkey is gone with its deactivation', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await deactivate(world, await givePasskey(world), 'Bob')
  assert.equal(world.account.fidoDevices.size, 0)
})

test("without a user name the device is the caller's, also the root user's", async () => {
  const world = await World.create()
  const bob = await world.createUser('Bob', { Effect: 'Allow', Action: 'iam:DeactivateMFADevice', Resource: '*' })
  const { SerialNumber } = await enableNewDevice(world, 'Bob', 'Phone')
  const own = await enableNewDevice(world, world.accountId, 'Safe')
  await assert.rejects(
    world.iam(bob).send(new DeactivateMFADeviceCommand({ SerialNumber: own.SerialNumber })),
    { message: 'MFA Device invalid for user.' },
    "no user has what is the root user's",
  )
  await world.iam(bob).send(new DeactivateMFADeviceCommand({ SerialNumber }))
  await deactivate(world, own.SerialNumber)
  assert.deepEqual(
    [...world.account.virtualMfaDevices.scan()].map(({ assignment }) => assignment),
    [undefined, undefined],
  )
})

test("DeactivateMFADevice refuses a device that is nobody's, somebody else's or not there, and an unknown user", async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await world.createUser('Carol')
  const { SerialNumber } = await enableNewDevice(world, 'Bob', 'Phone')
  const free = await createDevice(world, 'Free')
  const invalid = { name: 'NoSuchEntityException', message: 'MFA Device invalid for user.' }
  await assert.rejects(deactivate(world, SerialNumber, 'Carol'), invalid)
  await assert.rejects(deactivate(world, SerialNumber), invalid)
  await assert.rejects(deactivate(world, free.SerialNumber, 'Bob'), invalid)
  const missing = 'arn:aws:iam::123456789012:mfa/None'
  await assert.rejects(deactivate(world, missing, 'Bob'), {
    name: 'NoSuchEntityException',
    message: `MFA Device with serial number ${missing} does not exist.`,
  })
  await assert.rejects(deactivate(world, SerialNumber, 'Nobody'), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('DeactivateMFADevice needs iam:DeactivateMFADevice on the user', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  const { SerialNumber } = await enableNewDevice(world, 'Bob', 'Phone')
  await assertNeeds(world, {
    action: 'iam:DeactivateMFADevice',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new DeactivateMFADeviceCommand({ UserName: 'bob', SerialNumber })),
  })
})
