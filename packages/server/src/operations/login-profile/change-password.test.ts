import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises' // A turn of the event loop, not time: what comes after it meets a call that is being prepared.
import { test } from 'node:test'
import { ChangePasswordCommand, UpdateAccountPasswordPolicyCommand } from '@aws-sdk/client-iam'
import type { LoginProfileRecord } from '../../account/records.ts'
import { hashPassword, verifyPassword } from '../../vault/password-hash.ts'
import { GIVEN_PASSWORD, givePassword } from '../../../test/give-password.ts'
import { type Credentials, userIdOf, World } from '../../../test/world.ts'

const LATER = new Date('2026-11-22T13:00:00Z')
const NEW_PASSWORD = 'Brand-New-Password-2'

interface PasswordWorld {
  readonly world: World
  readonly bob: Credentials
  readonly given: LoginProfileRecord
}

/** Bob, who may change his password and must do so at the next sign-in; it is an hour later. */
async function worldWithPassword(): Promise<PasswordWorld> {
  const world = await World.create()
  const own = 'arn:aws:iam::123456789012:user/Bob'
  const bob = await world.createUser('Bob', { Effect: 'Allow', Action: 'iam:ChangePassword', Resource: own })
  const given = await givePassword(world, 'Bob', { resetRequired: true })
  world.now = LATER
  return { world, bob, given }
}

function change({ world, bob }: PasswordWorld, NewPassword: string, OldPassword = GIVEN_PASSWORD): Promise<unknown> {
  return world.iam(bob).send(new ChangePasswordCommand({ OldPassword, NewPassword }))
}

function profileOf(world: World): LoginProfileRecord | undefined {
  return world.account.loginProfiles.find(userIdOf('Bob'))
}

test("ChangePassword sets the caller's password, remembers the old one, and a required reset is done", async () => {
  const bobs = await worldWithPassword()
  await change(bobs, NEW_PASSWORD)
  const profile = profileOf(bobs.world)
  assert.equal(await verifyPassword(NEW_PASSWORD, profile?.passwordHash), true)
  assert.deepEqual(profile, {
    ...bobs.given,
    passwordHash: profile?.passwordHash,
    changedAt: LATER.toISOString(),
    resetRequired: false,
    previousHashes: [bobs.given.passwordHash],
  })
})

test('ChangePassword denies a wrong old password and a new one that is the old one, and keeps the password', async () => {
  const bobs = await worldWithPassword()
  await assert.rejects(change(bobs, NEW_PASSWORD, 'Wrong-Password-1'), {
    name: 'AccessDenied',
    message: 'The old password was incorrect.',
  })
  await assert.rejects(change(bobs, GIVEN_PASSWORD), {
    name: 'AccessDenied',
    message: 'The new password must not be the same as the old password.',
  })
  // Whether the new password is the given old one is told only to who knows the old one.
  await assert.rejects(change(bobs, 'Wrong-Password-1', 'Wrong-Password-1'), {
    message: 'The old password was incorrect.',
  })
  assert.deepEqual(profileOf(bobs.world), bobs.given)
})

test("ChangePassword refuses a password against the policy, the default one and the account's own", async () => {
  const bobs = await worldWithPassword()
  await assert.rejects(change(bobs, 'Short1'), {
    name: 'PasswordPolicyViolationException',
    message: 'Password should have a minimum length of 8',
  })
  await bobs.world.iam().send(new UpdateAccountPasswordPolicyCommand({ RequireSymbols: true, RequireNumbers: true }))
  await assert.rejects(change(bobs, 'OnlyLetters'), {
    name: 'PasswordPolicyViolationException',
    message: 'Password should have at least one number, Password should have at least one symbol',
  })
  assert.deepEqual(profileOf(bobs.world), bobs.given)
})

