import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AttachRolePolicyCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy, DOCUMENT } from '../../../test/managed-policies.ts'
import { createRole, createServiceLinkedRole, protectedRole, roleOf } from '../../../test/roles/roles.ts'
import { World } from '../../../test/world.ts'

async function remove(world: World, RoleName: string): Promise<void> {
  await world.iam().send(new DeleteRoleCommand({ RoleName }))
}

test('DeleteRole removes the role of that name, ignoring case, with its boundary, and leaves nothing behind', async () => {
  const world = await World.create()
  const limit = await createPolicy(world, 'Limit')
  const first = await createRole(world, 'Reader', {
    PermissionsBoundary: limit,
    Tags: [{ Key: 'Team', Value: 'blue' }],
  })
  await remove(world, 'rEADER')
  await assert.rejects(roleOf(world, 'Reader'), { name: 'NoSuchEntityException' })
  await world.iam().send(new DeletePolicyCommand({ PolicyArn: limit }))
  const second = await createRole(world, 'Reader')
  assert.notEqual(second.RoleId, first.RoleId)
  assert.equal((await roleOf(world, 'Reader')).Tags, undefined)
})

test('DeleteRole refuses a role that has policies, inline ones first', async () => {
  const world = await World.create()
  const RoleName = 'Reader'
  await createRole(world, RoleName)
  const client = world.iam()
  await client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: ADMINISTRATOR_ACCESS }))
  await client.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: DOCUMENT }))
  const name = 'DeleteConflictException'
  await assert.rejects(remove(world, RoleName), { name, message: 'Cannot delete entity, must delete policies first.' })
  await client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'p' }))
  const attached = 'Cannot delete entity, must detach all policies first.'
  await assert.rejects(remove(world, RoleName), { name, message: attached })
  await client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: ADMINISTRATOR_ACCESS }))
  await remove(world, RoleName)
})

test('DeleteRole refuses a role that does not exist, and one that is AWS’s own', async () => {
  const world = await World.create()
  await assert.rejects(remove(world, 'Nobody'), {
    name: 'NoSuchEntityException',
    message: 'The role with name Nobody cannot be found.',
  })
  await createServiceLinkedRole(world, 'AWSServiceRoleForEC2')
  await assert.rejects(remove(world, 'awsserviceroleforec2'), protectedRole('AWSServiceRoleForEC2'))
  assert.equal(world.account.roles.size, 1)
})

test('DeleteRole needs iam:DeleteRole on the role', async () => {
  const world = await World.create()
  await createRole(world, 'Reader', { Path: '/team/' })
  await assertNeeds(world, {
    action: 'iam:DeleteRole',
    resource: 'arn:aws:iam::123456789012:role/team/Reader',
    call: (client) => client.send(new DeleteRoleCommand({ RoleName: 'reader' })),
  })
})
