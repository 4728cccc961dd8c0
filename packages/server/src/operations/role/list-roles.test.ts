import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListRolesCommand } from '@aws-sdk/client-iam'
import { allPages } from '../../../test/all-pages.ts'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS } from '../../../test/managed-policies.ts'
import { createRole, trustPolicy } from '../../../test/roles/roles.ts'
import { NOON, World } from '../../../test/world.ts'

test('ListRoles answers roles in order of name, ignoring case, without tags, boundary and last use', async () => {
  const world = await World.create()
  await createRole(world, 'writer')
  await createRole(world, 'Admin', {
    Path: '/team/',
    Description: 'all',
    MaxSessionDuration: 7200,
    Tags: [{ Key: 'Team', Value: 'blue' }],
    PermissionsBoundary: ADMINISTRATOR_ACCESS,
  })
  await createRole(world, 'Reader')
  const { Roles = [], IsTruncated, Marker } = await world.iam().send(new ListRolesCommand({}))
  assert.deepEqual({ IsTruncated, Marker }, { IsTruncated: false, Marker: undefined })
  assert.deepEqual(
    Roles.map(({ RoleName }) => RoleName),
    ['Admin', 'Reader', 'writer'],
  )
  assert.deepEqual(Roles[0], {
    Path: '/team/',
    RoleName: 'Admin',
    RoleId: world.account.roles.find('admin')?.id,
    Arn: 'arn:aws:iam::123456789012:role/team/Admin',
    CreateDate: NOON,
    AssumeRolePolicyDocument: encodeURIComponent(trustPolicy()),
    Description: 'all',
    MaxSessionDuration: 7200,
  })
})

test('ListRoles answers the roles whose path starts with the prefix, page by page', async () => {
  const world = await World.create()
  for (const [RoleName, Path] of [
    ['A', '/team/'],
    ['B', '/'],
    ['C', '/team/blue/'],
    ['D', '/teams/'],
    ['E', '/team/'],
  ] as const) {
    await createRole(world, RoleName, { Path })
  }
  const pages = await allPages((Marker) =>
    world.iam().send(new ListRolesCommand({ PathPrefix: '/team/', MaxItems: 2, Marker })),
  )
  assert.deepEqual(
    pages.map(({ Roles = [] }) => Roles.map(({ RoleName }) => RoleName)),
    [['A', 'C'], ['E']],
  )
})

test('ListRoles refuses a marker that was given for another prefix', async () => {
  const world = await World.create()
  await createRole(world, 'A')
  await createRole(world, 'B')
  const { Marker } = await world.iam().send(new ListRolesCommand({ MaxItems: 1 }))
  await assert.rejects(world.iam().send(new ListRolesCommand({ PathPrefix: '/team/', Marker })), {
    name: 'ValidationError',
    message: 'Marker and Filter do not match',
  })
})

test('ListRoles needs iam:ListRoles on the path that is asked for', async () => {
  await assertNeeds(await World.create(), {
    action: 'iam:ListRoles',
    resource: 'arn:aws:iam::123456789012:role/team/',
    call: (client) => client.send(new ListRolesCommand({ PathPrefix: '/team/' })),
  })
})
