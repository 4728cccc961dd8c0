import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AttachUserPolicyCommand,
  CreateUserCommand,
  DeleteUserPermissionsBoundaryCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  GetUserCommand,
  type IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy, DOCUMENT } from '../../../test/managed-policies.ts'
import { World } from '../../../test/world.ts'

async function worldWithBoundedUser(): Promise<World> {
  const world = await World.create()
  await world.iam().send(new CreateUserCommand({ UserName: 'Bob', PermissionsBoundary: ADMINISTRATOR_ACCESS }))
  return world
}

async function remove(world: World, UserName: string): Promise<void> {
  await world.iam().send(new DeleteUserPermissionsBoundaryCommand({ UserName }))
}

test('DeleteUserPermissionsBoundary takes the boundary away, whatever the case of the name, and nothing else', async () => {
  const world = await worldWithBoundedUser()
  const { boundaryArn, ...before } = world.account.users.find('bob') ?? {}
  assert.equal(boundaryArn, ADMINISTRATOR_ACCESS)
  await remove(world, 'BOB')
  assert.deepEqual(world.account.users.find('bob'), before)
  const { User } = await world.iam().send(new GetUserCommand({ UserName: 'Bob' }))
  assert.equal(User?.PermissionsBoundary, undefined)
})

test('DeleteUserPermissionsBoundary answers NoSuchEntity without a boundary, and without a user', async () => {
  const world = await worldWithBoundedUser()
  await remove(world, 'Bob')
  await assert.rejects(remove(world, 'Bob'), {
    name: 'NoSuchEntityException',
    message: 'The user with name Bob does not have a permissions boundary.',
  })
  await assert.rejects(remove(world, 'Nobody'), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('DeleteUserPermissionsBoundary needs its action on the user', async () => {
  await assertNeeds(await worldWithBoundedUser(), {
    action: 'iam:DeleteUserPermissionsBoundary',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new DeleteUserPermissionsBoundaryCommand({ UserName: 'bob' })),
  })
})

const CALLS: Readonly<Record<string, (client: IAMClient, UserName: string) => Promise<unknown>>> = {
  PutUserPolicy: (client, UserName) =>
    client.send(new PutUserPolicyCommand({ UserName, PolicyName: 'p', PolicyDocument: DOCUMENT })),
  DeleteUserPolicy: (client, UserName) => client.send(new DeleteUserPolicyCommand({ UserName, PolicyName: 'granted' })),
  AttachUserPolicy: (client, UserName) =>
    client.send(new AttachUserPolicyCommand({ UserName, PolicyArn: ADMINISTRATOR_ACCESS })),
  DetachUserPolicy: (client, UserName) =>
    client.send(new DetachUserPolicyCommand({ UserName, PolicyArn: ADMINISTRATOR_ACCESS })),
  DeleteUserPermissionsBoundary: (client, UserName) =>
    client.send(new DeleteUserPermissionsBoundaryCommand({ UserName })),
}

for (const [operation, call] of Object.entries(CALLS)) {
  test(`${operation} is decided on the boundary that the user has`, async () => {
    const world = await World.create()
    const limit = await createPolicy(world, 'Limit')
    for (const name of ['Limited', 'Otherwise', 'Free']) {
      await world.createUser(name, { Effect: 'Allow', Action: 's3:*', Resource: '*' })
      await world.iam().send(new AttachUserPolicyCommand({ UserName: name, PolicyArn: ADMINISTRATOR_ACCESS }))
    }
    await world.change((account) => {
      for (const [key, boundaryArn] of [
        ['limited', limit],
        ['otherwise', ADMINISTRATOR_ACCESS],
      ] as const) {
        const user = account.users.find(key)
        if (user !== undefined) account.users.put({ ...user, boundaryArn })
      }
    })
    const delegate = await world.createUser('Delegate', {
      Effect: 'Allow',
      Action: `iam:${operation}`,
      Resource: '*',
      Condition: { StringEquals: { 'iam:PermissionsBoundary': limit } },
    })
    await assert.rejects(call(world.iam(delegate), 'Free'), { name: 'AccessDenied' })
    await assert.rejects(call(world.iam(delegate), 'Otherwise'), { name: 'AccessDenied' })
    await call(world.iam(delegate), 'Limited')
  })
}