test('ChangePassword refuses as many of the last passwords as the policy says', async () => {
  const bobs = await worldWithPassword()
  await bobs.world.iam().send(new UpdateAccountPasswordPolicyCommand({ PasswordReusePrevention: 2 }))
  await change(bobs, 'Second-Password-2')
  await assert.rejects(change(bobs, GIVEN_PASSWORD, 'Second-Password-2'), {
    name: 'PasswordPolicyViolationException',
    message: 'Password should not be one of the last 2 passwords',
  })
  await change(bobs, 'Third-Password-3', 'Second-Password-2')
  await change(bobs, GIVEN_PASSWORD, 'Third-Password-3')
})

test('of changes from the same password at once one succeeds, and the others are denied', async () => {
  const bobs = await worldWithPassword()
  const passwords = ['New-Password-2', 'New-Password-3', 'New-Password-4']
  const outcomes = await Promise.allSettled(passwords.map((password) => change(bobs, password)))
  const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? String(outcome.reason) : []))
  assert.deepEqual(refusals, Array(2).fill('AccessDenied: The old password was incorrect.'))
  assert.deepEqual(profileOf(bobs.world)?.previousHashes, [bobs.given.passwordHash])
})

test('ChangePassword checks the old password against the one that there is when the new one is set', async () => {
  const bobs = await worldWithPassword()
  const passwordHash = await hashPassword('Set-By-Administrator-9')
  await Promise.all([
    assert.rejects(change(bobs, NEW_PASSWORD), { name: 'AccessDenied', message: 'The old password was incorrect.' }),
    nextTurn().then(() => givePassword(bobs.world, 'Bob', { passwordHash })),
  ])
  assert.equal(profileOf(bobs.world)?.passwordHash, passwordHash)
})

test('ChangePassword is for users with a password: not for the root user, nor for a user without a login profile', async () => {
  const bobs = await worldWithPassword()
  await assert.rejects(change({ ...bobs, bob: bobs.world.root }, NEW_PASSWORD), {
    name: 'InvalidUserTypeException',
    message: 'Only IAM Users can change their own password.',
  })
  const carol = await bobs.world.createUser('Carol', { Effect: 'Allow', Action: '*', Resource: '*' })
  await assert.rejects(change({ ...bobs, bob: carol }, NEW_PASSWORD), {
    name: 'NoSuchEntityException',
    message: 'Login Profile for User Carol cannot be found.',
  })
})

test('ChangePassword needs iam:ChangePassword on the caller, or a password policy that lets users change theirs', async () => {
  const world = await World.create()
  const elsewhere = 'arn:aws:iam::123456789012:user/Carol'
  const bob = await world.createUser('Bob', { Effect: 'Allow', Action: 'iam:ChangePassword', Resource: elsewhere })
  const bobs = { world, bob, given: await givePassword(world, 'Bob') }
  await assert.rejects(change(bobs, NEW_PASSWORD), {
    name: 'AccessDenied',
    message:
      'User: arn:aws:iam::123456789012:user/Bob is not authorized to perform: iam:ChangePassword on resource: ' +
      'arn:aws:iam::123456789012:user/Bob because no identity-based policy allows the iam:ChangePassword action',
  })
  assert.deepEqual(profileOf(world), bobs.given)
  await world.iam().send(new UpdateAccountPasswordPolicyCommand({ AllowUsersToChangePassword: true }))
  await change(bobs, NEW_PASSWORD)
})

test('who guesses at the old password is throttled after five wrong ones, also with the right one, and not for ever', async () => {
  const bobs = await worldWithPassword()
  for (let at = 0; at < 5; at += 1) {
    await assert.rejects(change(bobs, NEW_PASSWORD, 'Wrong-Password-1'), { name: 'AccessDenied' })
  }
  await assert.rejects(change(bobs, NEW_PASSWORD), { name: 'Throttling', message: 'Rate exceeded' })
  assert.equal(profileOf(bobs.world)?.passwordHash, bobs.given.passwordHash)
  bobs.world.now = new Date(LATER.getTime() + 1_000)
  await change(bobs, NEW_PASSWORD)
  assert.equal(await verifyPassword(NEW_PASSWORD, profileOf(bobs.world)?.passwordHash), true)
})
