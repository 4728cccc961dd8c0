import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  GetUserCommand,
  ListAttachedGroupPoliciesCommand,
} from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy } from '../../../test/managed-policies.ts'
import { World } from '../../../test/world.ts'

async function worldWithGroup(): Promise<World> {
  const world = await World.create()
  await world.iam().send(new CreateGroupCommand({ GroupName: 'Admins', Path: '/team/' }))
  return world
}

async function attach(world: World, PolicyArn: string, GroupName = 'Admins'): Promise<void> {
  await world.iam().send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }))
}

test('AttachGroupPolicy gives the users of the group what the policy allows, at once', async () => {
  const world = await worldWithGroup()
  const bob = await world.createUser('Bob')
  await world.iam().send(new AddUserToGroupCommand({ GroupName: 'Admins', UserName: 'Bob' }))
  await assert.rejects(world.iam(bob).send(new GetUserCommand({})), { name: 'AccessDenied' })
  await attach(world, ADMINISTRATOR_ACCESS, 'ADMINS')
  await world.iam(bob).send(new GetUserCommand({}))
})

test('AttachGroupPolicy refuses the eleventh policy, but none that is attached already', async () => {
  const world = await worldWithGroup()
  const arns: string[] = []
  for (let index = 0; index < 10; index += 1) arns.push(await createPolicy(world, `policy-${index}`))
  for (const arn of [...arns, ...arns]) await attach(world, arn)
  await assert.rejects(attach(world, ADMINISTRATOR_ACCESS), {
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for PoliciesPerGroup: 10',
  })
  const { AttachedPolicies = [] } = await world
    .iam()
    .send(new ListAttachedGroupPoliciesCommand({ GroupName: 'Admins' }))
  assert.deepEqual(
    AttachedPolicies.map(({ PolicyArn }) => PolicyArn),
    arns,
  )
})

test('AttachGroupPolicy refuses a policy that does not exist, is none, or is for service-linked roles', async () => {
  const world = await worldWithGroup()
  await assert.rejects(attach(world, 'arn:aws:iam::123456789012:policy/Nothing'), {
    name: 'NoSuchEntityException',
    message: 'Policy arn:aws:iam::123456789012:policy/Nothing does not exist or is not attachable.',
  })
  await assert.rejects(attach(world, 'arn:aws:iam::123456789012:group/Admins'), {
    name: 'InvalidInputException',
    message: 'ARN arn:aws:iam::123456789012:group/Admins is not valid.',
  })
  await assert.rejects(attach(world, 'arn:aws:iam::aws:policy/aws-service-role/AWSSupportServiceRolePolicy'), {
    name: 'PolicyNotAttachableException',
  })
})

test('AttachGroupPolicy refuses a group that does not exist', async () => {
  await assert.rejects(attach(await World.create(), ADMINISTRATOR_ACCESS), {
    name: 'NoSuchEntityException',
    message: 'The group with name Admins cannot be found.',
  })
})

test('AttachGroupPolicy needs iam:AttachGroupPolicy on the group', async () => {
  await assertNeeds(await worldWithGroup(), {
    action: 'iam:AttachGroupPolicy',
    resource: 'arn:aws:iam::123456789012:group/team/Admins',
    call: (client) =>
      client.send(new AttachGroupPolicyCommand({ GroupName: 'admins', PolicyArn: ADMINISTRATOR_ACCESS })),
  })
})

test('AttachGroupPolicy is decided on the policy that is attached', async () => {
  const world = await worldWithGroup()
  const arn = await createPolicy(world, 'Harmless')
  const delegate = await world.createUser('Delegate', {
    Effect: 'Allow',
    Action: 'iam:AttachGroupPolicy',
    Resource: '*',
    Condition: { ArnEquals: { 'iam:PolicyARN': arn } },
  })
  const send = (PolicyArn: string): Promise<unknown> =>
    world.iam(delegate).send(new AttachGroupPolicyCommand({ GroupName: 'Admins', PolicyArn }))
  await assert.rejects(send(ADMINISTRATOR_ACCESS), { name: 'AccessDenied' })
  await send(arn)
})
