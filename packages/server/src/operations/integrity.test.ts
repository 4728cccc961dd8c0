/**
 * Laws of an account's records that hold after any sequence of operations on users, groups, roles and instance profiles, sent one after another or at once.
 *
 * Keys, login profiles and attachments are given and taken as records: what matters here is that no operation leaves them behind.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AddRoleToInstanceProfileCommand,
  AddUserToGroupCommand,
  AttachRolePolicyCommand,
  CreateGroupCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteGroupCommand,
  DeleteGroupPolicyCommand,
  DeleteInstanceProfileCommand,
  DeleteRoleCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachRolePolicyCommand,
  type IAMClient,
  IAMServiceException,
  PutGroupPolicyCommand,
  PutUserPolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
  RemoveUserFromGroupCommand,
  TagUserCommand,
  UntagUserCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateGroupCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam'
import fc from 'fast-check'
import type { AccountImage, AccountReader, AccountWriter } from '../account/account-tables.ts'
import { accountStream, emptyAccount } from '../account/account-tables.ts'
import { findGroup } from '../account/group.ts'
import { findUser } from '../account/user.ts'
import { createMemoryJournal } from '../journal/memory.ts'
import { loadImage } from '../ledger/load.ts'
import { createRole, trustPolicy } from '../../test/roles/roles.ts'
import { NOON, World } from '../../test/world.ts'

/** Names of a sequence; few, so that they meet, and in several spellings. */
interface Names {
  readonly user: string
  readonly group: string
  readonly role: string
  readonly newName: string
}

interface Step {
  readonly label: string
  readonly run: (world: World, client: IAMClient) => Promise<unknown>
}

const DOCUMENT = JSON.stringify({ Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } })
const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
const NOON_TEXT = NOON.toISOString()
/** What may be answered; anything else fails the law. */
const EXPECTED_FAULTS =
  /^(?:NoSuchEntity|EntityAlreadyExists|DeleteConflict|LimitExceeded|MalformedPolicyDocument)Exception$/

const CALLS: Readonly<Record<string, (client: IAMClient, names: Names) => Promise<unknown>>> = {
  createUser: (client, { user: UserName }) => client.send(new CreateUserCommand({ UserName })),
  renameUser: (client, { user: UserName, newName: NewUserName }) =>
    client.send(new UpdateUserCommand({ UserName, NewUserName, NewPath: `/${NewUserName}/` })),
  deleteUser: (client, { user: UserName }) => client.send(new DeleteUserCommand({ UserName })),
  createGroup: (client, { group: GroupName }) => client.send(new CreateGroupCommand({ GroupName })),
  renameGroup: (client, { group: GroupName, newName: NewGroupName }) =>
    client.send(new UpdateGroupCommand({ GroupName, NewGroupName })),
  deleteGroup: (client, { group: GroupName }) => client.send(new DeleteGroupCommand({ GroupName })),
  addToGroup: (client, { user: UserName, group: GroupName }) =>
    client.send(new AddUserToGroupCommand({ UserName, GroupName })),
  removeFromGroup: (client, { user: UserName, group: GroupName }) =>
    client.send(new RemoveUserFromGroupCommand({ UserName, GroupName })),
  putUserPolicy: (client, { user: UserName, newName: PolicyName }) =>
    client.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument: DOCUMENT })),
  deleteUserPolicy: (client, { user: UserName, newName: PolicyName }) =>
    client.send(new DeleteUserPolicyCommand({ UserName, PolicyName })),
  putGroupPolicy: (client, { group: GroupName, newName: PolicyName }) =>
    client.send(new PutGroupPolicyCommand({ GroupName, PolicyName, PolicyDocument: DOCUMENT })),
  deleteGroupPolicy: (client, { group: GroupName, newName: PolicyName }) =>
    client.send(new DeleteGroupPolicyCommand({ GroupName, PolicyName })),
  createRole: (client, { role: RoleName }) =>
    client.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trustPolicy() })),
  deleteRole: (client, { role: RoleName }) => client.send(new DeleteRoleCommand({ RoleName })),
  trustUser: (client, { role: RoleName, user }) => {
    const PolicyDocument = trustPolicy({ AWS: `arn:aws:iam::123456789012:user/${user}` })
    return client.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }))
  },
  attachToRole: (client, { role: RoleName }) =>
    client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: READ_ONLY })),
  detachFromRole: (client, { role: RoleName }) =>
    client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: READ_ONLY })),
  createProfile: (client, { newName: InstanceProfileName }) =>
    client.send(new CreateInstanceProfileCommand({ InstanceProfileName })),
  deleteProfile: (client, { newName: InstanceProfileName }) =>
    client.send(new DeleteInstanceProfileCommand({ InstanceProfileName })),
  addToProfile: (client, { role: RoleName, newName: InstanceProfileName }) =>
    client.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName })),
  removeFromProfile: (client, { role: RoleName, newName: InstanceProfileName }) =>
    client.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName })),
  tagUser: (client, { user: UserName, newName: Key }) =>
    client.send(new TagUserCommand({ UserName, Tags: [{ Key, Value: UserName }] })),
  untagUser: (client, { user: UserName, newName }) =>
    client.send(new UntagUserCommand({ UserName, TagKeys: [newName] })),
}

