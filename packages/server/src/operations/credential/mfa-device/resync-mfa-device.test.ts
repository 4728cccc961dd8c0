import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ResyncMFADeviceCommand, type ResyncMFADeviceCommandInput } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { codesAt } from '../../../../test/credentials/mfa-codes.ts'
import {
  createDevice,
  enableNewDevice,
  givePasskey,
  type MadeDevice,
} from '../../../../test/credentials/mfa-devices.ts'
import { NOON, World } from '../../../../test/world.ts'

const WRONG = { name: 'InvalidAuthenticationCodeException', message: 'Authentication code for device is not valid.' }

async function worldWithPhone(): Promise<{ world: World; phone: MadeDevice }> {
  const world = await World.create()
  await world.createUser('Bob')
  return { world, phone: await enableNewDevice(world, 'Bob', 'Phone') }
}

/** Synchronises Bob's phone with codes of that many steps from now, unless told otherwise. */
async function resync(
  world: World,
  { seed, SerialNumber }: MadeDevice,
  { stepsLater = 2, ...other }: Partial<ResyncMFADeviceCommandInput> & { readonly stepsLater?: number } = {},
): Promise<void> {
  const input = { UserName: 'Bob', SerialNumber, ...codesAt(seed, world.now, stepsLater), ...other }
  await world.iam().send(new ResyncMFADeviceCommand(input))
}

test('ResyncMFADevice learns the clock of the device anew, and leaves the device what it was', async () => {
  const { world, phone } = await worldWithPhone()
  const [before] = [...world.account.virtualMfaDevices.scan()]
  world.now = new Date(NOON.getTime() + 3_600_000)
  await resync(world, phone, { UserName: 'BOB', stepsLater: -20 })
  const [after] = [...world.account.virtualMfaDevices.scan()]
  const step = NOON.getTime() / 30_000 + 120 - 19
  const tries = { window: Math.floor(world.now.getTime() / 180_000), count: 1 }
  assert.deepEqual(after, { ...before, sync: { step, driftSteps: -19 }, tries })
})

test('ResyncMFADevice takes no code that synchronised before, nor one older than those', async () => {
  const { world, phone } = await worldWithPhone()
  for (const stepsLater of [-1, 0, 1]) await assert.rejects(resync(world, phone, { stepsLater }), WRONG)
  await resync(world, phone, { stepsLater: 2 })
  await assert.rejects(resync(world, phone, { stepsLater: 2 }), WRONG)
  await assert.rejects(resync(world, phone, { stepsLater: 3 }), WRONG)
  await resync(world, phone, { stepsLater: 4 })
})

test('K-03: tries are counted together with those of EnableMFADevice, right ones too', async () => {
  const { world, phone } = await worldWithPhone()
  for (let tries = 2; tries <= 9; tries += 1) await resync(world, phone, { stepsLater: tries * 2 })
  await assert.rejects(resync(world, phone, { stepsLater: 30 }), { name: 'AccessDenied' })
  world.now = new Date(NOON.getTime() + 180_000)
  await resync(world, phone, { stepsLater: 30 })
})

test("ResyncMFADevice refuses a device that is nobody's, somebody else's, a passkey, or not there, and an unknown user", async () => {
  const { world, phone } = await worldWithPhone()
  await world.createUser('Carol')
  const passkey = await givePasskey(world)
  const free = await createDevice(world, 'Free')
  const invalid = { name: 'NoSuchEntityException', message: 'MFA Device invalid for user.' }
  await assert.rejects(resync(world, free), invalid)
  await assert.rejects(resync(world, phone, { UserName: 'Carol' }), invalid)
  for (const SerialNumber of [passkey, 'arn:aws:iam::123456789012:mfa/None']) {
    await assert.rejects(resync(world, phone, { SerialNumber }), {
      name: 'NoSuchEntityException',
      message: `MFA Device with serial number ${SerialNumber} does not exist.`,
    })
  }
  await assert.rejects(resync(world, phone, { UserName: 'Nobody' }), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('the root user synchronises its own device by its account number', async () => {
  const world = await World.create()
  const phone = await enableNewDevice(world, world.accountId, 'Phone')
  await resync(world, phone, { UserName: world.accountId })
  await assert.rejects(resync(world, phone, { UserName: world.accountId }), WRONG)
})

test('ResyncMFADevice needs iam:ResyncMFADevice on the user', async () => {
  const { world, phone } = await worldWithPhone()
  const { SerialNumber, seed } = phone
  await assertNeeds(world, {
    action: 'iam:ResyncMFADevice',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) =>
      client.send(new ResyncMFADeviceCommand({ UserName: 'bob', SerialNumber, ...codesAt(seed, world.now, 2) })),
  })
})
