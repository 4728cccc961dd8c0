import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  GetUserCommand,
  ListAccessKeysCommand,
} from '@aws-sdk/client-iam'
import type { AccountWriter } from '../../account/account-tables.ts'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { userIdOf, World } from '../../../test/world.ts'

const ISO_NOON = '2026-11-22T12:00:00.000Z'

/** Each kind of thing that can belong to a user: AWS's sentence, how it comes and how it goes. The order is that of the sentences. */
const CHILDREN: readonly {
  readonly kind: string
  readonly sentence: string
  readonly add: (account: AccountWriter, userId: string) => void
  readonly remove: (account: AccountWriter, userId: string) => void
}[] = [
  {
    kind: 'a login profile',
    sentence: 'Cannot delete entity, must delete login profile first.',
    add: (account, ownerId) => {
      const times = { createdAt: ISO_NOON, changedAt: ISO_NOON }
      account.loginProfiles.put({ ownerId, ...times, passwordHash: '', resetRequired: false, previousHashes: [] })
    },
    remove: (account, ownerId) => account.loginProfiles.delete(ownerId),
  },
  {
    kind: 'an access key',
    sentence: 'Cannot delete entity, must delete access keys first.',
    add: (account, ownerId) =>
      account.accessKeys.put({ id: 'AKIAX', ownerId, status: 'Inactive', createdAt: ISO_NOON, sealedSecret: '' }),
    remove: (account) => account.accessKeys.delete('AKIAX'),
  },
  {
    kind: 'a signing certificate',
    sentence: 'Cannot delete entity, must delete certificates first.',
    add: (account, ownerId) =>
      account.signingCertificates.put({
        id: 'CERTX',
        ownerId,
        status: 'Inactive',
        uploadedAt: ISO_NOON,
        body: '',
        digest: '',
      }),
    remove: (account) => account.signingCertificates.delete('CERTX'),
  },
  {
    kind: 'an SSH public key',
    sentence: 'Cannot delete entity, must remove referenced objects first.',
    add: (account, ownerId) =>
      account.sshPublicKeys.put({ id: 'APKAX', ownerId, status: 'Inactive', uploadedAt: ISO_NOON, material: '' }),
    remove: (account) => account.sshPublicKeys.delete('APKAX'),
  },
  {
    kind: 'a service-specific credential',
    sentence: 'Cannot delete entity, must remove service specific credentials first.',
    add: (account, ownerId) => {
      const credential = { service: 'codecommit.amazonaws.com', alias: 'Bob-at-123456789012', sealedSecret: '' }
      account.serviceCredentials.put({ id: 'ACCAX', ownerId, ...credential, status: 'Inactive', createdAt: ISO_NOON })
    },
    remove: (account) => account.serviceCredentials.delete('ACCAX'),
  },
  {
    kind: 'a virtual MFA device',
    sentence: 'Cannot delete entity, must delete MFA device first.',
    add: (account, ownerId) => {
      const device = { serialNumber: 'arn:x', createdAt: ISO_NOON, sealedSeed: '', tags: [] }
      account.virtualMfaDevices.put({ ...device, assignment: { ownerId, enabledAt: ISO_NOON } })
    },
    remove: (account, ownerId) => account.virtualMfaDevices.delete(`${ownerId} arn:x`),
  },
  {
    kind: 'a passkey',
    sentence: 'Cannot delete entity, must delete MFA device first.',
    add: (account, ownerId) =>
      account.fidoDevices.put({ serialNumber: 'arn:y', ownerId, enabledAt: ISO_NOON, certifications: [] }),
    remove: (account, ownerId) => account.fidoDevices.delete(`${ownerId} arn:y`),
  },
  {
    kind: 'an inline policy',
    sentence: 'Cannot delete entity, must delete policies first.',
    add: (account, ownerId) => account.inlinePolicies.put({ ownerId, name: 'p', document: '{}' }),
    remove: (account, ownerId) => account.inlinePolicies.delete(`${ownerId} p`),
  },
  {
    kind: 'an attached policy',
    sentence: 'Cannot delete entity, must detach all policies first.',
    add: (account, ownerId) => account.attachments.put({ ownerId, policyArn: 'arn:p', attachedAt: ISO_NOON }),
    remove: (account, ownerId) => account.attachments.delete(`${ownerId} arn:p`),
  },
  {
    kind: 'a group membership',
    sentence: 'Cannot delete entity, must remove users from group first.',
    add: (account, userId) => account.memberships.put({ userId, groupId: 'AGPAX', addedAt: ISO_NOON }),
    remove: (account, userId) => account.memberships.delete(`${userId} AGPAX`),
  },
]

