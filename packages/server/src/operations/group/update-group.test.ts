import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  GetGroupCommand,
  GetUserCommand,
  PutGroupPolicyCommand,
  UpdateGroupCommand,
} from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { World } from '../../../test/world.ts'

const ARN = 'arn:aws:iam::123456789012:group'

async function worldWithGroups(): Promise<World> {
  const world = await World.create()
  await world.iam().send(new CreateGroupCommand({ GroupName: 'Team', Path: '/old/' }))
  await world.iam().send(new CreateGroupCommand({ GroupName: 'Other' }))
  return world
}

test('UpdateGroup renames and moves a group, which keeps its id, its users and what they may do', async () => {
  const world = await worldWithGroups()
  const bob = await world.createUser('Bob')
  const iam = world.iam()
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' },
  })
  await iam.send(new PutGroupPolicyCommand({ GroupName: 'Team', PolicyName: 'read', PolicyDocument }))
  await iam.send(new AddUserToGroupCommand({ GroupName: 'Team', UserName: 'Bob' }))
  const before = await iam.send(new GetGroupCommand({ GroupName: 'Team' }))
  await iam.send(new UpdateGroupCommand({ GroupName: 'TEAM', NewGroupName: 'Crew', NewPath: '/new/' }))

  const after = await iam.send(new GetGroupCommand({ GroupName: 'Crew' }))
  assert.deepEqual(after.Group, { ...before.Group, GroupName: 'Crew', Path: '/new/', Arn: `${ARN}/new/Crew` })
  assert.deepEqual(after.Users, before.Users)
  await assert.rejects(iam.send(new GetGroupCommand({ GroupName: 'Team' })), { name: 'NoSuchEntityException' })
  assert.equal((await world.iam(bob).send(new GetUserCommand({}))).User?.UserName, 'Bob')
})

test('UpdateGroup keeps what is left out', async () => {
  const world = await worldWithGroups()
  await world.iam().send(new UpdateGroupCommand({ GroupName: 'Team', NewGroupName: 'Crew' }))
  assert.equal((await world.iam().send(new GetGroupCommand({ GroupName: 'Crew' }))).Group?.Path, '/old/')
  await world.iam().send(new UpdateGroupCommand({ GroupName: 'Crew', NewPath: '/' }))
  assert.equal((await world.iam().send(new GetGroupCommand({ GroupName: 'Crew' }))).Group?.Arn, `${ARN}/Crew`)
})

test('UpdateGroup refuses a name that another group has, and changes the case of its own', async () => {
  const world = await worldWithGroups()
  await assert.rejects(world.iam().send(new UpdateGroupCommand({ GroupName: 'Team', NewGroupName: 'OTHER' })), {
    name: 'EntityAlreadyExistsException',
    message: 'Group with name OTHER already exists.',
  })
  await world.iam().send(new UpdateGroupCommand({ GroupName: 'Team', NewGroupName: 'TEAM' }))
  assert.equal((await world.iam().send(new GetGroupCommand({ GroupName: 'team' }))).Group?.GroupName, 'TEAM')
})

test('UpdateGroup refuses a group that does not exist', async () => {
  const world = await World.create()
  await assert.rejects(world.iam().send(new UpdateGroupCommand({ GroupName: 'Nothing', NewPath: '/new/' })), {
    name: 'NoSuchEntityException',
    message: 'The group with name Nothing cannot be found.',
  })
})

test('UpdateGroup without a change needs iam:UpdateGroup on the group alone', async () => {
  await assertNeeds(await worldWithGroups(), {
    action: 'iam:UpdateGroup',
    resource: `${ARN}/old/Team`,
    call: (client) => client.send(new UpdateGroupCommand({ GroupName: 'team' })),
  })
})

test('UpdateGroup needs iam:UpdateGroup on what the group was and on what it becomes', async () => {
  const world = await worldWithGroups()
  const update = new UpdateGroupCommand({ GroupName: 'Team', NewGroupName: 'Crew' })
  const source = `${ARN}/old/Team`
  const target = `${ARN}/old/Crew`
  for (const [name, allowed, missing] of [
    ['OnlySource', source, target],
    ['OnlyTarget', target, source],
  ] as const) {
    const caller = await world.createUser(name, { Effect: 'Allow', Action: 'iam:UpdateGroup', Resource: allowed })
    await assert.rejects(world.iam(caller).send(update), {
      name: 'AccessDenied',
      message: new RegExp(`not authorized to perform: iam:UpdateGroup on resource: ${missing} because`),
    })
  }
  const both = await world.createUser('Both', {
    Effect: 'Allow',
    Action: 'iam:UpdateGroup',
    Resource: [source, target],
  })
  await world.iam(both).send(update)
  assert.equal(world.account.groups.find('crew')?.name, 'Crew')
})
