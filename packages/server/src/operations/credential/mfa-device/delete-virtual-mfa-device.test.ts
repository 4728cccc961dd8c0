import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeactivateMFADeviceCommand, DeleteVirtualMFADeviceCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { createDevice, enableNewDevice, givePasskey } from '../../../../test/credentials/mfa-devices.ts'
import { World } from '../../../../test/world.ts'

async function remove(world: World, SerialNumber: string): Promise<void> {
  await world.iam().send(new DeleteVirtualMFADeviceCommand({ SerialNumber }))
}

test('DeleteVirtualMFADevice removes the device, whatever the case, and its name can be given again', async () => {
  const world = await World.create()
  const { SerialNumber, seed } = await createDevice(world, 'Phone')
  await remove(world, SerialNumber.replace('Phone', 'pHONE'))
  assert.equal(world.account.virtualMfaDevices.size, 0)
  assert.notEqual((await createDevice(world, 'Phone')).seed, seed)
})

test("DeleteVirtualMFADevice refuses a device that is somebody's, until it is deactivated", async () => {
  const world = await World.create()
  await world.createUser('Bob')
  const { SerialNumber } = await enableNewDevice(world, 'Bob', 'Phone')
  await assert.rejects(remove(world, SerialNumber), {
    name: 'DeleteConflictException',
    message: 'MFA VirtualDevice in use. Must deactivate first.',
  })
  await world.iam().send(new DeactivateMFADeviceCommand({ UserName: 'Bob', SerialNumber }))
  await remove(world, SerialNumber)
  assert.equal(world.account.virtualMfaDevices.size, 0)
})

test('DeleteVirtualMFADevice refuses a device that is not there, a passkey, and those of other accounts', async () => {
  const world = await World.create()
  const passkey = await givePasskey(world)
  for (const SerialNumber of [passkey, 'arn:aws:iam::123456789012:mfa/None', 'GAHT12345678']) {
    await assert.rejects(remove(world, SerialNumber), {
      name: 'NoSuchEntityException',
      message: `MFA Device with serial number ${SerialNumber} does not exist.`,
    })
  }
  await assert.rejects(remove(world, 'arn:aws:iam::999999999999:mfa/Phone'), {
    name: 'AccessDenied',
    message:
      'User: arn:aws:iam::123456789012:root is not authorized to perform: iam:DeleteVirtualMFADevice on resource: ' +
      'arn:aws:iam::999999999999:mfa/Phone because no resource-based policy allows the iam:DeleteVirtualMFADevice action',
  })
})

test('DeleteVirtualMFADevice needs iam:DeleteVirtualMFADevice on the device as it is stored', async () => {
  const world = await World.create()
  const { SerialNumber } = await createDevice(world, 'Phone', { Path: '/path/' })
  await assertNeeds(world, {
    action: 'iam:DeleteVirtualMFADevice',
    resource: 'arn:aws:iam::123456789012:mfa/path/Phone',
    call: (client) =>
      client.send(new DeleteVirtualMFADeviceCommand({ SerialNumber: SerialNumber.replace('Phone', 'phone') })),
  })
})

test('a serial number that is no ARN is one in the root path, to be denied as that', async () => {
  const world = await World.create()
  const nobody = await world.createUser('Nobody')
  const call = new DeleteVirtualMFADeviceCommand({ SerialNumber: 'GAHT12345678' })
  await assert.rejects(world.iam(nobody).send(call), {
    message: /on resource: arn:aws:iam::123456789012:mfa\/GAHT12345678 because/,
  })
})
