import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  DeactivateMFADeviceCommand,
  EnableMFADeviceCommand,
  type EnableMFADeviceCommandInput,
  ListMFADevicesCommand,
} from '@aws-sdk/client-iam'
import fc from 'fast-check'
import { createMemoryJournal, MemoryStore } from '../../../journal/memory.ts'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { codesAt } from '../../../../test/credentials/mfa-codes.ts'
import {
  createDevice,
  enableNewDevice,
  givePasskey,
  type MadeDevice,
} from '../../../../test/credentials/mfa-devices.ts'
import { NOON, userIdOf, World } from '../../../../test/world.ts'

const WRONG = { name: 'InvalidAuthenticationCodeException', message: 'Authentication code for device is not valid.' }
const UNAVAILABLE = { name: 'AccessDenied', message: /the MFA device is unavailable/ }

async function worldWithPhone(): Promise<{ world: World; phone: MadeDevice }> {
  const world = await World.create()
  await world.createUser('Bob')
  return { world, phone: await createDevice(world, 'Phone') }
}

/** Enables Bob's phone with codes of that many steps from now, unless told otherwise. */
async function enable(
  world: World,
  { seed, SerialNumber }: MadeDevice,
  { stepsLater = 0, ...other }: Partial<EnableMFADeviceCommandInput> & { readonly stepsLater?: number } = {},
): Promise<void> {
  const input = { UserName: 'Bob', SerialNumber, ...codesAt(seed, world.now, stepsLater), ...other }
  await world.iam().send(new EnableMFADeviceCommand(input))
}

async function devicesOf(world: World, UserName: string): Promise<unknown> {
  const { MFADevices = [] } = await world.iam().send(new ListMFADevicesCommand({ UserName }))
  return MFADevices.map(({ SerialNumber }) => SerialNumber)
}

test('EnableMFADevice assigns the device to the user, whatever the case of user and serial number', async () => {
  const { world, phone } = await worldWithPhone()
  await enable(world, phone, { UserName: 'bOB', SerialNumber: phone.SerialNumber.replace('Phone', 'PHONE') })
  const device = world.account.virtualMfaDevices.findBy('serialNumber', phone.SerialNumber.toLowerCase())
  assert.deepEqual(device?.assignment, { ownerId: userIdOf('Bob'), enabledAt: NOON.toISOString() })
  assert.deepEqual(device?.sync, { step: NOON.getTime() / 30_000 + 1, driftSteps: 1 })
  assert.deepEqual(await devicesOf(world, 'Bob'), [phone.SerialNumber])
  assert.equal(world.account.virtualMfaDevices.size, 1)
})

test('EnableMFADevice finds out how wrong the clock of the device is, up to about eight hours', async () => {
  for (const stepsLater of [-998, -3, 999]) {
    const { world, phone } = await worldWithPhone()
    await enable(world, phone, { stepsLater })
    const [device] = [...world.account.virtualMfaDevices.scan()]
    assert.equal(device?.sync?.driftSteps, stepsLater + 1)
  }
  for (const stepsLater of [-999, 1000]) {
    const { world, phone } = await worldWithPhone()
    await assert.rejects(enable(world, phone, { stepsLater }), WRONG)
  }
})

test('EnableMFADevice refuses codes that are wrong, of another device, not in a row, or in the wrong order', async () => {
  const { world, phone } = await worldWithPhone()
  const other = await createDevice(world, 'Other')
  const { AuthenticationCode1, AuthenticationCode2 } = codesAt(phone.seed, NOON)
  await assert.rejects(enable(world, phone, codesAt(other.seed, NOON)), WRONG)
  await assert.rejects(enable(world, phone, { AuthenticationCode2: AuthenticationCode1 }), WRONG)
  const tooLate = codesAt(phone.seed, NOON, 1).AuthenticationCode2
  await assert.rejects(enable(world, phone, { AuthenticationCode2: tooLate }), WRONG)
  const swapped = { AuthenticationCode1: AuthenticationCode2, AuthenticationCode2: AuthenticationCode1 }
  await assert.rejects(enable(world, phone, swapped), WRONG)
  assert.deepEqual(await devicesOf(world, 'Bob'), [])
  await enable(world, phone)
})

function nameOf(fault: unknown): string {
  return fault instanceof Error ? fault.name : 'no error'
}

test('K-03: a wrong code counts as a try although the call is refused; after nine not even the right ones are looked at', async () => {
  const { world, phone } = await worldWithPhone()
  for (let tries = 1; tries <= 9; tries += 1) {
    await assert.rejects(enable(world, phone, { AuthenticationCode1: '000000', AuthenticationCode2: '000000' }), WRONG)
  }
  await assert.rejects(enable(world, phone), UNAVAILABLE)
  world.now = new Date(NOON.getTime() + 179_999)
  await assert.rejects(enable(world, phone), UNAVAILABLE)
  world.now = new Date(NOON.getTime() + 180_000)
  await enable(world, phone)
})

