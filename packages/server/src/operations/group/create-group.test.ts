import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreateGroupCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { NOON, World } from '../../../test/world.ts'

test('CreateGroup answers the new group, at path `/` when none is asked for', async () => {
  const world = await World.create()
  const { Group } = await world.iam().send(new CreateGroupCommand({ GroupName: 'Admins' }))
  assert.match(Group?.GroupId ?? '', /^AGPA[A-Z2-7]{17}$/)
  assert.deepEqual(Group, {
    Path: '/',
    GroupName: 'Admins',
    GroupId: Group?.GroupId,
    Arn: 'arn:aws:iam::123456789012:group/Admins',
    CreateDate: NOON,
  })
  const { Group: other } = await world.iam().send(new CreateGroupCommand({ GroupName: 'Team', Path: '/a/b/' }))
  assert.equal(other?.Arn, 'arn:aws:iam::123456789012:group/a/b/Team')
})

test('CreateGroup refuses a name that is taken, in whatever case and at whatever path', async () => {
  const world = await World.create()
  await world.iam().send(new CreateGroupCommand({ GroupName: 'Admins' }))
  await assert.rejects(world.iam().send(new CreateGroupCommand({ GroupName: 'ADMINS', Path: '/other/' })), {
    name: 'EntityAlreadyExistsException',
    message: 'Group with name ADMINS already exists.',
  })
})

test('a group and a user may have the same name', async () => {
  const world = await World.create()
  await world.createUser('Admins')
  await world.iam().send(new CreateGroupCommand({ GroupName: 'Admins' }))
})

test('CreateGroup refuses one group more than the quota allows', async () => {
  const world = await World.create()
  await world.change((account) => account.quotas.put({ name: 'GroupsQuota', value: 1 }))
  await world.iam().send(new CreateGroupCommand({ GroupName: 'One' }))
  await assert.rejects(world.iam().send(new CreateGroupCommand({ GroupName: 'Two' })), {
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for GroupsPerAccount: 1',
  })
  assert.equal(world.account.groups.size, 1)
})

test('CreateGroup needs iam:CreateGroup on the group at the path that is asked for', async () => {
  await assertNeeds(await World.create(), {
    action: 'iam:CreateGroup',
    resource: 'arn:aws:iam::123456789012:group/team/Admins',
    call: (client) => client.send(new CreateGroupCommand({ GroupName: 'Admins', Path: '/team/' })),
  })
})
