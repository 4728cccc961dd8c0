import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  DeleteAccountPasswordPolicyCommand,
  GetAccountPasswordPolicyCommand,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { World } from '../../../test/world.ts'

test('DeleteAccountPasswordPolicy removes the policy, and what it let users do', async () => {
  const world = await World.create()
  const bob = await world.createUser('Bob')
  await world.iam().send(new UpdateAccountPasswordPolicyCommand({ AllowUsersToChangePassword: true }))
  await world.iam(bob).send(new GetAccountPasswordPolicyCommand({}))
  await world.iam().send(new DeleteAccountPasswordPolicyCommand({}))
  await assert.rejects(world.iam().send(new GetAccountPasswordPolicyCommand({})), { name: 'NoSuchEntityException' })
  await assert.rejects(world.iam(bob).send(new GetAccountPasswordPolicyCommand({})), { name: 'AccessDenied' })
  assert.equal(world.account.passwordPolicy.size, 0)
})

test('DeleteAccountPasswordPolicy refuses an account that has no policy of its own', async () => {
  const world = await World.create()
  await assert.rejects(world.iam().send(new DeleteAccountPasswordPolicyCommand({})), {
    name: 'NoSuchEntityException',
    message: 'The account policy with name PasswordPolicy cannot be found.',
  })
})

test('DeleteAccountPasswordPolicy needs iam:DeleteAccountPasswordPolicy', async () => {
  const world = await World.create()
  await world.iam().send(new UpdateAccountPasswordPolicyCommand({}))
  await assertNeeds(world, {
    action: 'iam:DeleteAccountPasswordPolicy',
    resource: '*',
    call: (client) => client.send(new DeleteAccountPasswordPolicyCommand({})),
  })
})
