import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AttachUserPolicyCommand,
  CreateUserCommand,
  GetUserCommand,
  ListAttachedUserPoliciesCommand,
} from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy, managedDocument } from '../../../test/managed-policies.ts'
import { World } from '../../../test/world.ts'

async function attach(world: World, UserName: string, PolicyArn: string): Promise<void> {
  await world.iam().send(new AttachUserPolicyCommand({ UserName, PolicyArn }))
}

async function attachedTo(world: World, UserName: string): Promise<unknown> {
  const { AttachedPolicies = [] } = await world.iam().send(new ListAttachedUserPoliciesCommand({ UserName }))
  return AttachedPolicies.map(({ PolicyArn }) => PolicyArn)
}

test('AttachUserPolicy gives the user what the policy allows, at once', async () => {
  const world = await World.create()
  const bob = await world.createUser('Bob')
  const PolicyDocument = managedDocument('iam:GetUser')
  const arn = await createPolicy(world, 'Reader', { Path: '/team/', PolicyDocument })
  await assert.rejects(world.iam(bob).send(new GetUserCommand({})), { name: 'AccessDenied' })
  await attach(world, 'bob', arn)
  await world.iam(bob).send(new GetUserCommand({}))
  assert.deepEqual(await attachedTo(world, 'Bob'), [arn])
})

test('AttachUserPolicy attaches the policies of AWS', async () => {
  const world = await World.create()
  const bob = await world.createUser('Bob')
  await attach(world, 'Bob', ADMINISTRATOR_ACCESS)
  await world.iam(bob).send(new CreateUserCommand({ UserName: 'Carol' }))
  assert.deepEqual(await attachedTo(world, 'Bob'), [ADMINISTRATOR_ACCESS])
})

test('AttachUserPolicy takes no offence at a policy that is attached already, also when no more may be', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  const arns: string[] = []
  for (let index = 0; index < 10; index += 1) arns.push(await createPolicy(world, `policy-${index}`))
  for (const arn of [...arns, ...arns]) await attach(world, 'Bob', arn)
  assert.deepEqual(await attachedTo(world, 'Bob'), arns)
  await assert.rejects(attach(world, 'Bob', ADMINISTRATOR_ACCESS), {
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for PoliciesPerUser: 10',
  })
  await world.change((account) => account.quotas.put({ name: 'AttachedPoliciesPerUserQuota', value: 11 }))
  await attach(world, 'Bob', ADMINISTRATOR_ACCESS)
})

test('AttachUserPolicy refuses a policy that does not exist, or not with exactly this ARN', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await createPolicy(world, 'Reader', { Path: '/team/' })
  for (const arn of [
    'arn:aws:iam::123456789012:policy/Nothing',
    'arn:aws:iam::123456789012:policy/Reader',
    'arn:aws:iam::123456789012:policy/team/reader',
    'arn:aws:iam::999999999999:policy/team/Reader',
    'arn:aws:iam::aws:policy/Nothing',
  ]) {
    await assert.rejects(attach(world, 'Bob', arn), {
      name: 'NoSuchEntityException',
      message: `Policy ${arn} does not exist or is not attachable.`,
    })
  }
})

test('AttachUserPolicy refuses what is not the ARN of a policy', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  for (const arn of [
    'longpolicynamebutnoarn',
    'arn:aws:iam::123456789012:user/Bob',
    'arn:aws:iam:us-east-1:123456789012:policy/Reader',
    'arn:aws:iam::aws:policy/arn:aws:iam::aws:policy/AdministratorAccess',
    'arn:aws:iam::aws:policy/AdministratorAccess ',
  ]) {
    await assert.rejects(attach(world, 'Bob', arn), {
      name: 'InvalidInputException',
      message: `ARN ${arn} is not valid.`,
    })
  }
  await assert.rejects(attach(world, 'Bob', 'arn:aws-cn:iam::aws:policy/AdministratorAccess'), {
    name: 'ValidationError',
    message: 'Invalid ARN partition',
  })
})

test('AttachUserPolicy refuses the policies that are for service-linked roles', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  const arn = 'arn:aws:iam::aws:policy/aws-service-role/AWSSupportServiceRolePolicy'
  await assert.rejects(attach(world, 'Bob', arn), {
    name: 'PolicyNotAttachableException',
    message: 'Cannot attach a Service Role Policy to a Customer Role.',
  })
})

test('AttachUserPolicy refuses a user that does not exist', async () => {
  const world = await World.create()
  await assert.rejects(attach(world, 'Nobody', ADMINISTRATOR_ACCESS), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('AttachUserPolicy needs iam:AttachUserPolicy on the user', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await assertNeeds(world, {
    action: 'iam:AttachUserPolicy',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new AttachUserPolicyCommand({ UserName: 'bob', PolicyArn: ADMINISTRATOR_ACCESS })),
  })
})

test('AttachUserPolicy is decided on the policy that is attached', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  const arn = await createPolicy(world, 'Harmless')
  const delegate = await world.createUser('Delegate', {
    Effect: 'Allow',
    Action: 'iam:AttachUserPolicy',
    Resource: '*',
    Condition: { ArnEquals: { 'iam:PolicyARN': arn } },
  })
  const send = (PolicyArn: string): Promise<unknown> =>
    world.iam(delegate).send(new AttachUserPolicyCommand({ UserName: 'Bob', PolicyArn }))
  await assert.rejects(send(ADMINISTRATOR_ACCESS), { name: 'AccessDenied' })
  await send(arn)
  assert.deepEqual(await attachedTo(world, 'Bob'), [arn])
})
