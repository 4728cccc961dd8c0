import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AddRoleToInstanceProfileCommand, DeleteRoleCommand, type IAMClient } from '@aws-sdk/client-iam'
import { NO_PROFILE, profileOf, worldWithProfile } from '../../../../test/roles/instance-profiles.ts'
import { createRole, createServiceLinkedRole, protectedRole } from '../../../../test/roles/roles.ts'

async function add(client: IAMClient, InstanceProfileName: string, RoleName: string): Promise<void> {
  await client.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }))
}

test('AddRoleToInstanceProfile puts a role into profiles, which keep it from being deleted', async () => {
  const world = await worldWithProfile()
  await add(world.iam(), 'fREE', 'rEADER')
  const { Roles = [] } = await profileOf(world, 'Free')
  assert.deepEqual(
    Roles.map(({ RoleName }) => RoleName),
    ['Reader'],
  )
  await assert.rejects(world.iam().send(new DeleteRoleCommand({ RoleName: 'Reader' })), {
    name: 'DeleteConflictException',
    message: 'Cannot delete entity, must remove roles from instance profile first.',
  })
})

test('AddRoleToInstanceProfile refuses a second role, and the role that is there already', async () => {
  const world = await worldWithProfile()
  await createRole(world, 'Writer')
  for (const name of ['Writer', 'Reader']) {
    await assert.rejects(add(world.iam(), 'Web', name), {
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
    })
  }
})

test('AddRoleToInstanceProfile refuses what does not exist, and a service-linked role', async () => {
  const world = await worldWithProfile()
  await assert.rejects(add(world.iam(), 'Nothing', 'Reader'), NO_PROFILE)
  await assert.rejects(add(world.iam(), 'Free', 'Nobody'), {
    name: 'NoSuchEntityException',
    message: 'The role with name Nobody cannot be found.',
  })
  await createServiceLinkedRole(world, 'AWSServiceRoleForEC2')
  await assert.rejects(add(world.iam(), 'Free', 'AWSServiceRoleForEC2'), protectedRole('AWSServiceRoleForEC2'))
})

test('AddRoleToInstanceProfile needs its action on the profile, and to pass the role to EC2', async () => {
  const world = await worldWithProfile()
  const [profile, role] = ['arn:aws:iam::123456789012:instance-profile/Free', 'arn:aws:iam::123456789012:role/Reader']
  const may = (Action: string, Resource: string) => ({ Effect: 'Allow', Action, Resource }) as const
  const adding = may('iam:AddRoleToInstanceProfile', profile)
  const passer = await world.createUser('Passer', may('iam:PassRole', '*'))
  await assert.rejects(add(world.iam(passer), 'Free', 'Reader'), {
    name: 'AccessDenied',
    message: /iam:AddRoleToInstanceProfile on resource: arn:aws:iam::123456789012:instance-profile\/Free because/,
  })
  const toLambda = { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } }
  for (const [name, passing] of [
    ['Another', may('iam:PassRole', `${role}2`)],
    ['Lambda', { ...may('iam:PassRole', role), Condition: toLambda }],
  ] as const) {
    const adder = await world.createUser(name, adding, passing)
    await assert.rejects(add(world.iam(adder), 'Free', 'Reader'), {
      name: 'AccessDenied',
      message: /iam:PassRole on resource: arn:aws:iam::123456789012:role\/Reader because no identity-based policy/,
    })
  }
  const toEc2 = { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } }
  const allowed = await world.createUser('Allowed', adding, { ...may('iam:PassRole', role), Condition: toEc2 })
  await add(world.iam(allowed), 'Free', 'Reader')
})
