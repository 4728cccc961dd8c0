import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  GetAccountPasswordPolicyCommand,
  type PasswordPolicy,
  UpdateAccountPasswordPolicyCommand,
  type UpdateAccountPasswordPolicyRequest,
} from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { World } from '../../../test/world.ts'

const EVERYTHING = {
  MinimumPasswordLength: 10,
  RequireSymbols: true,
  RequireNumbers: true,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
  AllowUsersToChangePassword: true,
  MaxPasswordAge: 60,
  PasswordReusePrevention: 3,
  HardExpiry: true,
} as const

async function policyAfter(
  world: World,
  request: UpdateAccountPasswordPolicyRequest,
): Promise<PasswordPolicy | undefined> {
  await world.iam().send(new UpdateAccountPasswordPolicyCommand(request))
  return (await world.iam().send(new GetAccountPasswordPolicyCommand({}))).PasswordPolicy
}

test('UpdateAccountPasswordPolicy keeps every setting that is asked for', async () => {
  const world = await World.create()
  assert.deepEqual(await policyAfter(world, EVERYTHING), { ...EVERYTHING, ExpirePasswords: true })
})

test('a setting that is left out goes back to its default, also when it was set before', async () => {
  const world = await World.create()
  await policyAfter(world, EVERYTHING)
  assert.deepEqual(await policyAfter(world, {}), {
    MinimumPasswordLength: 6,
    RequireSymbols: false,
    RequireNumbers: false,
    RequireUppercaseCharacters: false,
    RequireLowercaseCharacters: false,
    AllowUsersToChangePassword: false,
    ExpirePasswords: false,
  })
})

test('the ends of each range are allowed', async () => {
  const world = await World.create()
  const least = { MinimumPasswordLength: 6, MaxPasswordAge: 1, PasswordReusePrevention: 1 }
  const most = { MinimumPasswordLength: 128, MaxPasswordAge: 1095, PasswordReusePrevention: 24 }
  for (const ends of [least, most]) {
    const policy = await policyAfter(world, ends)
    assert.deepEqual({ ...policy, ...ends }, policy)
  }
})

test('UpdateAccountPasswordPolicy refuses what is out of range, all of it in one sentence, and changes nothing', async () => {
  const world = await World.create()
  const request = { MinimumPasswordLength: 129, PasswordReusePrevention: 25, MaxPasswordAge: 1096 }
  const tooMuch = (member: string, most: number): string =>
    `Value at '${member}' failed to satisfy constraint: Member must have value less than or equal to ${most}`
  await assert.rejects(policyAfter(world, request), {
    name: 'ValidationError',
    message: `3 validation errors detected: ${[
      tooMuch('minimumPasswordLength', 128),
      tooMuch('maxPasswordAge', 1095),
      tooMuch('passwordReusePrevention', 24),
    ].join('; ')}`,
  })
  for (const tooLittle of [{ MinimumPasswordLength: 5 }, { MaxPasswordAge: 0 }, { PasswordReusePrevention: 0 }]) {
    await assert.rejects(policyAfter(world, tooLittle), { name: 'ValidationError' })
  }
  assert.equal(world.account.passwordPolicy.size, 0)
})

test('UpdateAccountPasswordPolicy needs iam:UpdateAccountPasswordPolicy', async () => {
  await assertNeeds(await World.create(), {
    action: 'iam:UpdateAccountPasswordPolicy',
    resource: '*',
    call: (client) => client.send(new UpdateAccountPasswordPolicyCommand({})),
  })
})
