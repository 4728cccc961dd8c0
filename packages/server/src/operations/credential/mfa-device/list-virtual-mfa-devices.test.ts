import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AssignmentStatusType, ListVirtualMFADevicesCommand, type VirtualMFADevice } from '@aws-sdk/client-iam'
import { allPages } from '../../../../test/all-pages.ts'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { createDevice, enableNewDevice, givePasskey } from '../../../../test/credentials/mfa-devices.ts'
import { NOON, userIdOf, World } from '../../../../test/world.ts'

const MFA = 'arn:aws:iam::123456789012:mfa'

/** Bob's, the root user's and two that are nobody's, with tags; and a passkey. */
async function worldWithDevices(): Promise<World> {
  const world = await World.create()
  await world.createUser('Bob')
  await createDevice(world, 'spare', { Tags: [{ Key: 'a', Value: 'b' }] })
  await createDevice(world, 'Free', { Path: '/path/' })
  await enableNewDevice(world, 'Bob', 'Phone')
  await enableNewDevice(world, world.accountId, 'Safe')
  await givePasskey(world)
  return world
}

async function list(world: World, AssignmentStatus?: AssignmentStatusType): Promise<VirtualMFADevice[] | undefined> {
  const answer = await world.iam().send(new ListVirtualMFADevicesCommand({ AssignmentStatus }))
  assert.deepEqual([answer.IsTruncated, answer.Marker], [false, undefined])
  return answer.VirtualMFADevices
}

const BOBS = {
  SerialNumber: `${MFA}/Phone`,
  EnableDate: NOON,
  User: {
    Path: '/',
    UserName: 'Bob',
    UserId: userIdOf('Bob'),
    Arn: 'arn:aws:iam::123456789012:user/Bob',
    CreateDate: NOON,
  },
}
const ROOTS = {
  SerialNumber: `${MFA}/Safe`,
  EnableDate: NOON,
  User: { UserId: '123456789012', Arn: 'arn:aws:iam::123456789012:root', CreateDate: NOON },
}
const FREE = [{ SerialNumber: `${MFA}/path/Free` }, { SerialNumber: `${MFA}/spare` }]

test('ListVirtualMFADevices answers all, the assigned or the unassigned virtual devices, without seeds, tags and passkeys', async () => {
  const world = await worldWithDevices()
  const all = [FREE[0], BOBS, ROOTS, FREE[1]]
  assert.deepEqual(await list(world), all)
  assert.deepEqual(await list(world, 'Any'), all)
  assert.deepEqual(await list(world, 'Assigned'), [BOBS, ROOTS])
  assert.deepEqual(await list(world, 'Unassigned'), FREE)
})

test('ListVirtualMFADevices says when the password of the owner was last used', async () => {
  const world = await worldWithDevices()
  world.activity.notePasswordUse({ accountId: world.accountId, userId: userIdOf('Bob'), time: NOON.getTime() })
  assert.deepEqual((await list(world, 'Assigned'))?.[0]?.User, { ...BOBS.User, PasswordLastUsed: NOON })
})

test('ListVirtualMFADevices pages through the devices of a status, and a marker is good for that status only', async () => {
  const world = await World.create()
  for (let device = 0; device < 7; device += 1) await createDevice(world, `device-${device}`)
  const AssignmentStatus = 'Unassigned'
  const pages = await allPages((Marker) =>
    world.iam().send(new ListVirtualMFADevicesCommand({ AssignmentStatus, MaxItems: 3, Marker })),
  )
  assert.deepEqual(
    pages.flatMap(({ VirtualMFADevices = [] }) => VirtualMFADevices.map(({ SerialNumber }) => SerialNumber)),
    Array.from({ length: 7 }, (_device, at) => `${MFA}/device-${at}`),
  )
  const { Marker } = await world.iam().send(new ListVirtualMFADevicesCommand({ AssignmentStatus, MaxItems: 3 }))
  await assert.rejects(world.iam().send(new ListVirtualMFADevicesCommand({ AssignmentStatus: 'Any', Marker })), {
    name: 'ValidationError',
    message: 'Marker and Filter do not match',
  })
})

test('ListVirtualMFADevices needs iam:ListVirtualMFADevices on what AWS names when it denies', async () => {
  await assertNeeds(await worldWithDevices(), {
    action: 'iam:ListVirtualMFADevices',
    resource: `${MFA}/`,
    call: (client) => client.send(new ListVirtualMFADevicesCommand({})),
  })
})
