import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AttachRolePolicyCommand, ListAttachedRolePoliciesCommand } from '@aws-sdk/client-iam'
import { allPages } from '../../../test/all-pages.ts'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy } from '../../../test/managed-policies.ts'
import { createRole } from '../../../test/roles/roles.ts'
import { World } from '../../../test/world.ts'

/** The role Admin has AdministratorAccess and an own policy of the account in /team/; the role Reader has none. */
async function worldWithRoles(): Promise<World> {
  const world = await World.create()
  const own = await createPolicy(world, 'Own', { Path: '/team/' })
  for (const name of ['Admin', 'Reader']) await createRole(world, name)
  for (const PolicyArn of [ADMINISTRATOR_ACCESS, own]) {
    await world.iam().send(new AttachRolePolicyCommand({ RoleName: 'Admin', PolicyArn }))
  }
  return world
}

test('ListAttachedRolePolicies answers names and ARNs, and nothing for a role without any', async () => {
  const world = await worldWithRoles()
  const admin = await world.iam().send(new ListAttachedRolePoliciesCommand({ RoleName: 'ADMIN' }))
  assert.deepEqual(admin.AttachedPolicies, [
    { PolicyName: 'Own', PolicyArn: 'arn:aws:iam::123456789012:policy/team/Own' },
    { PolicyName: 'AdministratorAccess', PolicyArn: ADMINISTRATOR_ACCESS },
  ])
  assert.equal(admin.IsTruncated, false)
  const reader = await world.iam().send(new ListAttachedRolePoliciesCommand({ RoleName: 'Reader' }))
  assert.deepEqual(reader.AttachedPolicies, [])
})

test('ListAttachedRolePolicies answers page by page, and those whose own path starts with the prefix', async () => {
  const world = await worldWithRoles()
  const pages = await allPages((Marker) =>
    world.iam().send(new ListAttachedRolePoliciesCommand({ RoleName: 'Admin', MaxItems: 1, Marker })),
  )
  assert.deepEqual(
    pages.map(({ AttachedPolicies = [] }) => AttachedPolicies.map(({ PolicyName }) => PolicyName)),
    [['Own'], ['AdministratorAccess']],
  )
  const command = new ListAttachedRolePoliciesCommand({ RoleName: 'Admin', PathPrefix: '/team/' })
  assert.deepEqual(
    (await world.iam().send(command)).AttachedPolicies?.map(({ PolicyName }) => PolicyName),
    ['Own'],
  )
})

test('ListAttachedRolePolicies refuses a role that does not exist', async () => {
  const world = await World.create()
  await assert.rejects(world.iam().send(new ListAttachedRolePoliciesCommand({ RoleName: 'Nobody' })), {
    name: 'NoSuchEntityException',
    message: 'The role with name Nobody cannot be found.',
  })
})

test('ListAttachedRolePolicies needs iam:ListAttachedRolePolicies on the role', async () => {
  await assertNeeds(await worldWithRoles(), {
    action: 'iam:ListAttachedRolePolicies',
    resource: 'arn:aws:iam::123456789012:role/Admin',
    call: (client) => client.send(new ListAttachedRolePoliciesCommand({ RoleName: 'admin' })),
  })
})
