import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  DeletePolicyCommand,
  DeleteRoleCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountSummaryCommand,
  GetPolicyCommand,
  ListEntitiesForPolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutUserPermissionsBoundaryCommand,
} from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { badBoundaries, SERVICE_LINKED_POLICY } from '../../../test/bad-boundaries.ts'
import { ADMINISTRATOR_ACCESS, createPolicy } from '../../../test/managed-policies.ts'
import { createRole, createServiceLinkedRole, protectedRole, roleOf } from '../../../test/roles/roles.ts'
import { World } from '../../../test/world.ts'

async function worldWithRole(): Promise<World> {
  const world = await World.create()
  await createRole(world, 'Reader', { Path: '/team/' })
  return world
}

async function put(world: World, RoleName: string, PermissionsBoundary: string): Promise<void> {
  await world.iam().send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }))
}

test('PutRolePermissionsBoundary sets the boundary of a role, whatever the case, and replaces it', async () => {
  const world = await worldWithRole()
  for (const arn of [await createPolicy(world, 'Limit', { Path: '/team/' }), ADMINISTRATOR_ACCESS]) {
    await put(world, 'rEADER', arn)
    assert.deepEqual((await roleOf(world, 'Reader')).PermissionsBoundary, {
      PermissionsBoundaryType: 'Policy',
      PermissionsBoundaryArn: arn,
    })
  }
})

test('PutRolePermissionsBoundary refuses what cannot be a boundary', async () => {
  const world = await worldWithRole()
  for (const { PermissionsBoundary, name, message } of badBoundaries(world.accountId)) {
    await assert.rejects(put(world, 'Reader', PermissionsBoundary), { name, message })
  }
  await assert.rejects(put(world, 'Reader', SERVICE_LINKED_POLICY), {
    name: 'PolicyNotAttachableException',
    message: 'Cannot attach a Service Role Policy to a Customer Role.',
  })
  assert.equal((await roleOf(world, 'Reader')).PermissionsBoundary, undefined)
})

test('PutRolePermissionsBoundary refuses a role that does not exist, and one that is of a service', async () => {
  const world = await World.create()
  await assert.rejects(put(world, 'Nobody', ADMINISTRATOR_ACCESS), {
    name: 'NoSuchEntityException',
    message: 'The role with name Nobody cannot be found.',
  })
  await createServiceLinkedRole(world, 'AWSServiceRoleForEC2')
  await assert.rejects(put(world, 'AWSServiceRoleForEC2', ADMINISTRATOR_ACCESS), protectedRole('AWSServiceRoleForEC2'))
})

test('a policy counts users and roles as a boundary, lists both, and can be deleted when both are gone', async () => {
  const world = await worldWithRole()
  await world.createUser('Bob')
  const limit = await createPolicy(world, 'Limit')
  await put(world, 'Reader', limit)
  await world.iam().send(new PutUserPermissionsBoundaryCommand({ UserName: 'Bob', PermissionsBoundary: limit }))
  const { Policy } = await world.iam().send(new GetPolicyCommand({ PolicyArn: limit }))
  assert.deepEqual([Policy?.AttachmentCount, Policy?.PermissionsBoundaryUsageCount], [0, 2])
  const used = await world.iam().send(new ListEntitiesForPolicyCommand({ PolicyArn: limit }))
  assert.deepEqual(used.PolicyRoles, [{ RoleName: 'Reader', RoleId: world.account.roles.find('reader')?.id }])
  assert.equal(used.PolicyUsers?.length, 1)
  const { SummaryMap } = await world.iam().send(new GetAccountSummaryCommand({}))
  assert.deepEqual([SummaryMap?.PolicyVersionsInUse, SummaryMap?.Roles], [1, 1])
  await world.change((account) => account.users.delete('bob'))
  const remove = (): Promise<unknown> => world.iam().send(new DeletePolicyCommand({ PolicyArn: limit }))
  await assert.rejects(remove(), { name: 'DeleteConflictException' })
  await world.iam().send(new DeleteRoleCommand({ RoleName: 'Reader' }))
  await remove()
})

test('a policy of AWS that is only the boundary of a role is in the details of the account', async () => {
  const world = await worldWithRole()
  await put(world, 'Reader', ADMINISTRATOR_ACCESS)
  const { Policies, RoleDetailList } = await world.iam().send(new GetAccountAuthorizationDetailsCommand({}))
  assert.deepEqual(
    Policies?.map(({ Arn }) => Arn),
    [ADMINISTRATOR_ACCESS],
  )
  assert.equal(RoleDetailList?.[0]?.PermissionsBoundary?.PermissionsBoundaryArn, ADMINISTRATOR_ACCESS)
})

test('PutRolePermissionsBoundary needs its action on the role', async () => {
  await assertNeeds(await worldWithRole(), {
    action: 'iam:PutRolePermissionsBoundary',
    resource: 'arn:aws:iam::123456789012:role/team/Reader',
    call: (client) =>
      client.send(
        new PutRolePermissionsBoundaryCommand({ RoleName: 'reader', PermissionsBoundary: ADMINISTRATOR_ACCESS }),
      ),
  })
})

test('PutRolePermissionsBoundary is decided on the boundary that is to be, not on the one that is', async () => {
  const world = await worldWithRole()
  const limit = await createPolicy(world, 'Limit')
  const delegate = await world.createUser('Delegate', {
    Effect: 'Allow',
    Action: 'iam:PutRolePermissionsBoundary',
    Resource: '*',
    Condition: { StringEquals: { 'iam:PermissionsBoundary': limit } },
  })
  const set = (PermissionsBoundary: string): Promise<unknown> =>
    world.iam(delegate).send(new PutRolePermissionsBoundaryCommand({ RoleName: 'Reader', PermissionsBoundary }))
  await set(limit)
  await assert.rejects(set(ADMINISTRATOR_ACCESS), { name: 'AccessDenied' })
})
