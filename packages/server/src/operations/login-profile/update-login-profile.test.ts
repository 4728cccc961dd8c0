import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises' // A turn of the event loop, not time: what comes after it meets a call that is being prepared.
import { test } from 'node:test'
import {
  GetLoginProfileCommand,
  UpdateAccountPasswordPolicyCommand,
  UpdateLoginProfileCommand,
  type UpdateLoginProfileRequest,
} from '@aws-sdk/client-iam'
import type { LoginProfileRecord } from '../../account/records.ts'
import { verifyPassword } from '../../vault/password-hash.ts'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { GIVEN_PASSWORD, givePassword } from '../../../test/give-password.ts'
import { userIdOf, World } from '../../../test/world.ts'

const LATER = new Date('2026-11-22T13:00:00Z')

/** Bob has a password; it is an hour later. */
async function worldWithPassword(): Promise<{ world: World; given: LoginProfileRecord }> {
  const world = await World.create()
  await world.createUser('Bob')
  const given = await givePassword(world, 'Bob')
  world.now = LATER
  return { world, given }
}

function update(world: World, input: Omit<UpdateLoginProfileRequest, 'UserName'>): Promise<unknown> {
  return world.iam().send(new UpdateLoginProfileCommand({ UserName: 'bOB', ...input }))
}

function profileOf(world: World): LoginProfileRecord | undefined {
  return world.account.loginProfiles.find(userIdOf('Bob'))
}

test('UpdateLoginProfile sets the password and keeps what is not asked for', async () => {
  const { world, given } = await worldWithPassword()
  await update(world, { Password: 'Brand-New-Password-2' })
  const profile = profileOf(world)
  assert.equal(await verifyPassword('Brand-New-Password-2', profile?.passwordHash), true)
  assert.deepEqual(profile, {
    ...given,
    passwordHash: profile?.passwordHash,
    changedAt: LATER.toISOString(),
    previousHashes: [given.passwordHash],
  })
})

test('UpdateLoginProfile sets whether a reset is required and keeps the password', async () => {
  const { world, given } = await worldWithPassword()
  await update(world, { PasswordResetRequired: true })
  assert.deepEqual(profileOf(world), { ...given, resetRequired: true })
  const { LoginProfile } = await world.iam().send(new GetLoginProfileCommand({ UserName: 'Bob' }))
  assert.equal(LoginProfile?.PasswordResetRequired, true)
  await update(world, { PasswordResetRequired: false })
  assert.deepEqual(profileOf(world), given)
})

test('UpdateLoginProfile without anything to update succeeds and changes nothing', async () => {
  const { world, given } = await worldWithPassword()
  await update(world, {})
  assert.deepEqual(profileOf(world), given)
})

test('UpdateLoginProfile refuses a password against the policy, and keeps the old one', async () => {
  const { world, given } = await worldWithPassword()
  await world.iam().send(new UpdateAccountPasswordPolicyCommand({ RequireSymbols: true }))
  await assert.rejects(update(world, { Password: 'NoSymbol1', PasswordResetRequired: true }), {
    name: 'PasswordPolicyViolationException',
    message: 'Password should have at least one symbol',
  })
  assert.deepEqual(profileOf(world), given)
})

test('UpdateLoginProfile refuses the last passwords where the policy prevents reuse, the present one among them', async () => {
  const { world } = await worldWithPassword()
  await world.iam().send(new UpdateAccountPasswordPolicyCommand({ PasswordReusePrevention: 2 }))
  const reused = { name: 'PasswordPolicyViolationException', message: /^Password should not be one of the last 2/ }
  await assert.rejects(update(world, { Password: GIVEN_PASSWORD }), reused)
  await update(world, { Password: 'Second-Password-2' })
  await assert.rejects(update(world, { Password: GIVEN_PASSWORD }), reused)
  await update(world, { Password: 'Third-Password-3' })
  await update(world, { Password: GIVEN_PASSWORD })
})

test('UpdateLoginProfile holds the password to the policy as it is when the password is set', async () => {
  const { world, given } = await worldWithPassword()
  await Promise.all([
    assert.rejects(update(world, { Password: 'Brand-New-Password-2' }), {
      name: 'PasswordPolicyViolationException',
      message: 'Password should have a minimum length of 30',
    }),
    nextTurn().then(() => world.iam().send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 30 }))),
  ])
  assert.deepEqual(profileOf(world), given)
})

test('passwords that are set at once are set one after another, and each is remembered', async () => {
  const { world, given } = await worldWithPassword()
  await Promise.all([
    update(world, { Password: 'Brand-New-Password-2' }),
    update(world, { Password: 'Brand-New-Password-3' }),
    update(world, { PasswordResetRequired: true }),
  ])
  const profile = profileOf(world)
  assert.equal(profile?.previousHashes.length, 2)
  assert.equal(profile?.previousHashes[1], given.passwordHash)
  assert.equal(profile?.resetRequired, true)
})

test('UpdateLoginProfile refuses a user without a profile and one that does not exist', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await assert.rejects(update(world, { Password: 'Brand-New-Password-2' }), {
    name: 'NoSuchEntityException',
    message: 'Login Profile for User Bob cannot be found.',
  })
  await assert.rejects(world.iam().send(new UpdateLoginProfileCommand({ UserName: 'Nobody' })), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('UpdateLoginProfile needs iam:UpdateLoginProfile on the user', async () => {
  const { world } = await worldWithPassword()
  await assertNeeds(world, {
    action: 'iam:UpdateLoginProfile',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new UpdateLoginProfileCommand({ UserName: 'bob', PasswordResetRequired: true })),
  })
})
