import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreatePolicyVersionCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeleteUserCommand,
  DeleteUserPermissionsBoundaryCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountSummaryCommand,
  GetPolicyCommand,
  GetUserCommand,
  ListUsersCommand,
  PutUserPermissionsBoundaryCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { badBoundaries, SERVICE_LINKED_POLICY } from '../../../test/bad-boundaries.ts'
import { ADMINISTRATOR_ACCESS, createPolicy, managedDocument } from '../../../test/managed-policies.ts'
import { World } from '../../../test/world.ts'

async function put(world: World, UserName: string, PermissionsBoundary: string): Promise<void> {
  await world.iam().send(new PutUserPermissionsBoundaryCommand({ UserName, PermissionsBoundary }))
}

async function boundaryOf(world: World, UserName: string): Promise<unknown> {
  return (await world.iam().send(new GetUserCommand({ UserName }))).User?.PermissionsBoundary
}

function view(PermissionsBoundaryArn: string): unknown {
  return { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn }
}

test('PutUserPermissionsBoundary sets the boundary of a user, whatever the case, and replaces it', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  const limit = await createPolicy(world, 'Limit', { Path: '/team/' })
  assert.equal(await boundaryOf(world, 'Bob'), undefined)
  await put(world, 'bob', limit)
  assert.deepEqual(await boundaryOf(world, 'Bob'), view(limit))
  await put(world, 'Bob', ADMINISTRATOR_ACCESS)
  assert.deepEqual(await boundaryOf(world, 'Bob'), view(ADMINISTRATOR_ACCESS))
})

test('PutUserPermissionsBoundary refuses what cannot be a boundary, and a user who is not there', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  for (const { PermissionsBoundary, name, message } of badBoundaries(world.accountId)) {
    await assert.rejects(put(world, 'Bob', PermissionsBoundary), { name, message })
  }
  await assert.rejects(put(world, 'Bob', SERVICE_LINKED_POLICY), { name: 'PolicyNotAttachableException' })
  assert.equal(await boundaryOf(world, 'Bob'), undefined)
  await assert.rejects(put(world, 'Nobody', ADMINISTRATOR_ACCESS), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('a permissions boundary is in the details of the account, and not in lists', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await put(world, 'Bob', ADMINISTRATOR_ACCESS)
  const details = await world.iam().send(new GetAccountAuthorizationDetailsCommand({}))
  assert.deepEqual(details.UserDetailList?.[0]?.PermissionsBoundary, view(ADMINISTRATOR_ACCESS))
  assert.deepEqual(
    details.Policies?.map(({ Arn, AttachmentCount, PermissionsBoundaryUsageCount }) => [
      Arn,
      AttachmentCount,
      PermissionsBoundaryUsageCount,
    ]),
    [[ADMINISTRATOR_ACCESS, 0, 1]],
  )
  const { Users } = await world.iam().send(new ListUsersCommand({}))
  assert.equal(Users?.[0]?.PermissionsBoundary, undefined)
})

test('a policy counts its users as a boundary, and is one of the policies in use', async () => {
  const world = await World.create()
  const limit = await createPolicy(world, 'Limit')
  for (const UserName of ['Ann', 'Bob']) {
    await world.iam().send(new CreateUserCommand({ UserName, PermissionsBoundary: limit }))
  }
  const { Policy } = await world.iam().send(new GetPolicyCommand({ PolicyArn: limit }))
  assert.deepEqual([Policy?.AttachmentCount, Policy?.PermissionsBoundaryUsageCount], [0, 2])
  await put(world, 'Ann', ADMINISTRATOR_ACCESS)
  const { SummaryMap } = await world.iam().send(new GetAccountSummaryCommand({}))
  assert.equal(SummaryMap?.PolicyVersionsInUse, 2)
})

test('a policy that is a boundary cannot be deleted; the user can be, and then the policy', async () => {
  const world = await World.create()
  const limit = await createPolicy(world, 'Limit')
  await world.iam().send(new CreateUserCommand({ UserName: 'Bob', PermissionsBoundary: limit }))
  const remove = (): Promise<unknown> => world.iam().send(new DeletePolicyCommand({ PolicyArn: limit }))
  const conflict = { name: 'DeleteConflictException', message: 'Cannot delete a policy attached to entities.' }
  await assert.rejects(remove(), conflict)
  await world.iam().send(new UpdateUserCommand({ UserName: 'Bob', NewUserName: 'Rob', NewPath: '/x/' }))
  assert.deepEqual(await boundaryOf(world, 'Rob'), view(limit))
  await assert.rejects(remove(), conflict)
  await world.iam().send(new DeleteUserCommand({ UserName: 'Rob' }))
  await remove()
})

test('PutUserPermissionsBoundary needs its action on the user', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await assertNeeds(world, {
    action: 'iam:PutUserPermissionsBoundary',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) =>
      client.send(
        new PutUserPermissionsBoundaryCommand({ UserName: 'BOB', PermissionsBoundary: ADMINISTRATOR_ACCESS }),
      ),
  })
})

