import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  GetUserCommand,
  ListAccessKeysCommand,
} from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import fc from 'fast-check'
import { accessKeyPlace } from '../../../account/access-key-place.ts'
import { accountIdOfAccessKey } from '../../../account/ids.ts'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { type Credentials, NOON, World } from '../../../../test/world.ts'

/** A user without keys. */
async function worldWithBob(): Promise<World> {
  const world = await World.create()
  await world.change((account) =>
    account.users.put({ id: 'AIDABOB', name: 'Bob', path: '/team/', createdAt: NOON.toISOString(), tags: [] }),
  )
  return world
}

async function createKey(world: World, UserName?: string): Promise<Credentials> {
  const { AccessKey } = await world.iam().send(new CreateAccessKeyCommand({ UserName }))
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
}

test('CreateAccessKey answers an active key of the user, with its secret and its account in the id', async () => {
  const world = await worldWithBob()
  const { AccessKey } = await world.iam().send(new CreateAccessKeyCommand({ UserName: 'bOB' }))
  assert.match(AccessKey?.AccessKeyId ?? '', /^AKIA[Q-Z2-7][A-Z2-7]{15}$/)
  assert.match(AccessKey?.SecretAccessKey ?? '', /^[A-Za-z0-9+/]{40}$/)
  assert.deepEqual(AccessKey, {
    UserName: 'Bob',
    AccessKeyId: AccessKey?.AccessKeyId,
    Status: 'Active',
    SecretAccessKey: AccessKey?.SecretAccessKey,
    CreateDate: NOON,
  })
  assert.equal(accountIdOfAccessKey(AccessKey?.AccessKeyId ?? ''), world.accountId)
})

test('the new key works at once, as the user', async () => {
  const world = await worldWithBob()
  const key = await createKey(world, 'Bob')
  const { Arn } = await world.sts(key).send(new GetCallerIdentityCommand({}))
  assert.equal(Arn, 'arn:aws:iam::123456789012:user/team/Bob')
})

test("without a user name the key is the calling user's", async () => {
  const world = await World.create()
  const carol = await world.createUser('Carol', { Effect: 'Allow', Action: 'iam:CreateAccessKey', Resource: '*' })
  const { AccessKey } = await world.iam(carol).send(new CreateAccessKeyCommand({}))
  assert.equal(AccessKey?.UserName, 'Carol')
})

test("without a user name the root user's key is its own, and has no user name", async () => {
  const world = await World.create()
  const { AccessKey } = await world.iam().send(new CreateAccessKeyCommand({}))
  assert.equal(AccessKey?.UserName, undefined)
  const key = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
  const { Arn } = await world.sts(key).send(new GetCallerIdentityCommand({}))
  assert.equal(Arn, 'arn:aws:iam::123456789012:root')
})

test('P8: the secret is stored only sealed, for this key alone, and no other answer has it', async () => {
  const world = await worldWithBob()
  const { accessKeyId, secretAccessKey } = await createKey(world, 'Bob')
  const sealed = world.account.accessKeys.find(accessKeyId)?.sealedSecret ?? ''
  assert.equal(world.vault.open(accessKeyPlace(world.accountId, accessKeyId), sealed), secretAccessKey)
  assert.throws(() => world.vault.open(accessKeyPlace(world.accountId, 'AKIAOTHER'), sealed), /cannot open/)
  const listed = await world.iam().send(new ListAccessKeysCommand({ UserName: 'Bob' }))
  assert(!JSON.stringify(listed).includes(secretAccessKey))
})

test('CreateAccessKey refuses a third key, and one after another was deleted is made', async () => {
  const world = await worldWithBob()
  const first = await createKey(world, 'Bob')
  await createKey(world, 'Bob')
  await assert.rejects(createKey(world, 'Bob'), {
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for AccessKeysPerUser: 2',
  })
  await world.iam().send(new DeleteAccessKeyCommand({ UserName: 'Bob', AccessKeyId: first.accessKeyId }))
  await createKey(world, 'Bob')
  assert.equal(world.account.accessKeys.scanBy('owner', { prefix: 'AIDABOB ' }).toArray().length, 2)
})

test("CreateAccessKey allows as many keys as the account's quota says", async () => {
  const world = await worldWithBob()
  await world.change((account) => account.quotas.put({ name: 'AccessKeysPerUserQuota', value: 3 }))
  for (let key = 0; key < 3; key += 1) await createKey(world, 'Bob')
  await assert.rejects(createKey(world, 'Bob'), { message: 'Cannot exceed quota for AccessKeysPerUser: 3' })
})

test('a user never has more access keys than the quota, however many are asked for at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 4 }), async (quotaValue) => {
      const world = await worldWithBob()
      await world.change((account) => account.quotas.put({ name: 'AccessKeysPerUserQuota', value: quotaValue }))
      const calls = Array.from({ length: 100 }, () => createKey(world, 'Bob'))
      const outcomes = await Promise.allSettled(calls)
      const made = outcomes.filter(({ status }) => status === 'fulfilled')
      assert.equal(made.length, quotaValue)
      assert.equal(world.account.accessKeys.scanBy('owner', { prefix: 'AIDABOB ' }).toArray().length, quotaValue)
    }),
    { seed: 1, numRuns: 5 },
  )
})

test('CreateAccessKey refuses a user that does not exist', async () => {
  const world = await World.create()
  await assert.rejects(createKey(world, 'Nobody'), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('CreateAccessKey needs iam:CreateAccessKey on the user', async () => {
  await assertNeeds(await worldWithBob(), {
    action: 'iam:CreateAccessKey',
    resource: 'arn:aws:iam::123456789012:user/team/Bob',
    call: (client) => client.send(new CreateAccessKeyCommand({ UserName: 'bob' })),
  })
})

test('a new key gives no permission', async () => {
  const world = await worldWithBob()
  const key = await createKey(world, 'Bob')
  await assert.rejects(world.iam(key).send(new GetUserCommand({})), { name: 'AccessDenied' })
})
