import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GetRoleCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { createPolicy } from '../../../test/managed-policies.ts'
import { createRole, roleOf, trustPolicy } from '../../../test/roles/roles.ts'
import { NOON, World } from '../../../test/world.ts'

test('GetRole answers everything about a role, by its name in whatever case', async () => {
  const world = await World.create()
  const PermissionsBoundary = await createPolicy(world, 'Limit')
  const { RoleId } = await createRole(world, 'Reader', {
    Path: '/team/',
    Description: 'reads',
    MaxSessionDuration: 7200,
    PermissionsBoundary,
    Tags: [{ Key: 'Team', Value: 'blue' }],
  })
  assert.deepEqual(await roleOf(world, 'rEADER'), {
    Path: '/team/',
    RoleName: 'Reader',
    RoleId,
    Arn: 'arn:aws:iam::123456789012:role/team/Reader',
    CreateDate: NOON,
    AssumeRolePolicyDocument: encodeURIComponent(trustPolicy()),
    Description: 'reads',
    MaxSessionDuration: 7200,
    PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: PermissionsBoundary },
    Tags: [{ Key: 'Team', Value: 'blue' }],
    RoleLastUsed: {},
  })
})

test('GetRole answers one hour, and neither description, boundary nor tags, of a role for which none were asked', async () => {
  const world = await World.create()
  await createRole(world, 'Reader')
  const { MaxSessionDuration, Description, PermissionsBoundary, Tags } = await roleOf(world, 'Reader')
  assert.deepEqual(
    { MaxSessionDuration, Description, PermissionsBoundary, Tags },
    { MaxSessionDuration: 3600, Description: undefined, PermissionsBoundary: undefined, Tags: undefined },
  )
})

test('GetRole answers when and where the role was last used, if only for what was denied', async () => {
  const world = await World.create()
  const { RoleId: principalId = '' } = await createRole(world, 'Reader')
  const use = { accountId: world.accountId, principalId, allowed: true }
  const time = NOON.getTime()
  world.activity.notePrincipalUse({ ...use, action: 's3:GetObject', region: 'eu-central-1', time: time - 1000 })
  world.activity.notePrincipalUse({ ...use, action: 'iam:GetUser', region: 'us-east-1', allowed: false, time })
  world.activity.notePrincipalUse({ ...use, action: 'sqs:SendMessage', region: 'eu-west-1', time: time - 2000 })
  const { RoleLastUsed } = await roleOf(world, 'Reader')
  assert.deepEqual(RoleLastUsed, { LastUsedDate: NOON, Region: 'us-east-1' })
})

test('GetRole refuses a role that does not exist', async () => {
  const world = await World.create()
  await world.createUser('Nobody')
  await assert.rejects(roleOf(world, 'Nobody'), {
    name: 'NoSuchEntityException',
    message: 'The role with name Nobody cannot be found.',
  })
})

test('GetRole needs iam:GetRole on the role as it is stored', async () => {
  const world = await World.create()
  await createRole(world, 'Reader', { Path: '/team/' })
  await assertNeeds(world, {
    action: 'iam:GetRole',
    resource: 'arn:aws:iam::123456789012:role/team/Reader',
    call: (client) => client.send(new GetRoleCommand({ RoleName: 'reader' })),
  })
})

test('GetRole is decided on the tags of the role', async () => {
  const world = await World.create()
  await createRole(world, 'Blue', { Tags: [{ Key: 'Team', Value: 'blue' }] })
  await createRole(world, 'Red', { Tags: [{ Key: 'Team', Value: 'red' }] })
  const reader = await world.createUser('Reader', {
    Effect: 'Allow',
    Action: 'iam:GetRole',
    Resource: '*',
    Condition: { StringEquals: { 'iam:ResourceTag/Team': 'blue', 'aws:ResourceTag/team': 'blue' } },
  })
  await world.iam(reader).send(new GetRoleCommand({ RoleName: 'Blue' }))
  await assert.rejects(world.iam(reader).send(new GetRoleCommand({ RoleName: 'Red' })), { name: 'AccessDenied' })
})