test('PutUserPermissionsBoundary is decided on the boundary that is to be, not on the one that is', async () => {
  const world = await World.create()
  const limit = await createPolicy(world, 'Limit')
  await world.createUser('Bob')
  const delegate = await world.createUser('Delegate', {
    Effect: 'Allow',
    Action: 'iam:PutUserPermissionsBoundary',
    Resource: '*',
    Condition: { StringEquals: { 'iam:PermissionsBoundary': limit } },
  })
  const set = (PermissionsBoundary: string): Promise<unknown> =>
    world.iam(delegate).send(new PutUserPermissionsBoundaryCommand({ UserName: 'Bob', PermissionsBoundary }))
  await set(limit)
  await assert.rejects(set(ADMINISTRATOR_ACCESS), { name: 'AccessDenied' })
})

test('what the boundary does not allow is denied from then on, with the sentence that says so, until it is taken away', async () => {
  const world = await World.create()
  const bob = await world.createUser('Bob', { Effect: 'Allow', Action: '*', Resource: '*' })
  const getUser = (): Promise<unknown> => world.iam(bob).send(new GetUserCommand({}))
  await getUser()
  await put(world, 'Bob', await createPolicy(world, 'Limit', { PolicyDocument: managedDocument('iam:ListUsers') }))
  const who = 'User: arn:aws:iam::123456789012:user/Bob is not authorized to perform: iam:GetUser on resource: '
  const why = 'because no permissions boundary allows the iam:GetUser action'
  await assert.rejects(getUser(), {
    name: 'AccessDenied',
    message: `${who}arn:aws:iam::123456789012:user/Bob ${why}`,
  })
  await world.iam(bob).send(new ListUsersCommand({}))
  await world.iam().send(new DeleteUserPermissionsBoundaryCommand({ UserName: 'Bob' }))
  await getUser()
})

test('whoever is limited cannot lift the limit, nor make a user who is less limited', async () => {
  const world = await World.create()
  const limit = await createPolicy(world, 'Limit')
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'iam:*', Resource: '*' },
      {
        Effect: 'Deny',
        Action: ['iam:CreateUser', 'iam:PutUserPermissionsBoundary'],
        Resource: '*',
        Condition: { StringNotEquals: { 'iam:PermissionsBoundary': limit } },
      },
      { Effect: 'Deny', Action: ['iam:DeleteUserPermissionsBoundary', 'iam:CreatePolicyVersion'], Resource: '*' },
    ],
  })
  const bob = await world.createUser('Bob', { Effect: 'Allow', Action: '*', Resource: '*' })
  await world.iam().send(new CreatePolicyVersionCommand({ PolicyArn: limit, PolicyDocument, SetAsDefault: true }))
  await put(world, 'Bob', limit)
  const client = world.iam(bob)
  const denied = { name: 'AccessDenied', message: /with an explicit deny in a permissions boundary/ }
  for (const call of [
    () => client.send(new DeleteUserPermissionsBoundaryCommand({ UserName: 'Bob' })),
    () =>
      client.send(
        new PutUserPermissionsBoundaryCommand({ UserName: 'Bob', PermissionsBoundary: ADMINISTRATOR_ACCESS }),
      ),
    () => client.send(new CreateUserCommand({ UserName: 'Free' })),
    () => client.send(new CreateUserCommand({ UserName: 'Free', PermissionsBoundary: ADMINISTRATOR_ACCESS })),
    () => client.send(new CreatePolicyVersionCommand({ PolicyArn: limit, PolicyDocument: managedDocument('*') })),
  ]) {
    await assert.rejects(call(), denied)
  }
  await client.send(new CreateUserCommand({ UserName: 'Limited', PermissionsBoundary: limit }))
})

test('P-05: a policy that is made a boundary and deleted at the same time is either one or gone', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  const client = world.iam()
  for (let round = 0; round < 20; round += 1) {
    const PolicyArn = await createPolicy(world, `policy-${round}`)
    const calls: (() => Promise<unknown>)[] = [
      () => client.send(new PutUserPermissionsBoundaryCommand({ UserName: 'Bob', PermissionsBoundary: PolicyArn })),
      () => client.send(new DeletePolicyCommand({ PolicyArn })),
    ]
    const ordered = round % 2 === 0 ? calls : calls.toReversed()
    const results = await Promise.allSettled(ordered.map((call) => call()))
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
    const isThere = world.account.policies.find(`policy-${round}`) !== undefined
    assert.equal(world.account.users.find('bob')?.boundaryArn === PolicyArn, isThere)
  }
})
