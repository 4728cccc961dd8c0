import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  ListAttachedGroupPoliciesCommand,
  UpdateGroupCommand,
} from '@aws-sdk/client-iam'
import { allPages } from '../../../test/all-pages.ts'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy } from '../../../test/managed-policies.ts'
import { World } from '../../../test/world.ts'

/** The group Admins has AdministratorAccess and an own policy of the account in /team/; the group Readers has none. */
async function worldWithGroups(): Promise<World> {
  const world = await World.create()
  const own = await createPolicy(world, 'Own', { Path: '/team/' })
  for (const GroupName of ['Admins', 'Readers']) await world.iam().send(new CreateGroupCommand({ GroupName }))
  for (const PolicyArn of [ADMINISTRATOR_ACCESS, own]) {
    await world.iam().send(new AttachGroupPolicyCommand({ GroupName: 'Admins', PolicyArn }))
  }
  return world
}

test('ListAttachedGroupPolicies answers names and ARNs, and nothing for a group without any', async () => {
  const world = await worldWithGroups()
  const admins = await world.iam().send(new ListAttachedGroupPoliciesCommand({ GroupName: 'ADMINS' }))
  assert.deepEqual(admins.AttachedPolicies, [
    { PolicyName: 'Own', PolicyArn: 'arn:aws:iam::123456789012:policy/team/Own' },
    { PolicyName: 'AdministratorAccess', PolicyArn: ADMINISTRATOR_ACCESS },
  ])
  assert.equal(admins.IsTruncated, false)
  const readers = await world.iam().send(new ListAttachedGroupPoliciesCommand({ GroupName: 'Readers' }))
  assert.deepEqual(readers.AttachedPolicies, [])
})

test('ListAttachedGroupPolicies pages through the policies of a group that is renamed in between', async () => {
  const world = await worldWithGroups()
  let GroupName = 'Admins'
  const pages = await allPages(async (Marker) => {
    const page = await world.iam().send(new ListAttachedGroupPoliciesCommand({ GroupName, MaxItems: 1, Marker }))
    const NewGroupName = `${GroupName}2`
    await world.iam().send(new UpdateGroupCommand({ GroupName, NewGroupName }))
    GroupName = NewGroupName
    return page
  })
  assert.deepEqual(
    pages.map(({ AttachedPolicies = [] }) => AttachedPolicies.map(({ PolicyName }) => PolicyName)),
    [['Own'], ['AdministratorAccess']],
  )
})

test('ListAttachedGroupPolicies answers the policies whose own path starts with the prefix', async () => {
  const world = await worldWithGroups()
  const command = new ListAttachedGroupPoliciesCommand({ GroupName: 'Admins', PathPrefix: '/team/' })
  const { AttachedPolicies = [] } = await world.iam().send(command)
  assert.deepEqual(
    AttachedPolicies.map(({ PolicyName }) => PolicyName),
    ['Own'],
  )
})

test('ListAttachedGroupPolicies refuses a group that does not exist', async () => {
  const world = await World.create()
  await assert.rejects(world.iam().send(new ListAttachedGroupPoliciesCommand({ GroupName: 'Nobody' })), {
    name: 'NoSuchEntityException',
    message: 'The group with name Nobody cannot be found.',
  })
})

test('ListAttachedGroupPolicies needs iam:ListAttachedGroupPolicies on the group', async () => {
  await assertNeeds(await worldWithGroups(), {
    action: 'iam:ListAttachedGroupPolicies',
    resource: 'arn:aws:iam::123456789012:group/Admins',
    call: (client) => client.send(new ListAttachedGroupPoliciesCommand({ GroupName: 'admins' })),
  })
})
