import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GetMFADeviceCommand, type GetMFADeviceCommandOutput } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { createDevice, enableNewDevice, givePasskey } from '../../../../test/credentials/mfa-devices.ts'
import { type Credentials, NOON, World } from '../../../../test/world.ts'

const PASSKEY = 'arn:aws:iam::123456789012:u2f/user/Bob/key'

async function get(
  world: World,
  SerialNumber: string,
  { UserName, as }: { readonly UserName?: string; readonly as?: Credentials } = {},
): Promise<Omit<GetMFADeviceCommandOutput, '$metadata'>> {
  const { $metadata: _metadata, ...answer } = await world
    .iam(as)
    .send(new GetMFADeviceCommand({ SerialNumber, UserName }))
  return answer
}

test('GetMFADevice answers whose a virtual device is and since when', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  const { SerialNumber } = await enableNewDevice(world, 'Bob', 'Phone')
  const answer = await get(world, SerialNumber.replace('Phone', 'phone'), { UserName: 'BOB' })
  assert.deepEqual(answer, { UserName: 'Bob', SerialNumber, EnableDate: NOON })
})

test('GetMFADevice answers what a passkey is certified for', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  const certifications = [
    { name: 'FIDO', level: 'L1' },
    { name: 'FIDO-FIPS-140-2', level: 'L2' },
  ]
  assert.equal(await givePasskey(world, { certifications }), PASSKEY)
  assert.deepEqual(await get(world, PASSKEY, { UserName: 'Bob' }), {
    UserName: 'Bob',
    SerialNumber: PASSKEY,
    EnableDate: NOON,
    Certifications: { FIDO: 'L1', 'FIDO-FIPS-140-2': 'L2' },
  })
})

test("without a user name the device is the caller's; the root user has no name", async () => {
  const world = await World.create()
  const bob = await world.createUser('Bob', { Effect: 'Allow', Action: 'iam:GetMFADevice', Resource: '*' })
  const phone = await enableNewDevice(world, 'Bob', 'Phone')
  const safe = await enableNewDevice(world, world.accountId, 'Safe')
  assert.equal((await get(world, phone.SerialNumber, { as: bob })).UserName, 'Bob')
  assert.deepEqual(await get(world, safe.SerialNumber), { SerialNumber: safe.SerialNumber, EnableDate: NOON })
})

test("GetMFADevice refuses a device that is nobody's, somebody else's or not there, and an unknown user", async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await world.createUser('Carol')
  const { SerialNumber } = await enableNewDevice(world, 'Bob', 'Phone')
  const free = await createDevice(world, 'Free')
  const invalid = { name: 'NoSuchEntityException', message: 'MFA Device invalid for user.' }
  await assert.rejects(get(world, SerialNumber, { UserName: 'Carol' }), invalid)
  await assert.rejects(get(world, free.SerialNumber, { UserName: 'Bob' }), invalid)
  await assert.rejects(get(world, PASSKEY, { UserName: 'Bob' }), {
    name: 'NoSuchEntityException',
    message: `MFA Device with serial number ${PASSKEY} does not exist.`,
  })
  await assert.rejects(get(world, SerialNumber, { UserName: 'Nobody' }), { name: 'NoSuchEntityException' })
})

test('GetMFADevice needs iam:GetMFADevice on the user', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  const { SerialNumber } = await enableNewDevice(world, 'Bob', 'Phone')
  await assertNeeds(world, {
    action: 'iam:GetMFADevice',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new GetMFADeviceCommand({ UserName: 'bob', SerialNumber })),
  })
})
