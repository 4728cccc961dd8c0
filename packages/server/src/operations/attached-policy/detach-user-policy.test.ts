import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AttachUserPolicyCommand, DetachUserPolicyCommand, GetUserCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy } from '../../../test/managed-policies.ts'
import { type Credentials, World } from '../../../test/world.ts'

/** Bob has AdministratorAccess. */
async function worldWithBob(): Promise<{ readonly world: World; readonly bob: Credentials }> {
  const world = await World.create()
  const bob = await world.createUser('Bob')
  await world.iam().send(new AttachUserPolicyCommand({ UserName: 'Bob', PolicyArn: ADMINISTRATOR_ACCESS }))
  return { world, bob }
}

async function detach(world: World, PolicyArn: string, UserName = 'Bob'): Promise<void> {
  await world.iam().send(new DetachUserPolicyCommand({ UserName, PolicyArn }))
}

test('DetachUserPolicy takes from the user what the policy allows, at once', async () => {
  const { world, bob } = await worldWithBob()
  await world.iam(bob).send(new GetUserCommand({}))
  await detach(world, ADMINISTRATOR_ACCESS, 'BOB')
  await assert.rejects(world.iam(bob).send(new GetUserCommand({})), { name: 'AccessDenied' })
  assert.equal(world.account.attachments.size, 0)
})

test('DetachUserPolicy lets users take from themselves what lets them', async () => {
  const { world, bob } = await worldWithBob()
  const command = new DetachUserPolicyCommand({ UserName: 'Bob', PolicyArn: ADMINISTRATOR_ACCESS })
  await world.iam(bob).send(command)
  await assert.rejects(world.iam(bob).send(command), { name: 'AccessDenied' })
})

test('DetachUserPolicy refuses a policy that is not attached, whether it exists or not', async () => {
  const { world } = await worldWithBob()
  await world.createUser('Carol')
  const own = await createPolicy(world, 'Readers')
  for (const arn of [own, `${own}2`, 'arn:aws:iam::999999999999:policy/Readers', `${ADMINISTRATOR_ACCESS}2`]) {
    await assert.rejects(detach(world, arn), {
      name: 'NoSuchEntityException',
      message: `Policy ${arn} was not found.`,
    })
  }
  await assert.rejects(detach(world, ADMINISTRATOR_ACCESS, 'Carol'), { name: 'NoSuchEntityException' })
  assert.equal(world.account.attachments.size, 1)
})

test('DetachUserPolicy refuses what is not the ARN of a policy, and a user that does not exist', async () => {
  const { world } = await worldWithBob()
  await assert.rejects(detach(world, 'AdministratorAccess-policy'), {
    name: 'InvalidInputException',
    message: 'ARN AdministratorAccess-policy is not valid.',
  })
  await assert.rejects(detach(world, ADMINISTRATOR_ACCESS, 'Nobody'), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('DetachUserPolicy needs iam:DetachUserPolicy on the user', async () => {
  const { world } = await worldWithBob()
  await assertNeeds(world, {
    action: 'iam:DetachUserPolicy',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new DetachUserPolicyCommand({ UserName: 'bob', PolicyArn: ADMINISTRATOR_ACCESS })),
  })
})

test('DetachUserPolicy is decided on the policy that is detached', async () => {
  const { world } = await worldWithBob()
  const guard = await world.createUser('Guard', {
    Effect: 'Allow',
    Action: 'iam:DetachUserPolicy',
    Resource: '*',
    Condition: { ArnNotEquals: { 'iam:PolicyARN': ADMINISTRATOR_ACCESS } },
  })
  const command = new DetachUserPolicyCommand({ UserName: 'Bob', PolicyArn: ADMINISTRATOR_ACCESS })
  await assert.rejects(world.iam(guard).send(command), { name: 'AccessDenied' })
})
