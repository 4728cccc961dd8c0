import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AddUserToGroupCommand, CreateGroupCommand, GetGroupCommand, GetUserCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { World } from '../../../test/world.ts'

async function worldWithGroup(): Promise<World> {
  const world = await World.create()
  await world.createUser('Bob')
  await world.iam().send(new CreateGroupCommand({ GroupName: 'Team', Path: '/p/' }))
  return world
}

async function membersOf(world: World, GroupName: string): Promise<unknown> {
  const { Users = [] } = await world.iam().send(new GetGroupCommand({ GroupName }))
  return Users.map(({ UserName }) => UserName)
}

test('AddUserToGroup puts the user into the group, whatever the case of the names', async () => {
  const world = await worldWithGroup()
  await world.iam().send(new AddUserToGroupCommand({ GroupName: 'TEAM', UserName: 'BOB' }))
  assert.deepEqual(await membersOf(world, 'Team'), ['Bob'])
})

test('AddUserToGroup again changes nothing and is no error, also at the quota', async () => {
  const world = await worldWithGroup()
  await world.change((account) => account.quotas.put({ name: 'GroupsPerUserQuota', value: 1 }))
  await world.iam().send(new AddUserToGroupCommand({ GroupName: 'Team', UserName: 'Bob' }))
  await world.iam().send(new AddUserToGroupCommand({ GroupName: 'team', UserName: 'bob' }))
  assert.deepEqual(await membersOf(world, 'Team'), ['Bob'])
})

test('a user may do what a group may from the call that adds it', async () => {
  const world = await worldWithGroup()
  const carol = await world.createUser('Carol')
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' },
  })
  const groupId = world.account.groups.find('team')?.id ?? ''
  await world.change((account) => account.inlinePolicies.put({ ownerId: groupId, name: 'read', document }))
  await assert.rejects(world.iam(carol).send(new GetUserCommand({})), { name: 'AccessDenied' })
  await world.iam().send(new AddUserToGroupCommand({ GroupName: 'Team', UserName: 'Carol' }))
  assert.equal((await world.iam(carol).send(new GetUserCommand({}))).User?.UserName, 'Carol')
})

test('AddUserToGroup refuses the eleventh group of a user', async () => {
  const world = await worldWithGroup()
  for (let index = 0; index < 10; index += 1) {
    await world.iam().send(new CreateGroupCommand({ GroupName: `Group-${index}` }))
    await world.iam().send(new AddUserToGroupCommand({ GroupName: `Group-${index}`, UserName: 'Bob' }))
  }
  await assert.rejects(world.iam().send(new AddUserToGroupCommand({ GroupName: 'Team', UserName: 'Bob' })), {
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for GroupsPerUser: 10',
  })
  assert.deepEqual(await membersOf(world, 'Team'), [])
})

test('AddUserToGroup refuses a group or a user that does not exist', async () => {
  const world = await worldWithGroup()
  await assert.rejects(world.iam().send(new AddUserToGroupCommand({ GroupName: 'Nothing', UserName: 'Bob' })), {
    name: 'NoSuchEntityException',
    message: 'The group with name Nothing cannot be found.',
  })
  await assert.rejects(world.iam().send(new AddUserToGroupCommand({ GroupName: 'Team', UserName: 'Nobody' })), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('AddUserToGroup answers about the user where neither the user nor the group exists', async () => {
  const world = await worldWithGroup()
  await assert.rejects(world.iam().send(new AddUserToGroupCommand({ GroupName: 'Nothing', UserName: 'Nobody' })), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('AddUserToGroup needs iam:AddUserToGroup on the group', async () => {
  await assertNeeds(await worldWithGroup(), {
    action: 'iam:AddUserToGroup',
    resource: 'arn:aws:iam::123456789012:group/p/Team',
    call: (client) => client.send(new AddUserToGroupCommand({ GroupName: 'team', UserName: 'Bob' })),
  })
})
