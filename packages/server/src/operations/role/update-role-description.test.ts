import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UpdateRoleDescriptionCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { createRole, createServiceLinkedRole, roleOf, trustPolicy } from '../../../test/roles/roles.ts'
import { NOON, World } from '../../../test/world.ts'

test('UpdateRoleDescription answers the role with its new description', async () => {
  const world = await World.create()
  const { RoleId } = await createRole(world, 'Reader', { MaxSessionDuration: 7200 })
  const command = new UpdateRoleDescriptionCommand({ RoleName: 'reader', Description: 'reads' })
  const { Role } = await world.iam().send(command)
  assert.deepEqual(Role, {
    Path: '/',
    RoleName: 'Reader',
    RoleId,
    Arn: 'arn:aws:iam::123456789012:role/Reader',
    CreateDate: NOON,
    AssumeRolePolicyDocument: encodeURIComponent(trustPolicy()),
    Description: 'reads',
  })
  const { Description, MaxSessionDuration } = await roleOf(world, 'Reader')
  assert.deepEqual([Description, MaxSessionDuration], ['reads', 7200])
})

test('UpdateRoleDescription changes that of a service-linked role too', async () => {
  const world = await World.create()
  const RoleName = 'AWSServiceRoleForEC2'
  await createServiceLinkedRole(world, RoleName)
  await world.iam().send(new UpdateRoleDescriptionCommand({ RoleName, Description: 'ours' }))
  assert.equal((await roleOf(world, RoleName)).Description, 'ours')
})

test('UpdateRoleDescription refuses a role that does not exist', async () => {
  const world = await World.create()
  const command = new UpdateRoleDescriptionCommand({ RoleName: 'Nobody', Description: 'x' })
  await assert.rejects(world.iam().send(command), {
    name: 'NoSuchEntityException',
    message: 'The role with name Nobody cannot be found.',
  })
})

test('UpdateRoleDescription needs iam:UpdateRoleDescription on the role', async () => {
  const world = await World.create()
  await createRole(world, 'Reader', { Path: '/team/' })
  await assertNeeds(world, {
    action: 'iam:UpdateRoleDescription',
    resource: 'arn:aws:iam::123456789012:role/team/Reader',
    call: (client) => client.send(new UpdateRoleDescriptionCommand({ RoleName: 'reader', Description: 'x' })),
  })
})
