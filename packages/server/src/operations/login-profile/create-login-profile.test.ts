import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises' // A turn of the event loop, not time: what comes after it meets a call that is being prepared.
import { test } from 'node:test'
import {
  CreateAccountAliasCommand,
  CreateLoginProfileCommand,
  DeleteUserCommand,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam'
import { verifyPassword } from '../../vault/password-hash.ts'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { NOON, userIdOf, World } from '../../../test/world.ts'

const PASSWORD = 'Correct-Horse-1'

async function worldWithBob(): Promise<World> {
  const world = await World.create()
  await world.createUser('Bob')
  return world
}

function create(world: World, input: Partial<CreateLoginProfileCommand['input']> = {}): Promise<unknown> {
  return world.iam().send(new CreateLoginProfileCommand({ UserName: 'Bob', Password: PASSWORD, ...input }))
}

test('CreateLoginProfile answers the profile, with the stored spelling of the name', async () => {
  const world = await worldWithBob()
  const { LoginProfile } = await world
    .iam()
    .send(new CreateLoginProfileCommand({ UserName: 'bOB', Password: PASSWORD, PasswordResetRequired: true }))
  assert.deepEqual(LoginProfile, { UserName: 'Bob', CreateDate: NOON, PasswordResetRequired: true })
})

test('a reset is not required unless it is asked for', async () => {
  const world = await worldWithBob()
  const { LoginProfile } = await world
    .iam()
    .send(new CreateLoginProfileCommand({ UserName: 'Bob', Password: PASSWORD }))
  assert.equal(LoginProfile?.PasswordResetRequired, false)
})

test('P8: the password is stored only as an argon2id hash that verifies it', async () => {
  const world = await worldWithBob()
  await create(world)
  const profile = world.account.loginProfiles.find(userIdOf('Bob'))
  assert.match(profile?.passwordHash ?? '', /^\$argon2id\$/)
  assert.equal(await verifyPassword(PASSWORD, profile?.passwordHash), true)
  assert.equal(await verifyPassword(`${PASSWORD} `, profile?.passwordHash), false)
  assert(!JSON.stringify(profile).includes(PASSWORD))
})

test("without a user name the profile is the calling user's", async () => {
  const world = await World.create()
  const bob = await world.createUser('Bob', { Effect: 'Allow', Action: 'iam:CreateLoginProfile', Resource: '*' })
  const { LoginProfile } = await world.iam(bob).send(new CreateLoginProfileCommand({ Password: PASSWORD }))
  assert.equal(LoginProfile?.UserName, 'Bob')
})

test('the root user must name a user', async () => {
  const world = await worldWithBob()
  await assert.rejects(create(world, { UserName: undefined }), {
    name: 'ValidationError',
    message: 'Must specify userName when calling with non-User credentials',
  })
})

test('CreateLoginProfile refuses a call without a password', async () => {
  const world = await worldWithBob()
  await assert.rejects(create(world, { Password: undefined }), {
    name: 'ValidationError',
    message: "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null",
  })
})

test('CreateLoginProfile refuses a second profile and keeps the first', async () => {
  const world = await worldWithBob()
  await create(world)
  const before = world.account.loginProfiles.find(userIdOf('Bob'))
  await assert.rejects(create(world, { UserName: 'BOB', Password: 'Another-Horse-2' }), {
    name: 'EntityAlreadyExistsException',
    message: 'Login Profile for user Bob already exists.',
  })
  assert.equal(world.account.loginProfiles.find(userIdOf('Bob')), before)
})

test('of profiles that are created at once one is made', async () => {
  const world = await worldWithBob()
  const passwords = ['First-Horse-1', 'Second-Horse-2', 'Third-Horse-3']
  const outcomes = await Promise.allSettled(passwords.map((Password) => create(world, { Password })))
  const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? String(outcome.reason) : []))
  assert.equal(refusals.length, 2)
  for (const refusal of refusals) assert.match(refusal, /Login Profile for user Bob already exists/)
  assert.equal(world.account.loginProfiles.size, 1)
})

test('CreateLoginProfile refuses a user that does not exist, and one that is deleted while the password is hashed', async () => {
  const world = await worldWithBob()
  await assert.rejects(create(world, { UserName: 'Nobody' }), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
  await world.change((account) =>
    account.accessKeys.scan().forEach(({ id, ownerId }) => {
      if (ownerId === userIdOf('Bob')) account.accessKeys.delete(id)
    }),
  )
  const pending = create(world)
  await Promise.all([
    assert.rejects(pending, { name: 'NoSuchEntityException', message: 'The user with name Bob cannot be found.' }),
    nextTurn().then(() => world.iam().send(new DeleteUserCommand({ UserName: 'Bob' }))),
  ])
  assert.equal(world.account.loginProfiles.size, 0)
})

test("CreateLoginProfile holds the password to AWS's default policy where the account has none", async () => {
  const world = await worldWithBob()
  await assert.rejects(create(world, { Password: 'abcdefgh1' }), {
    name: 'PasswordPolicyViolationException',
    message:
      'Password should meet 1 more of the following requirements: ' +
      'Password should have at least one uppercase letter, Password should have at least one symbol',
  })
  await world.iam().send(new CreateAccountAliasCommand({ AccountAlias: 'acme-prod-1' }))
  const identical = {
    name: 'PasswordPolicyViolationException',
    message: 'Password should not be identical to your AWS account name or email address',
  }
  await assert.rejects(create(world, { Password: 'Acme-Prod-1' }), identical)
  await assert.rejects(create(world, { Password: 'Root-123456789012@example.com' }), identical)
  assert.equal(world.account.loginProfiles.size, 0)
})

test("CreateLoginProfile holds the password to the account's policy as it is when the profile is made", async () => {
  const world = await worldWithBob()
  const pending = create(world)
  await Promise.all([
    assert.rejects(pending, {
      name: 'PasswordPolicyViolationException',
      message: 'Password should have a minimum length of 20',
    }),
    nextTurn().then(() => world.iam().send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 20 }))),
  ])
  assert.equal(world.account.loginProfiles.size, 0)
})

test('CreateLoginProfile needs iam:CreateLoginProfile on the user', async () => {
  await assertNeeds(await worldWithBob(), {
    action: 'iam:CreateLoginProfile',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new CreateLoginProfileCommand({ UserName: 'bob', Password: PASSWORD })),
  })
})
