import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  ListEntitiesForPolicyCommand,
  type ListEntitiesForPolicyCommandInput,
  UpdateUserCommand,
} from '@aws-sdk/client-iam'
import { allPages } from '../../../test/all-pages.ts'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy } from '../../../test/managed-policies.ts'
import { createRole } from '../../../test/roles/roles.ts'
import { World } from '../../../test/world.ts'

/** AdministratorAccess is attached to two groups and two users, of which one each is in /team/; another policy to Bob. */
async function worldWithAttachments(): Promise<World> {
  const world = await World.create()
  const PolicyArn = ADMINISTRATOR_ACCESS
  for (const [GroupName, Path] of [
    ['Admins', '/'],
    ['Leads', '/team/'],
  ]) {
    await world.iam().send(new CreateGroupCommand({ GroupName, Path }))
    await world.iam().send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }))
  }
  for (const [UserName, Path] of [
    ['Alice', '/team/'],
    ['Bob', '/'],
  ]) {
    await world.iam().send(new CreateUserCommand({ UserName, Path }))
    await world.iam().send(new AttachUserPolicyCommand({ UserName, PolicyArn }))
  }
  const other = await createPolicy(world, 'Other')
  await world.iam().send(new AttachUserPolicyCommand({ UserName: 'Bob', PolicyArn: other }))
  return world
}

interface Names {
  readonly groups: ReadonlySet<unknown>
  readonly users: ReadonlySet<unknown>
}

function namesOf(groups: readonly unknown[], users: readonly unknown[]): Names {
  return { groups: new Set(groups), users: new Set(users) }
}

/** The names of every page, each once; as sets, for they come in the order of random ids. */
async function names(world: World, input: Omit<ListEntitiesForPolicyCommandInput, 'PolicyArn'> = {}): Promise<Names> {
  const pages = await allPages((Marker) =>
    world.iam().send(new ListEntitiesForPolicyCommand({ PolicyArn: ADMINISTRATOR_ACCESS, ...input, Marker })),
  )
  const groups = pages.flatMap(({ PolicyGroups = [] }) => PolicyGroups.map(({ GroupName }) => GroupName))
  const users = pages.flatMap(({ PolicyUsers = [] }) => PolicyUsers.map(({ UserName }) => UserName))
  const found = namesOf(groups, users)
  assert.equal(groups.length + users.length, found.groups.size + found.users.size, 'an entity is answered twice')
  return found
}

test('ListEntitiesForPolicy answers groups and users with their ids, and no roles when it is attached to none', async () => {
  const world = await worldWithAttachments()
  const command = new ListEntitiesForPolicyCommand({ PolicyArn: ADMINISTRATOR_ACCESS })
  const output = await world.iam().send(command)
  const group = (GroupName: string): unknown => ({
    GroupName,
    GroupId: world.account.groups.find(GroupName.toLowerCase())?.id,
  })
  const user = (UserName: string): unknown => ({
    UserName,
    UserId: world.account.users.find(UserName.toLowerCase())?.id,
  })
  assert.deepEqual(new Set(output.PolicyGroups), new Set([group('Admins'), group('Leads')]))
  assert.deepEqual(new Set(output.PolicyUsers), new Set([user('Alice'), user('Bob')]))
  assert.deepEqual([output.PolicyRoles, output.IsTruncated, output.Marker], [[], false, undefined])
})

test('ListEntitiesForPolicy answers roles with their ids, by kind, by path and after the others', async () => {
  const world = await worldWithAttachments()
  const PolicyArn = ADMINISTRATOR_ACCESS
  const { RoleId } = await createRole(world, 'Reader', { Path: '/team/', PermissionsBoundary: PolicyArn })
  await createRole(world, 'Writer')
  await world.iam().send(new AttachRolePolicyCommand({ RoleName: 'Writer', PolicyArn }))
  const roles = async (input: Omit<ListEntitiesForPolicyCommandInput, 'PolicyArn'>): Promise<Set<unknown>> => {
    const pages = await allPages((Marker) =>
      world.iam().send(new ListEntitiesForPolicyCommand({ PolicyArn, MaxItems: 1, ...input, Marker })),
    )
    return new Set(pages.flatMap(({ PolicyRoles = [] }) => PolicyRoles.map(({ RoleName }) => RoleName)))
  }
  assert.deepEqual(await roles({}), new Set(['Reader', 'Writer']))
  assert.deepEqual(await roles({ EntityFilter: 'Role' }), new Set(['Reader', 'Writer']))
  assert.deepEqual(await roles({ EntityFilter: 'User' }), new Set([]))
  assert.deepEqual(await roles({ PolicyUsageFilter: 'PermissionsPolicy' }), new Set(['Writer']))
  assert.deepEqual(await roles({ PolicyUsageFilter: 'PermissionsBoundary' }), new Set(['Reader']))
  const command = new ListEntitiesForPolicyCommand({ PolicyArn, PathPrefix: '/team/' })
  const { PolicyRoles } = await world.iam().send(command)
  assert.deepEqual(PolicyRoles, [{ RoleName: 'Reader', RoleId }])
  assert.equal((await names(world)).users.size, 2)
})

