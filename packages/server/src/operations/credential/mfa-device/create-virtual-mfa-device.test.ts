import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateAccountAliasCommand,
  CreateVirtualMFADeviceCommand,
  type CreateVirtualMFADeviceCommandInput,
  ListVirtualMFADevicesCommand,
  type VirtualMFADevice,
} from '@aws-sdk/client-iam'
import { mfaDevicePlace } from '../../../account/credential/mfa-device-place.ts'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { World } from '../../../../test/world.ts'
import { oneTimeCodes } from '../../../vault/one-time-codes.ts'

async function create(
  world: World,
  VirtualMFADeviceName: string,
  options: Partial<CreateVirtualMFADeviceCommandInput> = {},
): Promise<VirtualMFADevice | undefined> {
  const command = new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName, ...options })
  return (await world.iam().send(command)).VirtualMFADevice
}

function seedOf(device: VirtualMFADevice | undefined): string {
  return Buffer.from(device?.Base32StringSeed ?? []).toString('latin1')
}

test('CreateVirtualMFADevice answers a serial number, a seed of 64 characters of base32, and a picture of it', async () => {
  const world = await World.create()
  const device = await create(world, 'Phone')
  const seed = seedOf(device)
  assert.match(seed, /^[A-Z2-7]{64}$/)
  assert.deepEqual(device, {
    SerialNumber: 'arn:aws:iam::123456789012:mfa/Phone',
    Base32StringSeed: Uint8Array.from(Buffer.from(seed)),
    QRCodePNG: Uint8Array.from(oneTimeCodes.qrCode({ seed, name: 'Phone', account: '123456789012' })),
  })
})

test('CreateVirtualMFADevice keeps path and tags, and the picture names the alias of the account', async () => {
  const world = await World.create()
  await world.iam().send(new CreateAccountAliasCommand({ AccountAlias: 'acme' }))
  const Tags = [
    { Key: 'team', Value: 'b' },
    { Key: 'Team', Value: 'a' },
  ]
  const device = await create(world, 'Phone', { Path: '/a//b/', Tags })
  assert.equal(device?.SerialNumber, 'arn:aws:iam::123456789012:mfa/a//b/Phone')
  assert.deepEqual(device?.Tags, Tags.toReversed())
  const picture = oneTimeCodes.qrCode({ seed: seedOf(device), name: 'Phone', account: 'acme' })
  assert.deepEqual(device?.QRCodePNG, Uint8Array.from(picture))
})

test('P8: the seed is stored only sealed, for this device alone, no other answer has it, and each device has its own', async () => {
  const world = await World.create()
  const device = await create(world, 'Phone')
  const seed = seedOf(device)
  const serialNumber = device?.SerialNumber ?? ''
  const sealed = world.account.virtualMfaDevices.findBy('serialNumber', serialNumber.toLowerCase())?.sealedSeed ?? ''
  assert.equal(world.vault.open(mfaDevicePlace(world.accountId, serialNumber), sealed), seed)
  assert.throws(() => world.vault.open(mfaDevicePlace(world.accountId, `${serialNumber}2`), sealed), /cannot open/)
  assert.notEqual(seedOf(await create(world, 'Phone2')), seed)
  const { VirtualMFADevices } = await world.iam().send(new ListVirtualMFADevicesCommand({}))
  assert.deepEqual(VirtualMFADevices, [{ SerialNumber: serialNumber }, { SerialNumber: `${serialNumber}2` }])
})

test('CreateVirtualMFADevice refuses a device that is there, whatever the case, and not one of that name in another path', async () => {
  const world = await World.create()
  await create(world, 'Phone')
  const taken = { name: 'EntityAlreadyExistsException', message: 'MFA device already exists.' }
  await assert.rejects(create(world, 'Phone'), taken)
  await assert.rejects(create(world, 'pHONE'), taken)
  await create(world, 'Phone', { Path: '/other/' })
  assert.equal(world.account.virtualMfaDevices.size, 2)
})

test("CreateVirtualMFADevice makes as many devices as the account's quota of users says", async () => {
  const world = await World.create()
  await world.change((account) => account.quotas.put({ name: 'UsersQuota', value: 2 }))
  await create(world, 'One')
  await create(world, 'Two')
  await assert.rejects(create(world, 'Three'), {
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for MFADevicesPerAccount: 2',
  })
})

test('CreateVirtualMFADevice refuses a serial number that requests could not carry, of 257 characters', async () => {
  const world = await World.create()
  const room = 256 - 'arn:aws:iam::123456789012:mfa/'.length
  await create(world, 'a'.repeat(room))
  const refused = { name: 'InvalidInputException', message: /longer than 256 characters\.$/ }
  await assert.rejects(create(world, 'b'.repeat(room + 1)), refused)
  await assert.rejects(create(world, 'b', { Path: `/${'p'.repeat(room - 1)}/` }), refused)
})

test('CreateVirtualMFADevice refuses tags that are sent twice or that AWS reserves, and makes nothing', async () => {
  const world = await World.create()
  const twice = [1, 2].map((value) => ({ Key: 'a', Value: String(value) }))
  await assert.rejects(create(world, 'Phone', { Tags: twice }), {
    name: 'InvalidInputException',
    message: 'Duplicate tag keys found.',
  })
  await assert.rejects(create(world, 'Phone', { Tags: [{ Key: 'aws:a', Value: '' }] }), {
    name: 'InvalidInputException',
  })
  assert.equal(world.account.virtualMfaDevices.size, 0)
})

test('CreateVirtualMFADevice needs iam:CreateVirtualMFADevice on the new device, with its path', async () => {
  await assertNeeds(await World.create(), {
    action: 'iam:CreateVirtualMFADevice',
    resource: 'arn:aws:iam::123456789012:mfa/path/Phone',
    call: (client) => client.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'Phone', Path: '/path/' })),
  })
})

test('CreateVirtualMFADevice with tags needs iam:TagMFADevice too, and is decided on the tags', async () => {
  const world = await World.create()
  const onlyCreate = { Effect: 'Allow', Action: 'iam:CreateVirtualMFADevice', Resource: '*' } as const
  const tag = {
    Effect: 'Allow',
    Action: 'iam:TagMFADevice',
    Resource: '*',
    Condition: { StringEquals: { 'aws:RequestTag/Team': 'a' } },
  } as const
  const send = async (name: string, Value: string): Promise<unknown> => {
    const credentials = name === 'Tagger' ? tagger : creator
    const input = { VirtualMFADeviceName: `${name}-${Value}`, Tags: [{ Key: 'Team', Value }] }
    return world.iam(credentials).send(new CreateVirtualMFADeviceCommand(input))
  }
  const creator = await world.createUser('Creator', onlyCreate)
  const tagger = await world.createUser('Tagger', onlyCreate, tag)
  await assert.rejects(send('Creator', 'a'), { name: 'AccessDenied', message: /iam:TagMFADevice/ })
  await assert.rejects(send('Tagger', 'b'), { name: 'AccessDenied', message: /iam:TagMFADevice/ })
  await send('Tagger', 'a')
})
