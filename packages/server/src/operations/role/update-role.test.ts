import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UpdateRoleCommand, type UpdateRoleCommandInput } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { createRole, createServiceLinkedRole, protectedRole, roleOf } from '../../../test/roles/roles.ts'
import { World } from '../../../test/world.ts'

async function update(world: World, input: UpdateRoleCommandInput): Promise<void> {
  await world.iam().send(new UpdateRoleCommand(input))
}

/** What UpdateRole can change. */
async function settingsOf(world: World, name: string): Promise<unknown> {
  const { Description, MaxSessionDuration } = await roleOf(world, name)
  return { Description, MaxSessionDuration }
}

test('UpdateRole changes what is sent, and keeps what is not', async () => {
  const world = await World.create()
  await createRole(world, 'Reader', { Description: 'reads', MaxSessionDuration: 7200 })
  await update(world, { RoleName: 'rEADER', Description: 'reads a lot' })
  assert.deepEqual(await settingsOf(world, 'Reader'), { Description: 'reads a lot', MaxSessionDuration: 7200 })
  await update(world, { RoleName: 'Reader', MaxSessionDuration: 43_200 })
  assert.deepEqual(await settingsOf(world, 'Reader'), { Description: 'reads a lot', MaxSessionDuration: 43_200 })
  const before = world.account.roles.find('reader')
  await update(world, { RoleName: 'Reader' })
  assert.deepEqual(world.account.roles.find('reader'), before)
  await update(world, { RoleName: 'Reader', Description: '' })
  assert.deepEqual(await settingsOf(world, 'Reader'), { Description: '', MaxSessionDuration: 43_200 })
})

test('UpdateRole refuses sessions of more than twelve hours', async () => {
  const world = await World.create()
  await createRole(world, 'Reader')
  await assert.rejects(update(world, { RoleName: 'Reader', MaxSessionDuration: 43_201 }), { name: 'ValidationError' })
})

test('UpdateRole changes the description of a service-linked role, and not its longest session', async () => {
  const world = await World.create()
  const RoleName = 'AWSServiceRoleForEC2'
  await createServiceLinkedRole(world, RoleName)
  await update(world, { RoleName, Description: 'ours' })
  await assert.rejects(update(world, { RoleName, MaxSessionDuration: 7200 }), protectedRole(RoleName))
  assert.deepEqual(await settingsOf(world, RoleName), { Description: 'ours', MaxSessionDuration: 3600 })
})

test('UpdateRole refuses a role that does not exist', async () => {
  const world = await World.create()
  await assert.rejects(update(world, { RoleName: 'Nobody', Description: 'x' }), {
    name: 'NoSuchEntityException',
    message: 'The role with name Nobody cannot be found.',
  })
})

test('UpdateRole needs iam:UpdateRole on the role', async () => {
  const world = await World.create()
  await createRole(world, 'Reader', { Path: '/team/' })
  await assertNeeds(world, {
    action: 'iam:UpdateRole',
    resource: 'arn:aws:iam::123456789012:role/team/Reader',
    call: (client) => client.send(new UpdateRoleCommand({ RoleName: 'reader', Description: 'x' })),
  })
})
