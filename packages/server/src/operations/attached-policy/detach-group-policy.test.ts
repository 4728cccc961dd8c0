import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  DetachGroupPolicyCommand,
  GetUserCommand,
} from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy } from '../../../test/managed-policies.ts'
import { World } from '../../../test/world.ts'

/** The group Admins has AdministratorAccess. */
async function worldWithAdmins(): Promise<World> {
  const world = await World.create()
  await world.iam().send(new CreateGroupCommand({ GroupName: 'Admins' }))
  await world.iam().send(new AttachGroupPolicyCommand({ GroupName: 'Admins', PolicyArn: ADMINISTRATOR_ACCESS }))
  return world
}

async function detach(world: World, PolicyArn: string, GroupName = 'Admins'): Promise<void> {
  await world.iam().send(new DetachGroupPolicyCommand({ GroupName, PolicyArn }))
}

test('DetachGroupPolicy takes from the users of the group what the policy allows, at once', async () => {
  const world = await worldWithAdmins()
  const bob = await world.createUser('Bob')
  await world.iam().send(new AddUserToGroupCommand({ GroupName: 'Admins', UserName: 'Bob' }))
  await world.iam(bob).send(new GetUserCommand({}))
  await detach(world, ADMINISTRATOR_ACCESS, 'admins')
  await assert.rejects(world.iam(bob).send(new GetUserCommand({})), { name: 'AccessDenied' })
  assert.equal(world.account.attachments.size, 0)
})

test('DetachGroupPolicy refuses a policy that is not attached', async () => {
  const world = await worldWithAdmins()
  const arn = await createPolicy(world, 'Readers')
  await assert.rejects(detach(world, arn), {
    name: 'NoSuchEntityException',
    message: `Policy ${arn} was not found.`,
  })
})

test('DetachGroupPolicy refuses what is not the ARN of a policy, and a group that does not exist', async () => {
  const world = await worldWithAdmins()
  await assert.rejects(detach(world, 'arn:aws:s3:::AdministratorAccess'), {
    name: 'InvalidInputException',
    message: 'ARN arn:aws:s3:::AdministratorAccess is not valid.',
  })
  await assert.rejects(detach(world, ADMINISTRATOR_ACCESS, 'Nobody'), {
    name: 'NoSuchEntityException',
    message: 'The group with name Nobody cannot be found.',
  })
})

test('DetachGroupPolicy needs iam:DetachGroupPolicy on the group', async () => {
  await assertNeeds(await worldWithAdmins(), {
    action: 'iam:DetachGroupPolicy',
    resource: 'arn:aws:iam::123456789012:group/Admins',
    call: (client) =>
      client.send(new DetachGroupPolicyCommand({ GroupName: 'admins', PolicyArn: ADMINISTRATOR_ACCESS })),
  })
})

test('DetachGroupPolicy is decided on the policy that is detached', async () => {
  const world = await worldWithAdmins()
  const guard = await world.createUser('Guard', {
    Effect: 'Allow',
    Action: 'iam:DetachGroupPolicy',
    Resource: '*',
    Condition: { ArnNotEquals: { 'iam:PolicyARN': ADMINISTRATOR_ACCESS } },
  })
  const command = new DetachGroupPolicyCommand({ GroupName: 'Admins', PolicyArn: ADMINISTRATOR_ACCESS })
  await assert.rejects(world.iam(guard).send(command), { name: 'AccessDenied' })
})