const RECORDS: Readonly<Record<string, (account: AccountWriter, names: Names) => void>> = {
  giveKey: ofUser((account, ownerId) => {
    account.accessKeys.put({ id: `AKIA${ownerId}`, ownerId, status: 'Active', createdAt: NOON_TEXT, sealedSecret: '' })
  }),
  takeKey: ofUser((account, ownerId) => account.accessKeys.delete(`AKIA${ownerId}`)),
  givePassword: ofUser((account, ownerId) => {
    const times = { createdAt: NOON_TEXT, changedAt: NOON_TEXT }
    account.loginProfiles.put({ ownerId, ...times, passwordHash: '', resetRequired: false, previousHashes: [] })
  }),
  takePassword: ofUser((account, ownerId) => account.loginProfiles.delete(ownerId)),
  attach: ofUser((account, ownerId) => {
    account.attachments.put({ ownerId, policyArn: READ_ONLY, attachedAt: NOON_TEXT })
  }),
  detach: ofUser((account, ownerId) => account.attachments.delete(`${ownerId} ${READ_ONLY}`)),
  attachToGroup: (account, { group }) => {
    const ownerId = findGroup(account, group)?.id
    if (ownerId === undefined) return
    account.attachments.put({ ownerId, policyArn: READ_ONLY, attachedAt: NOON_TEXT })
  },
}

const names = fc.record<Names>({
  user: fc.constantFrom('alice', 'Alice', 'bob', 'BOB'),
  group: fc.constantFrom('alice', 'team', 'TEAM'),
  role: fc.constantFrom('alice', 'Reader', 'READER'),
  newName: fc.constantFrom('alice', 'ALICE', 'bob', 'carol', 'Team', 'crew'),
})

/** One step of a sequence. */
const step: fc.Arbitrary<Step> = fc
  .tuple(fc.constantFrom(...Object.entries(CALLS), ...Object.entries(RECORDS)), names)
  .map(([[label], chosen]) => {
    const call = CALLS[label]
    const record = RECORDS[label]
    return {
      label: `${label} ${JSON.stringify(chosen)}`,
      run: async (world, client) => {
        if (call !== undefined) await call(client, chosen)
        if (record !== undefined) await world.change((account) => record(account, chosen))
      },
    }
  })

/** Steps of one inner list are sent at once. */
const sequence = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 40, size: 'max' })

test('both ends of every relation exist, and names are unique ignoring case, after any operations', async () => {
  await fc.assert(
    fc.asyncProperty(sequence, async (turns) => {
      const world = await worldWithNames()
      const client = world.iam()
      for (const turn of turns) {
        const before = idsOf(world.account)
        await Promise.all(turn.map((one) => answered(one.run(world, client))))
        assertIntact(world.account, world.accountId)
        if (turn.some(({ label }) => /^delete(?:User|Group|Role) /.test(label))) continue
        assert(before.isSubsetOf(idsOf(world.account)), 'what was not deleted is gone')
      }
    }),
    { numRuns: 100, seed: 1 },
  )
})

test('what is published is what the journal says, after any operations', async () => {
  await fc.assert(
    fc.asyncProperty(sequence, async (turns) => {
      const journal = createMemoryJournal()
      const world = await worldWithNames(journal)
      const client = world.iam()
      for (const turn of turns) await Promise.all(turn.map((one) => answered(one.run(world, client))))
      const published = world.ledger.images.image(accountStream(world.accountId))
      const loaded: AccountImage = await loadImage(journal, emptyAccount(world.accountId))
      assert(published !== undefined)
      assert.equal(loaded.revision, published.revision)
      assert.deepEqual([...loaded.records()], [...published.records()])
    }),
    { numRuns: 30, seed: 2 },
  )
})