test('ListEntitiesForPolicy answers the current name of a user that was renamed', async () => {
  const world = await worldWithAttachments()
  await world.iam().send(new UpdateUserCommand({ UserName: 'Bob', NewUserName: 'Robert' }))
  assert.deepEqual((await names(world)).users, new Set(['Alice', 'Robert']))
})

test('ListEntitiesForPolicy answers the kind and the path that are asked for', async () => {
  const world = await worldWithAttachments()
  assert.deepEqual(await names(world, { EntityFilter: 'User' }), namesOf([], ['Alice', 'Bob']))
  assert.deepEqual(await names(world, { EntityFilter: 'Group' }), namesOf(['Admins', 'Leads'], []))
  assert.deepEqual(await names(world, { PathPrefix: '/team/' }), namesOf(['Leads'], ['Alice']))
  assert.deepEqual(await names(world, { PathPrefix: '/team/', EntityFilter: 'User' }), namesOf([], ['Alice']))
  for (const EntityFilter of ['Role', 'LocalManagedPolicy', 'AWSManagedPolicy'] as const) {
    assert.deepEqual(await names(world, { EntityFilter }), namesOf([], []))
  }
})

test('ListEntitiesForPolicy tells whom the policy is attached to from whom it limits, and answers both, once', async () => {
  const world = await worldWithAttachments()
  const attached = await names(world)
  assert.deepEqual(await names(world, { PolicyUsageFilter: 'PermissionsBoundary' }), namesOf([], []))
  await world.createUser('Zoe')
  await world.change((account) => {
    for (const key of ['alice', 'zoe']) {
      const user = account.users.find(key)
      if (user !== undefined) account.users.put({ ...user, boundaryArn: ADMINISTRATOR_ACCESS })
    }
  })
  assert.deepEqual(await names(world, { PolicyUsageFilter: 'PermissionsPolicy' }), attached)
  for (const MaxItems of [1, 2, 100]) {
    const limited = await names(world, { PolicyUsageFilter: 'PermissionsBoundary', MaxItems })
    assert.deepEqual(limited, namesOf([], ['Alice', 'Zoe']))
    const both = namesOf([...attached.groups], [...attached.users, 'Zoe'])
    assert.deepEqual(await names(world, { MaxItems }), both)
  }
})

test('ListEntitiesForPolicy pages over groups and users together', async () => {
  const world = await worldWithAttachments()
  const all = await names(world)
  for (const MaxItems of [1, 3]) assert.deepEqual(await names(world, { MaxItems }), all)
  const { PolicyGroups = [], PolicyUsers = [] } = await world
    .iam()
    .send(new ListEntitiesForPolicyCommand({ PolicyArn: ADMINISTRATOR_ACCESS, MaxItems: 3 }))
  assert.deepEqual([PolicyGroups.length, PolicyUsers.length], [2, 1])
})

test('ListEntitiesForPolicy refuses a marker that was given for another policy', async () => {
  const world = await worldWithAttachments()
  const input = { PolicyArn: ADMINISTRATOR_ACCESS, MaxItems: 1 }
  const { Marker } = await world.iam().send(new ListEntitiesForPolicyCommand(input))
  const PolicyArn = 'arn:aws:iam::123456789012:policy/Other'
  await assert.rejects(world.iam().send(new ListEntitiesForPolicyCommand({ PolicyArn, Marker })), {
    name: 'ValidationError',
    message: 'Marker and Filter do not match',
  })
})

test('ListEntitiesForPolicy refuses a policy that does not exist', async () => {
  const world = await World.create()
  for (const PolicyArn of ['arn:aws:iam::123456789012:policy/Nothing', 'arn:aws:iam::aws:policy/Nothing']) {
    await assert.rejects(world.iam().send(new ListEntitiesForPolicyCommand({ PolicyArn })), {
      name: 'NoSuchEntityException',
      message: `Policy ${PolicyArn} does not exist or is not attachable.`,
    })
  }
})

test('ListEntitiesForPolicy needs iam:ListEntitiesForPolicy on the policy', async () => {
  await assertNeeds(await World.create(), {
    action: 'iam:ListEntitiesForPolicy',
    resource: ADMINISTRATOR_ACCESS,
    call: (client) => client.send(new ListEntitiesForPolicyCommand({ PolicyArn: ADMINISTRATOR_ACCESS })),
  })
})
