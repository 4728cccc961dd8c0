import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  GetUserCommand,
  PutGroupPolicyCommand,
  RemoveUserFromGroupCommand,
} from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { type Credentials, World } from '../../../test/world.ts'

/** Bob may read users because he is in `Team`. */
async function worldWithMember(): Promise<{ world: World; bob: Credentials }> {
  const world = await World.create()
  const bob = await world.createUser('Bob')
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' },
  })
  for (const GroupName of ['Team', 'Other']) {
    await world.iam().send(new CreateGroupCommand({ GroupName }))
    await world.iam().send(new AddUserToGroupCommand({ GroupName, UserName: 'Bob' }))
  }
  await world.iam().send(new PutGroupPolicyCommand({ GroupName: 'Team', PolicyName: 'read', PolicyDocument }))
  return { world, bob }
}

test('RemoveUserFromGroup takes the user out of that group alone, and what the group may with it', async () => {
  const { world, bob } = await worldWithMember()
  await world.iam(bob).send(new GetUserCommand({}))
  await world.iam().send(new RemoveUserFromGroupCommand({ GroupName: 'TEAM', UserName: 'BOB' }))
  await assert.rejects(world.iam(bob).send(new GetUserCommand({})), { name: 'AccessDenied' })
  assert.deepEqual(
    [...world.account.memberships.scan()].map(({ groupId }) => groupId),
    [world.account.groups.find('other')?.id],
  )
})

test('RemoveUserFromGroup of a user who is not in the group is no error', async () => {
  const { world } = await worldWithMember()
  const remove = new RemoveUserFromGroupCommand({ GroupName: 'Team', UserName: 'Bob' })
  await world.iam().send(remove)
  await world.iam().send(remove)
  assert.equal(world.account.memberships.size, 1)
})

test('RemoveUserFromGroup refuses a group or a user that does not exist', async () => {
  const { world } = await worldWithMember()
  await assert.rejects(world.iam().send(new RemoveUserFromGroupCommand({ GroupName: 'Nothing', UserName: 'Bob' })), {
    name: 'NoSuchEntityException',
    message: 'The group with name Nothing cannot be found.',
  })
  await assert.rejects(world.iam().send(new RemoveUserFromGroupCommand({ GroupName: 'Team', UserName: 'Nobody' })), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('RemoveUserFromGroup answers about the user where neither the user nor the group exists', async () => {
  const { world } = await worldWithMember()
  const remove = new RemoveUserFromGroupCommand({ GroupName: 'Nothing', UserName: 'Nobody' })
  await assert.rejects(world.iam().send(remove), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('RemoveUserFromGroup needs iam:RemoveUserFromGroup on the group', async () => {
  const { world } = await worldWithMember()
  await assertNeeds(world, {
    action: 'iam:RemoveUserFromGroup',
    resource: 'arn:aws:iam::123456789012:group/Team',
    call: (client) => client.send(new RemoveUserFromGroupCommand({ GroupName: 'team', UserName: 'Bob' })),
  })
})
