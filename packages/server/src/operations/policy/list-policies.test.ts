import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  ListPoliciesCommand,
  type ListPoliciesCommandInput,
  PutUserPermissionsBoundaryCommand,
} from '@aws-sdk/client-iam'
import { allPages } from '../../../test/all-pages.ts'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy } from '../../../test/managed-policies.ts'
import { NOON, World } from '../../../test/world.ts'
import { listAwsManagedPolicies } from '../../catalogue/aws-managed-policies.ts'

const OWN = 'arn:aws:iam::123456789012:policy'

/** The ARNs of every page. */
async function list(world: World, input: ListPoliciesCommandInput): Promise<(string | undefined)[]> {
  const pages = await allPages((Marker) => world.iam().send(new ListPoliciesCommand({ ...input, Marker })))
  return pages.flatMap(({ Policies = [] }) => Policies.map(({ Arn }) => Arn))
}

test("ListPolicies answers the account's policies in order of name, ignoring case, without tags and description", async () => {
  const world = await World.create()
  await createPolicy(world, 'beta', { Description: 'Second.', Tags: [{ Key: 'Team', Value: 'blue' }] })
  await createPolicy(world, 'Gamma', { Path: '/team/' })
  await createPolicy(world, 'Alpha')
  const { Policies = [], IsTruncated } = await world.iam().send(new ListPoliciesCommand({ Scope: 'Local' }))
  assert.equal(IsTruncated, false)
  assert.deepEqual(
    Policies.map(({ Arn }) => Arn),
    [`${OWN}/Alpha`, `${OWN}/beta`, `${OWN}/team/Gamma`],
  )
  assert.deepEqual(Policies[1], {
    PolicyName: 'beta',
    PolicyId: world.account.policies.find('beta')?.id,
    Arn: `${OWN}/beta`,
    Path: '/',
    DefaultVersionId: 'v1',
    AttachmentCount: 0,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: NOON,
    UpdateDate: NOON,
  })
})

test('ListPolicies answers every policy once, of the account and of AWS, however long the pages are', async () => {
  const world = await World.create()
  const own: string[] = []
  for (let index = 0; index < 7; index += 1) own.push(await createPolicy(world, `policy-${index}`))
  const aws = listAwsManagedPolicies().map(({ arn }) => arn)
  assert.deepEqual(await list(world, { MaxItems: 100 }), [...own, ...aws])
  assert.deepEqual(await list(world, { MaxItems: 999, Scope: 'All' }), [...own, ...aws])
  assert.deepEqual(await list(world, { MaxItems: 333, Scope: 'AWS' }), aws)
  assert.deepEqual(await list(world, { MaxItems: 2, Scope: 'Local' }), own)
})

test('ListPolicies answers the policies whose path starts with the prefix', async () => {
  const world = await World.create()
  const own = await createPolicy(world, 'Own', { Path: '/job-function/team/' })
  await createPolicy(world, 'Other')
  const aws = listAwsManagedPolicies().filter(({ path }) => path === '/job-function/')
  assert(aws.length > 1)
  assert.deepEqual(await list(world, { PathPrefix: '/job-function/', MaxItems: 3 }), [
    own,
    ...aws.map(({ arn }) => arn),
  ])
  assert.deepEqual(await list(world, { PathPrefix: '/job-function/team/' }), [own])
})

test('ListPolicies answers what is attached, and applies the usage filter to that alone', async () => {
  const world = await World.create()
  const own = await createPolicy(world, 'Own')
  const idle = await createPolicy(world, 'Idle')
  await world.createUser('Bob')
  await world.iam().send(new CreateGroupCommand({ GroupName: 'Admins' }))
  await world.iam().send(new AttachUserPolicyCommand({ UserName: 'Bob', PolicyArn: own }))
  await world.iam().send(new AttachGroupPolicyCommand({ GroupName: 'Admins', PolicyArn: own }))
  await world.iam().send(new AttachGroupPolicyCommand({ GroupName: 'Admins', PolicyArn: ADMINISTRATOR_ACCESS }))
  const attached = { OnlyAttached: true }
  assert.deepEqual(await list(world, attached), [own, ADMINISTRATOR_ACCESS])
  assert.deepEqual(await list(world, { ...attached, MaxItems: 1 }), [own, ADMINISTRATOR_ACCESS])
  assert.deepEqual(await list(world, { ...attached, Scope: 'AWS' }), [ADMINISTRATOR_ACCESS])
  assert.deepEqual(await list(world, { ...attached, PolicyUsageFilter: 'PermissionsPolicy', Scope: 'Local' }), [own])
  const boundary = { ...attached, PolicyUsageFilter: 'PermissionsBoundary' } as const
  assert.deepEqual(await list(world, boundary), [])
  await world.iam().send(new PutUserPermissionsBoundaryCommand({ UserName: 'Bob', PermissionsBoundary: idle }))
  assert.deepEqual(await list(world, boundary), [idle])
  assert.deepEqual(await list(world, { ...attached, Scope: 'Local' }), [idle, own])
  assert.deepEqual(await list(world, { ...attached, PolicyUsageFilter: 'PermissionsPolicy', Scope: 'Local' }), [own])
  assert.deepEqual(await list(world, { PolicyUsageFilter: 'PermissionsBoundary', Scope: 'Local' }), [idle, own])
  assert.deepEqual(await list(world, { OnlyAttached: false, Scope: 'Local' }), [idle, own])
  const { Policies = [] } = await world.iam().send(new ListPoliciesCommand(attached))
  assert.deepEqual(
    Policies.map(({ AttachmentCount }) => AttachmentCount),
    [0, 2, 1],
  )
})

test('ListPolicies refuses a marker that was given for another filter', async () => {
  const world = await World.create()
  const { Marker } = await world.iam().send(new ListPoliciesCommand({ MaxItems: 1 }))
  for (const other of [{ Scope: 'AWS' }, { PathPrefix: '/team/' }, { OnlyAttached: true }] as const) {
    await assert.rejects(world.iam().send(new ListPoliciesCommand({ ...other, Marker })), {
      name: 'ValidationError',
      message: 'Marker and Filter do not match',
    })
  }
})

test('ListPolicies needs iam:ListPolicies on the path that is asked for', async () => {
  await assertNeeds(await World.create(), {
    action: 'iam:ListPolicies',
    resource: `${OWN}/`,
    call: (client) => client.send(new ListPoliciesCommand({})),
  })
  await assertNeeds(await World.create(), {
    action: 'iam:ListPolicies',
    resource: `${OWN}/team/`,
    call: (client) => client.send(new ListPoliciesCommand({ PathPrefix: '/team/' })),
  })
})
