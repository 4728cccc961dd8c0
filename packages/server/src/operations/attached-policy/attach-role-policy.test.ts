import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AttachRolePolicyCommand, GetPolicyCommand, ListAttachedRolePoliciesCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { SERVICE_LINKED_POLICY } from '../../../test/bad-boundaries.ts'
import { ADMINISTRATOR_ACCESS, createPolicy } from '../../../test/managed-policies.ts'
import { createRole, createServiceLinkedRole, protectedRole } from '../../../test/roles/roles.ts'
import { World } from '../../../test/world.ts'

async function worldWithRole(): Promise<World> {
  const world = await World.create()
  await createRole(world, 'Reader', { Path: '/team/' })
  return world
}

async function attach(world: World, PolicyArn: string, RoleName = 'Reader'): Promise<void> {
  await world.iam().send(new AttachRolePolicyCommand({ RoleName, PolicyArn }))
}

async function attachedTo(world: World, RoleName: string): Promise<unknown> {
  const { AttachedPolicies = [] } = await world.iam().send(new ListAttachedRolePoliciesCommand({ RoleName }))
  return AttachedPolicies.map(({ PolicyArn }) => PolicyArn)
}

test('AttachRolePolicy attaches policies of the account and of AWS, which count the role', async () => {
  const world = await worldWithRole()
  const own = await createPolicy(world, 'Own', { Path: '/team/' })
  await attach(world, own, 'rEADER')
  await attach(world, ADMINISTRATOR_ACCESS)
  await attach(world, own)
  assert.deepEqual(await attachedTo(world, 'Reader'), [own, ADMINISTRATOR_ACCESS])
  const { Policy } = await world.iam().send(new GetPolicyCommand({ PolicyArn: own }))
  assert.equal(Policy?.AttachmentCount, 1)
})

test('AttachRolePolicy attaches as many policies to a role as the quota says', async () => {
  const world = await worldWithRole()
  await world.change((account) => account.quotas.put({ name: 'AttachedPoliciesPerRoleQuota', value: 1 }))
  await attach(world, ADMINISTRATOR_ACCESS)
  await attach(world, ADMINISTRATOR_ACCESS)
  const refusal = { name: 'LimitExceededException', message: 'Cannot exceed quota for PoliciesPerRole: 1' }
  await assert.rejects(attach(world, await createPolicy(world, 'Own')), refusal)
})

test('AttachRolePolicy refuses policies that are not there or cannot be attached', async () => {
  const world = await worldWithRole()
  const missing = 'arn:aws:iam::123456789012:policy/Nothing'
  for (const [arn, name, message] of [
    [missing, 'NoSuchEntityException', `Policy ${missing} does not exist or is not attachable.`],
    ['arn:aws:iam::123456789012:role/Reader', 'InvalidInputException', undefined],
    [SERVICE_LINKED_POLICY, 'PolicyNotAttachableException', 'Cannot attach a Service Role Policy to a Customer Role.'],
  ] as const) {
    await assert.rejects(attach(world, arn), { name, ...(message === undefined ? {} : { message }) })
  }
  assert.deepEqual(await attachedTo(world, 'Reader'), [])
})

test('AttachRolePolicy refuses a role that does not exist, and one that is of a service', async () => {
  const world = await World.create()
  await assert.rejects(attach(world, ADMINISTRATOR_ACCESS, 'Nobody'), {
    name: 'NoSuchEntityException',
    message: 'The role with name Nobody cannot be found.',
  })
  await createServiceLinkedRole(world, 'AWSServiceRoleForEC2')
  const refusal = protectedRole('AWSServiceRoleForEC2')
  await assert.rejects(attach(world, ADMINISTRATOR_ACCESS, 'AWSServiceRoleForEC2'), refusal)
})

test('AttachRolePolicy needs iam:AttachRolePolicy on the role', async () => {
  await assertNeeds(await worldWithRole(), {
    action: 'iam:AttachRolePolicy',
    resource: 'arn:aws:iam::123456789012:role/team/Reader',
    call: (client) => client.send(new AttachRolePolicyCommand({ RoleName: 'reader', PolicyArn: ADMINISTRATOR_ACCESS })),
  })
})

test('AttachRolePolicy is decided on the policy that is attached', async () => {
  const world = await worldWithRole()
  const arn = await createPolicy(world, 'Harmless')
  const delegate = await world.createUser('Delegate', {
    Effect: 'Allow',
    Action: 'iam:AttachRolePolicy',
    Resource: '*',
    Condition: { ArnEquals: { 'iam:PolicyARN': arn } },
  })
  const send = (PolicyArn: string): Promise<unknown> =>
    world.iam(delegate).send(new AttachRolePolicyCommand({ RoleName: 'Reader', PolicyArn }))
  await assert.rejects(send(ADMINISTRATOR_ACCESS), { name: 'AccessDenied' })
  await send(arn)
})
