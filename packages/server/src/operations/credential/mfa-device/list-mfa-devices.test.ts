import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListMFADevicesCommand, type MFADevice, UpdateUserCommand } from '@aws-sdk/client-iam'
import { allPages } from '../../../../test/all-pages.ts'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { createDevice, enableNewDevice, givePasskey } from '../../../../test/credentials/mfa-devices.ts'
import { NOON, World } from '../../../../test/world.ts'

const LATER = new Date('2026-11-22T13:00:00Z')
const PASSKEY = 'arn:aws:iam::123456789012:u2f/user/Bob/key'

/** Bob has a virtual device, and a passkey of later; Carol has one, and there is one that is nobody's. */
async function worldWithDevices(): Promise<World> {
  const world = await World.create()
  await world.createUser('Bob')
  await world.createUser('Carol')
  await enableNewDevice(world, 'Bob', 'Phone')
  await enableNewDevice(world, 'Carol', 'Carols')
  await createDevice(world, 'Free')
  assert.equal(await givePasskey(world, { enabledAt: LATER.toISOString() }), PASSKEY)
  return world
}

async function list(world: World, UserName?: string): Promise<MFADevice[] | undefined> {
  return (await world.iam().send(new ListMFADevicesCommand({ UserName }))).MFADevices
}

test("ListMFADevices answers a user's devices, virtual ones and passkeys, and nobody else's", async () => {
  const world = await worldWithDevices()
  const answer = await world.iam().send(new ListMFADevicesCommand({ UserName: 'bOB' }))
  assert.deepEqual(answer.MFADevices, [
    { UserName: 'Bob', SerialNumber: 'arn:aws:iam::123456789012:mfa/Phone', EnableDate: NOON },
    { UserName: 'Bob', SerialNumber: PASSKEY, EnableDate: LATER },
  ])
  assert.deepEqual([answer.IsTruncated, answer.Marker], [false, undefined])
})

test('a user that is renamed keeps its devices', async () => {
  const world = await worldWithDevices()
  await world.iam().send(new UpdateUserCommand({ UserName: 'Carol', NewUserName: 'Dora' }))
  assert.deepEqual(await list(world, 'Dora'), [
    { UserName: 'Dora', SerialNumber: 'arn:aws:iam::123456789012:mfa/Carols', EnableDate: NOON },
  ])
})

test("without a user name ListMFADevices answers the caller's devices, the root user's with the account number", async () => {
  const world = await worldWithDevices()
  assert.deepEqual(await list(world), [])
  const { SerialNumber } = await enableNewDevice(world, world.accountId, 'Safe')
  assert.deepEqual(await list(world), [{ UserName: world.accountId, SerialNumber, EnableDate: NOON }])
  assert.deepEqual(await list(world, world.accountId), await list(world))
  const dora = await world.createUser('Dora', { Effect: 'Allow', Action: 'iam:ListMFADevices', Resource: '*' })
  await enableNewDevice(world, 'Dora', 'Doras')
  const own = await world.iam(dora).send(new ListMFADevicesCommand({}))
  assert.deepEqual(
    own.MFADevices?.map(({ UserName }) => UserName),
    ['Dora'],
  )
})

test('ListMFADevices pages through all devices', async () => {
  const world = await worldWithDevices()
  for (const name of ['1', '2', '3']) await enableNewDevice(world, 'Bob', name)
  const whole = await list(world, 'Bob')
  const pages = await allPages((Marker) =>
    world.iam().send(new ListMFADevicesCommand({ UserName: 'Bob', MaxItems: 2, Marker })),
  )
  assert.deepEqual(
    pages.flatMap(({ MFADevices = [] }) => MFADevices),
    whole,
  )
  assert.deepEqual(
    pages.map(({ MFADevices = [] }) => MFADevices.length),
    [2, 2, 1],
  )
})

test('ListMFADevices refuses a marker that was given for another user, and an unknown user', async () => {
  const world = await worldWithDevices()
  const { Marker } = await world.iam().send(new ListMFADevicesCommand({ UserName: 'Bob', MaxItems: 1 }))
  await assert.rejects(world.iam().send(new ListMFADevicesCommand({ UserName: 'Carol', Marker })), {
    name: 'ValidationError',
    message: 'Marker and Filter do not match',
  })
  await assert.rejects(list(world, 'Nobody'), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('ListMFADevices needs iam:ListMFADevices on the user', async () => {
  await assertNeeds(await worldWithDevices(), {
    action: 'iam:ListMFADevices',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new ListMFADevicesCommand({ UserName: 'bob' })),
  })
})
