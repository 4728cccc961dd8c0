import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AddUserToGroupCommand, CreateGroupCommand, DeleteGroupCommand, GetGroupCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { NOON, World } from '../../../test/world.ts'

/** A group without anything, and its id. */
async function worldWithGroup(): Promise<{ world: World; id: string }> {
  const world = await World.create()
  const { Group } = await world.iam().send(new CreateGroupCommand({ GroupName: 'Team', Path: '/p/' }))
  return { world, id: Group?.GroupId ?? '' }
}

test('DeleteGroup removes the group, whatever the case of the name, and its name can be given again', async () => {
  const { world, id } = await worldWithGroup()
  await world.iam().send(new DeleteGroupCommand({ GroupName: 'TEAM' }))
  await assert.rejects(world.iam().send(new GetGroupCommand({ GroupName: 'Team' })), { name: 'NoSuchEntityException' })
  const { Group } = await world.iam().send(new CreateGroupCommand({ GroupName: 'Team' }))
  assert.notEqual(Group?.GroupId, id)
})

test('DeleteGroup refuses a group with users or policies, and says what is to be removed first', async () => {
  const { world, id } = await worldWithGroup()
  await world.createUser('Bob')
  await world.iam().send(new AddUserToGroupCommand({ GroupName: 'Team', UserName: 'Bob' }))
  await world.change((account) => {
    account.inlinePolicies.put({ ownerId: id, name: 'p', document: '{}' })
    account.attachments.put({ ownerId: id, policyArn: 'arn:p', attachedAt: NOON.toISOString() })
  })
  const userId = world.account.users.find('bob')?.id
  const conflict = async (message: string): Promise<void> =>
    assert.rejects(world.iam().send(new DeleteGroupCommand({ GroupName: 'Team' })), {
      name: 'DeleteConflictException',
      message,
    })
  await conflict('Cannot delete entity, must remove users from group first.')
  await world.change((account) => account.memberships.delete(`${userId} ${id}`))
  await conflict('Cannot delete entity, must delete policies first.')
  await world.change((account) => account.inlinePolicies.delete(`${id} p`))
  await conflict('Cannot delete entity, must detach all policies first.')
  await world.change((account) => account.attachments.delete(`${id} arn:p`))
  await world.iam().send(new DeleteGroupCommand({ GroupName: 'Team' }))
  assert.equal(world.account.groups.size, 0)
})

test('DeleteGroup refuses a group that does not exist', async () => {
  const world = await World.create()
  await assert.rejects(world.iam().send(new DeleteGroupCommand({ GroupName: 'Nothing' })), {
    name: 'NoSuchEntityException',
    message: 'The group with name Nothing cannot be found.',
  })
})

test('DeleteGroup needs iam:DeleteGroup on the group', async () => {
  const { world } = await worldWithGroup()
  await assertNeeds(world, {
    action: 'iam:DeleteGroup',
    resource: 'arn:aws:iam::123456789012:group/p/Team',
    call: (client) => client.send(new DeleteGroupCommand({ GroupName: 'team' })),
  })
})