test('the laws are broken by a user that is deleted from under its group, key and policies', async () => {
  for (const label of ['giveKey', 'givePassword', 'attach', 'putUserPolicy', 'addToGroup']) {
    const world = await World.create()
    const chosen = { user: 'bob', group: 'team', role: 'alice', newName: 'p' }
    await CALLS['createUser']?.(world.iam(), chosen)
    await CALLS['createGroup']?.(world.iam(), chosen)
    await CALLS[label]?.(world.iam(), chosen)
    await world.change((account) => RECORDS[label]?.(account, chosen))
    assertIntact(world.account, world.accountId)
    await world.change((account) => account.users.delete('bob'))
    assert.throws(() => assertIntact(world.account, world.accountId), assert.AssertionError, label)
  }
})

/** Two users, two groups and a role to begin with, so that short sequences have something to work on. */
async function worldWithNames(journal = createMemoryJournal()): Promise<World> {
  const world = await World.create({ journal })
  for (const UserName of ['Alice', 'bob']) await world.iam().send(new CreateUserCommand({ UserName }))
  for (const GroupName of ['alice', 'Team']) await world.iam().send(new CreateGroupCommand({ GroupName }))
  await createRole(world, 'Reader')
  return world
}

function idsOf(account: AccountReader): Set<string> {
  const entities = [...account.users.scan(), ...account.groups.scan(), ...account.roles.scan()]
  return new Set(entities.map(({ id }) => id))
}

/** Resolves when the call succeeded or was refused in one of the ways that its input explains. */
async function answered(call: Promise<unknown>): Promise<void> {
  try {
    await call
  } catch (error) {
    assert(error instanceof IAMServiceException, String(error))
    assert.match(error.name, EXPECTED_FAULTS)
  }
}

function assertIntact(account: AccountReader, accountId: string): void {
  const users = [...account.users.scan()]
  const groups = [...account.groups.scan()]
  const roles = [...account.roles.scan()]
  const userIds = new Set(users.map(({ id }) => id))
  const groupIds = new Set(groups.map(({ id }) => id))
  const roleIds = new Set(roles.map(({ id }) => id))
  for (const entities of [users, groups, roles]) {
    const folded = entities.map(({ name }) => name.toLowerCase())
    assert.equal(new Set(folded).size, folded.length, 'two have one name')
  }
  assert.equal(idsOf(account).size, users.length + groups.length + roles.length, 'two have one id')
  for (const user of users) assert.equal(account.users.findBy('id', user.id), user, 'a user is not found by id')
  for (const group of groups) assert.equal(account.groups.findBy('id', group.id), group, 'a group is not found by id')
  for (const { userId, groupId } of account.memberships.scan()) {
    assert(userIds.has(userId) && groupIds.has(groupId), `membership of \`${userId}\` in \`${groupId}\` is an orphan`)
  }
  assert.equal([...account.memberships.scanBy('group')].length, account.memberships.size, 'the index lacks members')
  for (const table of ['inlinePolicies', 'attachments'] as const) {
    for (const { ownerId } of account[table].scan()) {
      assert(idsOf(account).has(ownerId), `${table} of \`${ownerId}\` are orphans`)
    }
  }
  for (const table of ['accessKeys', 'loginProfiles'] as const) {
    for (const { ownerId } of account[table].scan()) {
      assert(userIds.has(ownerId) || ownerId === accountId, `${table} of \`${ownerId}\` are orphans`)
    }
  }
  for (const role of roles) assert.equal(account.roles.findBy('id', role.id), role, 'a role is not found by id')
  for (const { roleId, name } of account.instanceProfiles.scan()) {
    assert(roleId === undefined || roleIds.has(roleId), `the role of the profile \`${name}\` is gone`)
  }
  for (const { trustPolicy: text, trusted } of roles) {
    for (const { id } of trusted) assert(text.includes(id), `\`${id}\` is bound and not named`)
    assert.doesNotMatch(text, /:user\//, 'a user is trusted by its name')
  }
  for (const { tags } of users) {
    const folded = tags.map(({ key }) => key.toLowerCase())
    assert.equal(new Set(folded).size, folded.length, 'two tags have one key')
  }
}

/** A change of the records of the user of that name, if there is one. */
function ofUser(
  change: (account: AccountWriter, userId: string) => void,
): (account: AccountWriter, names: Names) => void {
  return (account, { user }) => {
    const id = findUser(account, user)?.id
    if (id !== undefined) change(account, id)
  }
}