test('K-03: however many tries run at once, no more than nine are verified, and a right pair enables once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 99 }), async (rightAt) => {
      const { world, phone } = await worldWithPhone()
      const wrong = { AuthenticationCode1: '000000', AuthenticationCode2: '000000' }
      const calls = Array.from({ length: 100 }, (_call, at) => enable(world, phone, at === rightAt ? {} : wrong))
      const outcomes = (await Promise.allSettled(calls)).map((outcome) =>
        outcome.status === 'fulfilled' ? 'enabled' : nameOf(outcome.reason),
      )
      const count = (what: string): number => outcomes.filter((outcome) => outcome === what).length
      assert.equal(count('enabled'), rightAt < 9 ? 1 : 0)
      assert.equal(count(WRONG.name), rightAt < 9 ? rightAt : 9)
      assert.equal(count('EntityAlreadyExistsException'), rightAt < 9 ? 99 - rightAt : 0)
      assert.equal(count('AccessDenied'), rightAt < 9 ? 0 : 91)
    }),
    { seed: 1, numRuns: 6, examples: [[0], [8], [9]] },
  )
})

test('P-05: of 100 calls on two nodes with the same right codes exactly one enables the device', async () => {
  const journal = createMemoryJournal(new MemoryStore())
  const world = await World.create({ journal })
  for (const name of ['Bob', 'Carol']) await world.createUser(name)
  const phone = await createDevice(world, 'Phone')
  const nodes = [world, await World.create({ journal })]
  const calls = Array.from({ length: 100 }, (_call, at) =>
    enable(nodes[at % 2] ?? world, phone, { UserName: at % 3 === 0 ? 'Bob' : 'Carol' }),
  )
  const outcomes = await Promise.allSettled(calls)
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
  assert.equal([...world.account.virtualMfaDevices.scan()].length, 1)
})

test('a code that enabled a device once enables none again, also after the device was deactivated', async () => {
  const { world, phone } = await worldWithPhone()
  await enable(world, phone)
  await world.iam().send(new DeactivateMFADeviceCommand({ UserName: 'Bob', SerialNumber: phone.SerialNumber }))
  await assert.rejects(enable(world, phone), WRONG)
  await assert.rejects(enable(world, phone, { stepsLater: 1 }), WRONG)
  await enable(world, phone, { stepsLater: 2 })
})

test("EnableMFADevice refuses a device that is somebody's, his own too", async () => {
  const { world, phone } = await worldWithPhone()
  await world.createUser('Carol')
  await enable(world, phone)
  const inUse = { name: 'EntityAlreadyExistsException', message: 'MFA Device is already in use.' }
  await assert.rejects(enable(world, phone, { stepsLater: 2 }), inUse)
  await assert.rejects(enable(world, phone, { stepsLater: 2, UserName: 'Carol' }), inUse)
})

test('EnableMFADevice refuses the ninth device of a user, passkeys counted', async () => {
  const { world, phone } = await worldWithPhone()
  for (const name of ['1', '2', '3', '4', '5', '6', '7']) await enableNewDevice(world, 'Bob', name)
  await givePasskey(world)
  await assert.rejects(enable(world, phone), {
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for MFADevicesPerUser: 8',
  })
  await world.change((account) => account.quotas.put({ name: 'MFADevicesPerUserQuota', value: 9 }))
  await enable(world, phone)
})

test('the root user enables a device for itself by its account number, which a user of that name does not get', async () => {
  const { world, phone } = await worldWithPhone()
  await world.createUser(world.accountId)
  await enable(world, phone, { UserName: world.accountId })
  const [device] = [...world.account.virtualMfaDevices.scan()]
  assert.equal(device?.assignment?.ownerId, world.accountId)
})

test("the account number is a user's name to everybody else", async () => {
  const { world, phone } = await worldWithPhone()
  const bob = await world.createUser('Admin', { Effect: 'Allow', Action: 'iam:EnableMFADevice', Resource: '*' })
  const call = { UserName: world.accountId, SerialNumber: phone.SerialNumber, ...codesAt(phone.seed, NOON) }
  await assert.rejects(world.iam(bob).send(new EnableMFADeviceCommand(call)), {
    name: 'NoSuchEntityException',
    message: `The user with name ${world.accountId} cannot be found.`,
  })
})

test('EnableMFADevice refuses a user and a device that do not exist', async () => {
  const { world, phone } = await worldWithPhone()
  await assert.rejects(enable(world, phone, { UserName: 'Nobody' }), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
  for (const SerialNumber of ['arn:aws:iam::123456789012:mfa/None', 'GAHT12345678']) {
    await assert.rejects(enable(world, phone, { SerialNumber }), {
      name: 'NoSuchEntityException',
      message: `MFA Device with serial number ${SerialNumber} does not exist.`,
    })
  }
})

test('EnableMFADevice needs iam:EnableMFADevice on the user', async () => {
  const { world, phone } = await worldWithPhone()
  const { SerialNumber, seed } = phone
  await assertNeeds(world, {
    action: 'iam:EnableMFADevice',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) =>
      client.send(new EnableMFADeviceCommand({ UserName: 'bob', SerialNumber, ...codesAt(seed, world.now) })),
  })
})
