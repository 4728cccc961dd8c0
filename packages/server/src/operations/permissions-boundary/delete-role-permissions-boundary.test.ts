import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AttachRolePolicyCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  type IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy, DOCUMENT } from '../../../test/managed-policies.ts'
import { createRole, createServiceLinkedRole, protectedRole } from '../../../test/roles/roles.ts'
import { World } from '../../../test/world.ts'

async function worldWithBoundedRole(): Promise<World> {
  const world = await World.create()
  await createRole(world, 'Reader', { PermissionsBoundary: ADMINISTRATOR_ACCESS })
  return world
}

async function remove(world: World, RoleName: string): Promise<void> {
  await world.iam().send(new DeleteRolePermissionsBoundaryCommand({ RoleName }))
}

test('DeleteRolePermissionsBoundary takes the boundary away, whatever the case of the name, and nothing else', async () => {
  const world = await worldWithBoundedRole()
  const { boundaryArn, ...before } = world.account.roles.find('reader') ?? {}
  assert.equal(boundaryArn, ADMINISTRATOR_ACCESS)
  await remove(world, 'READER')
  assert.deepEqual(world.account.roles.find('reader'), before)
})

test('DeleteRolePermissionsBoundary answers NoSuchEntity without a boundary, and without a role', async () => {
  const world = await worldWithBoundedRole()
  await remove(world, 'Reader')
  await assert.rejects(remove(world, 'Reader'), {
    name: 'NoSuchEntityException',
    message: 'The role with name Reader does not have a permissions boundary.',
  })
  await assert.rejects(remove(world, 'Nobody'), {
    name: 'NoSuchEntityException',
    message: 'The role with name Nobody cannot be found.',
  })
})

test('DeleteRolePermissionsBoundary needs its action on the role', async () => {
  await assertNeeds(await worldWithBoundedRole(), {
    action: 'iam:DeleteRolePermissionsBoundary',
    resource: 'arn:aws:iam::123456789012:role/Reader',
    call: (client) => client.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: 'reader' })),
  })
})

const CALLS: Readonly<Record<string, (client: IAMClient, RoleName: string) => Promise<unknown>>> = {
  PutRolePolicy: (client, RoleName) =>
    client.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: DOCUMENT })),
  DeleteRolePolicy: (client, RoleName) => client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'p' })),
  AttachRolePolicy: (client, RoleName) =>
    client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: ADMINISTRATOR_ACCESS })),
  DetachRolePolicy: (client, RoleName) =>
    client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: ADMINISTRATOR_ACCESS })),
  DeleteRolePermissionsBoundary: (client, RoleName) =>
    client.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })),
}

for (const [operation, call] of Object.entries(CALLS)) {
  test(`${operation} is decided on the boundary that the role has`, async () => {
    const world = await World.create()
    const limit = await createPolicy(world, 'Limit')
    for (const [RoleName, boundary] of [
      ['Limited', { PermissionsBoundary: limit }],
      ['Otherwise', { PermissionsBoundary: ADMINISTRATOR_ACCESS }],
      ['Free', {}],
    ] as const) {
      await createRole(world, RoleName, boundary)
      await world.iam().send(new AttachRolePolicyCommand({ RoleName, PolicyArn: ADMINISTRATOR_ACCESS }))
      await world.iam().send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: DOCUMENT }))
    }
    const delegate = await world.createUser('Delegate', {
      Effect: 'Allow',
      Action: `iam:${operation}`,
      Resource: '*',
      Condition: { StringEquals: { 'iam:PermissionsBoundary': limit } },
    })
    await assert.rejects(call(world.iam(delegate), 'Free'), { name: 'AccessDenied' })
    await assert.rejects(call(world.iam(delegate), 'Otherwise'), { name: 'AccessDenied' })
    await call(world.iam(delegate), 'Limited')
  })

  test(`${operation} refuses a service-linked role`, async () => {
    const world = await World.create()
    await createServiceLinkedRole(world, 'AWSServiceRoleForEC2')
    await assert.rejects(call(world.iam(), 'AWSServiceRoleForEC2'), protectedRole('AWSServiceRoleForEC2'))
  })
}
