import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GetAccountPasswordPolicyCommand, UpdateAccountPasswordPolicyCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { World } from '../../../test/world.ts'

test('GetAccountPasswordPolicy refuses an account that has no policy of its own', async () => {
  const world = await World.create()
  await assert.rejects(world.iam().send(new GetAccountPasswordPolicyCommand({})), {
    name: 'NoSuchEntityException',
    message: 'The Password Policy with domain name 123456789012 cannot be found.',
  })
})

test('GetAccountPasswordPolicy says that passwords expire when there is an age after which they do', async () => {
  const world = await World.create()
  await world.iam().send(new UpdateAccountPasswordPolicyCommand({ MaxPasswordAge: 90 }))
  const { PasswordPolicy } = await world.iam().send(new GetAccountPasswordPolicyCommand({}))
  assert.deepEqual([PasswordPolicy?.ExpirePasswords, PasswordPolicy?.MaxPasswordAge], [true, 90])
})

test('GetAccountPasswordPolicy needs iam:GetAccountPasswordPolicy, or a policy that lets users change their passwords', async () => {
  const world = await World.create()
  await world.iam().send(new UpdateAccountPasswordPolicyCommand({}))
  await assertNeeds(world, {
    action: 'iam:GetAccountPasswordPolicy',
    resource: '*',
    call: (client) => client.send(new GetAccountPasswordPolicyCommand({})),
  })
  const bob = await world.createUser('Bob')
  await assert.rejects(world.iam(bob).send(new GetAccountPasswordPolicyCommand({})), { name: 'AccessDenied' })
  await world.iam().send(new UpdateAccountPasswordPolicyCommand({ AllowUsersToChangePassword: true }))
  await world.iam(bob).send(new GetAccountPasswordPolicyCommand({}))
})