/** A user without anything, and its id. */
async function worldWithBob(): Promise<{ world: World; id: string }> {
  const world = await World.create()
  const { User } = await world.iam().send(new CreateUserCommand({ UserName: 'Bob' }))
  return { world, id: User?.UserId ?? '' }
}

test('DeleteUser removes the user, whatever the case of the name, and leaves nothing behind', async () => {
  const { world } = await worldWithBob()
  await world.iam().send(new DeleteUserCommand({ UserName: 'BOB' }))
  await assert.rejects(world.iam().send(new GetUserCommand({ UserName: 'Bob' })), { name: 'NoSuchEntityException' })
  for (const table of ['users', 'memberships', 'inlinePolicies', 'attachments', 'loginProfiles'] as const) {
    assert.equal(world.account[table].size, 0, table)
  }
})

test('a name that was deleted can be given again, and the new user has another id', async () => {
  const { world, id } = await worldWithBob()
  await world.iam().send(new DeleteUserCommand({ UserName: 'Bob' }))
  const { User } = await world.iam().send(new CreateUserCommand({ UserName: 'Bob' }))
  assert.notEqual(User?.UserId, id)
})

for (const { kind, sentence, add, remove } of CHILDREN) {
  test(`DeleteUser refuses a user that has ${kind}, until that is gone`, async () => {
    const { world, id } = await worldWithBob()
    await world.change((account) => add(account, id))
    await assert.rejects(world.iam().send(new DeleteUserCommand({ UserName: 'Bob' })), {
      name: 'DeleteConflictException',
      message: sentence,
    })
    await world.change((account) => remove(account, id))
    await world.iam().send(new DeleteUserCommand({ UserName: 'Bob' }))
    assert.equal(world.account.users.size, 0)
  })
}

test('DeleteUser names what is to be removed in one order, whatever order it came in', async () => {
  const { world, id } = await worldWithBob()
  for (const { add } of CHILDREN.toReversed()) await world.change((account) => add(account, id))
  for (const { sentence, remove } of CHILDREN) {
    await assert.rejects(world.iam().send(new DeleteUserCommand({ UserName: 'Bob' })), { message: sentence })
    await world.change((account) => remove(account, id))
  }
  await world.iam().send(new DeleteUserCommand({ UserName: 'Bob' }))
})

test('DeleteUser is not kept from deleting by what belongs to another user', async () => {
  const { world } = await worldWithBob()
  await world.createUser('Carol', { Effect: 'Allow', Action: '*', Resource: '*' })
  await world.iam().send(new DeleteUserCommand({ UserName: 'Bob' }))
  assert.deepEqual(
    [...world.account.users.scan()].map(({ name }) => name),
    ['Carol'],
  )
})

test('DeleteUser refuses a user that does not exist', async () => {
  const world = await World.create()
  await assert.rejects(world.iam().send(new DeleteUserCommand({ UserName: 'Nobody' })), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('DeleteUser needs iam:DeleteUser on the user', async () => {
  const { world } = await worldWithBob()
  await assertNeeds(world, {
    action: 'iam:DeleteUser',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new DeleteUserCommand({ UserName: 'bob' })),
  })
})

test('nothing is remembered of when a deleted key and a deleted user were used, also where a key deleted itself', async () => {
  const world = await World.create()
  const gone = await world.createUser('Gone', { Effect: 'Allow', Action: 'iam:*AccessKey*', Resource: '*' })
  const stays = await world.createUser('Stays', { Effect: 'Allow', Action: 'iam:*AccessKey*', Resource: '*' })
  await world.iam(stays).send(new ListAccessKeysCommand({}))
  await world.iam(gone).send(new ListAccessKeysCommand({}))
  assert.ok(world.activity.keyLastUsed(gone.accessKeyId))
  await world.iam(gone).send(new DeleteAccessKeyCommand({ UserName: 'Gone', AccessKeyId: gone.accessKeyId }))
  assert.equal(world.activity.keyLastUsed(gone.accessKeyId), undefined)
  assert.equal(world.activity.actionsLastUsed(userIdOf('Gone')).length, 2)
  const root = world.iam()
  // Two writes of one batch.
  await Promise.all([
    root.send(new DeleteUserPolicyCommand({ UserName: 'Gone', PolicyName: 'granted' })),
    root.send(new DeleteUserCommand({ UserName: 'Gone' })),
  ])
  assert.deepEqual(world.activity.actionsLastUsed(userIdOf('Gone')), [])
  assert.ok(world.activity.keyLastUsed(stays.accessKeyId))
  assert.equal(world.activity.actionsLastUsed(userIdOf('Stays')).length, 1)
})
