import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AttachRolePolicyCommand, DetachRolePolicyCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy } from '../../../test/managed-policies.ts'
import { createRole, createServiceLinkedRole, protectedRole } from '../../../test/roles/roles.ts'
import { World } from '../../../test/world.ts'

/** The role Reader has AdministratorAccess. */
async function worldWithRole(): Promise<World> {
  const world = await World.create()
  await createRole(world, 'Reader')
  await world.iam().send(new AttachRolePolicyCommand({ RoleName: 'Reader', PolicyArn: ADMINISTRATOR_ACCESS }))
  return world
}

async function detach(world: World, PolicyArn: string, RoleName = 'Reader'): Promise<void> {
  await world.iam().send(new DetachRolePolicyCommand({ RoleName, PolicyArn }))
}

test('DetachRolePolicy takes the policy from the role, whatever the case of its name', async () => {
  const world = await worldWithRole()
  await detach(world, ADMINISTRATOR_ACCESS, 'READER')
  assert.equal(world.account.attachments.size, 0)
})

test('DetachRolePolicy refuses a policy that is not attached, whether it exists or not, and what is none', async () => {
  const world = await worldWithRole()
  const own = await createPolicy(world, 'Own')
  for (const arn of [own, `${own}2`]) {
    await assert.rejects(detach(world, arn), {
      name: 'NoSuchEntityException',
      message: `Policy ${arn} was not found.`,
    })
  }
  await assert.rejects(detach(world, 'AdministratorAccess-policy'), {
    name: 'InvalidInputException',
    message: 'ARN AdministratorAccess-policy is not valid.',
  })
  assert.equal(world.account.attachments.size, 1)
})

test('DetachRolePolicy refuses a role that does not exist, and one that is of a service', async () => {
  const world = await World.create()
  await assert.rejects(detach(world, ADMINISTRATOR_ACCESS, 'Nobody'), {
    name: 'NoSuchEntityException',
    message: 'The role with name Nobody cannot be found.',
  })
  await createServiceLinkedRole(world, 'AWSServiceRoleForEC2')
  const refusal = protectedRole('AWSServiceRoleForEC2')
  await assert.rejects(detach(world, ADMINISTRATOR_ACCESS, 'AWSServiceRoleForEC2'), refusal)
})

test('DetachRolePolicy needs iam:DetachRolePolicy on the role', async () => {
  await assertNeeds(await worldWithRole(), {
    action: 'iam:DetachRolePolicy',
    resource: 'arn:aws:iam::123456789012:role/Reader',
    call: (client) => client.send(new DetachRolePolicyCommand({ RoleName: 'reader', PolicyArn: ADMINISTRATOR_ACCESS })),
  })
})

test('DetachRolePolicy is decided on the policy that is detached', async () => {
  const world = await worldWithRole()
  const guard = await world.createUser('Guard', {
    Effect: 'Allow',
    Action: 'iam:DetachRolePolicy',
    Resource: '*',
    Condition: { ArnNotEquals: { 'iam:PolicyARN': ADMINISTRATOR_ACCESS } },
  })
  const command = new DetachRolePolicyCommand({ RoleName: 'Reader', PolicyArn: ADMINISTRATOR_ACCESS })
  await assert.rejects(world.iam(guard).send(command), { name: 'AccessDenied' })
})
