import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AttachUserPolicyCommand,
  ListAttachedUserPoliciesCommand,
  type ListAttachedUserPoliciesCommandInput,
} from '@aws-sdk/client-iam'
import { allPages } from '../../../test/all-pages.ts'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy } from '../../../test/managed-policies.ts'
import { World } from '../../../test/world.ts'

const JOB_FUNCTION = 'arn:aws:iam::aws:policy/job-function/SystemAdministrator'

/** Bob has an own policy of the account in /team/ and two of AWS, one of them in /job-function/. */
async function worldWithBob(): Promise<World> {
  const world = await World.create()
  await world.createUser('Bob')
  const own = await createPolicy(world, 'Readers', { Path: '/team/' })
  for (const PolicyArn of [ADMINISTRATOR_ACCESS, JOB_FUNCTION, own]) {
    await world.iam().send(new AttachUserPolicyCommand({ UserName: 'Bob', PolicyArn }))
  }
  return world
}

/** The names of each page. */
async function namesOf(
  world: World,
  input: Omit<ListAttachedUserPoliciesCommandInput, 'UserName'>,
): Promise<(string | undefined)[][]> {
  const pages = await allPages((Marker) =>
    world.iam().send(new ListAttachedUserPoliciesCommand({ UserName: 'Bob', ...input, Marker })),
  )
  return pages.map(({ AttachedPolicies = [] }) => AttachedPolicies.map(({ PolicyName }) => PolicyName))
}

test('ListAttachedUserPolicies answers names and ARNs, and nothing for a user without any', async () => {
  const world = await worldWithBob()
  const { AttachedPolicies, IsTruncated, Marker } = await world
    .iam()
    .send(new ListAttachedUserPoliciesCommand({ UserName: 'bob' }))
  assert.deepEqual(
    { AttachedPolicies, IsTruncated, Marker },
    {
      AttachedPolicies: [
        { PolicyName: 'Readers', PolicyArn: 'arn:aws:iam::123456789012:policy/team/Readers' },
        { PolicyName: 'AdministratorAccess', PolicyArn: ADMINISTRATOR_ACCESS },
        { PolicyName: 'SystemAdministrator', PolicyArn: JOB_FUNCTION },
      ],
      IsTruncated: false,
      Marker: undefined,
    },
  )
  await world.createUser('Carol')
  const carol = await world.iam().send(new ListAttachedUserPoliciesCommand({ UserName: 'Carol' }))
  assert.deepEqual(carol.AttachedPolicies, [])
})

test('ListAttachedUserPolicies answers the policies whose own path starts with the prefix', async () => {
  const world = await worldWithBob()
  assert.deepEqual(await namesOf(world, { PathPrefix: '/job-function/' }), [['SystemAdministrator']])
  assert.deepEqual(await namesOf(world, { PathPrefix: '/team/' }), [['Readers']])
  assert.deepEqual(await namesOf(world, { PathPrefix: '/other/' }), [[]])
})

test('ListAttachedUserPolicies pages through the policies', async () => {
  const world = await worldWithBob()
  assert.deepEqual(await namesOf(world, { MaxItems: 2 }), [['Readers', 'AdministratorAccess'], ['SystemAdministrator']])
})

test('ListAttachedUserPolicies refuses a marker that was given for another user or prefix', async () => {
  const world = await worldWithBob()
  await world.createUser('Carol')
  const { Marker } = await world.iam().send(new ListAttachedUserPoliciesCommand({ UserName: 'Bob', MaxItems: 1 }))
  for (const other of [{ UserName: 'Carol' }, { UserName: 'Bob', PathPrefix: '/team/' }]) {
    await assert.rejects(world.iam().send(new ListAttachedUserPoliciesCommand({ ...other, Marker })), {
      name: 'ValidationError',
      message: 'Marker and Filter do not match',
    })
  }
})

test('ListAttachedUserPolicies refuses a user that does not exist', async () => {
  const world = await World.create()
  await assert.rejects(world.iam().send(new ListAttachedUserPoliciesCommand({ UserName: 'Nobody' })), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('ListAttachedUserPolicies needs iam:ListAttachedUserPolicies on the user', async () => {
  await assertNeeds(await worldWithBob(), {
    action: 'iam:ListAttachedUserPolicies',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new ListAttachedUserPoliciesCommand({ UserName: 'bob' })),
  })
})
