/** Records that are stored and cannot be read: what depends on one is refused, and not done by a default that may allow more. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  GetAccountPasswordPolicyCommand,
  UpdateAccountPasswordPolicyCommand,
  UpdateLoginProfileCommand,
} from '@aws-sdk/client-iam'
import { sign } from '@iamd/sigv4'
import { getOperation } from '@iamd/wire'
import { UnreadablePolicy } from '../../src/catalogue/entity-policies.ts'
import { enableNewDevice } from '../credentials/mfa-devices.ts'
import { postCall, refusalOf } from '../wire-call.ts'
import { type Credentials, userIdOf, World } from '../world.ts'

const WEAK = 'Abcdefg1'
const STRONG = 'A-much-longer-password-1'
const FAILURE = { name: 'ServiceFailureException' }

test('while the password policy cannot be read no password is set, and one that is put in its place mends it', async () => {
  const world = await World.create()
  await world.createUser('Ann')
  const root = world.iam()
  await root.send(new CreateLoginProfileCommand({ UserName: 'Ann', Password: WEAK }))
  await root.send(new CreateUserCommand({ UserName: 'Bob' }))
  damage(world, 'passwordPolicy', 'self')
  // Also on what a later write leaves behind.
  await root.send(new CreateGroupCommand({ GroupName: 'Group' }))
  await assert.rejects(root.send(new CreateLoginProfileCommand({ UserName: 'Bob', Password: STRONG })), FAILURE)
  await assert.rejects(root.send(new UpdateLoginProfileCommand({ UserName: 'Ann', Password: STRONG })), FAILURE)
  await assert.rejects(root.send(new GetAccountPasswordPolicyCommand({})), FAILURE)
  assert.equal(world.account.loginProfiles.size, 1)
  await root.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 20 }))
  await assert.rejects(root.send(new CreateLoginProfileCommand({ UserName: 'Bob', Password: WEAK })), {
    name: 'PasswordPolicyViolationException',
  })
  await root.send(new CreateLoginProfileCommand({ UserName: 'Bob', Password: STRONG }))
  assert.deepEqual(world.bugs, [])
})

test('while a quota cannot be read nothing that it limits is made, and one that is put in its place mends it', async () => {
  const world = await World.create()
  await world.iamd('PutAccountQuotas', { Quotas: [{ Name: 'UsersQuota', Value: 1 }] })
  damage(world, 'quotas', 'UsersQuota')
  const root = world.iam()
  await assert.rejects(root.send(new CreateUserCommand({ UserName: 'Ann' })), FAILURE)
  await assert.rejects(world.iamd('GetAccountQuotas', {}), { name: 'ServiceFailure' })
  assert.equal(world.account.users.size, 0)
  // Another quota is read as ever.
  await root.send(new CreateGroupCommand({ GroupName: 'Group' }))
  await world.iamd('PutAccountQuotas', { Quotas: [{ Name: 'UsersQuota', Value: 1 }] })
  await root.send(new CreateUserCommand({ UserName: 'Ann' }))
  await assert.rejects(root.send(new CreateUserCommand({ UserName: 'Bob' })), { name: 'LimitExceededException' })
  assert.deepEqual(world.bugs, [])
})

test('K-02: a user whose MFA device cannot be read is denied, and not taken for one without a second factor', async () => {
  const world = await World.create()
  const allowed = { Effect: 'Allow', Action: '*', Resource: '*' } as const
  const [ann, bob] = [await world.createUser('Ann', allowed), await world.createUser('Bob', allowed)]
  const codeOf = async (credentials: Credentials): Promise<string> => {
    const options = { service: { service: 'iam' }, region: 'us-east-1', now: world.now }
    return refusalOf(await world.send(sign(postCall(getOperation('GetUser'), {}), credentials, options))).code
  }
  const { SerialNumber } = await enableNewDevice(world, 'Ann', 'Phone')
  assert.equal(await codeOf(ann), '')
  damage(world, 'virtualMfaDevices', `${userIdOf('Ann')} ${SerialNumber.toLowerCase()}`)
  assert.equal(await codeOf(ann), 'AccessDenied')
  assert(world.bugs[0] instanceof UnreadablePolicy)
  assert.equal(await codeOf(bob), '')
})

/** As a load leaves it that meets a record of another form. */
function damage(world: World, table: string, key: string): void {
  world.ledger.images.account(world.accountId)?.load(table, key, 7)
}
