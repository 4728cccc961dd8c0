import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ListServiceSpecificCredentialsCommand,
  type ListServiceSpecificCredentialsCommandInput,
  type ServiceSpecificCredentialMetadata,
} from '@aws-sdk/client-iam'
import { allPages } from '../../../../test/all-pages.ts'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { createServiceCredential } from '../../../../test/credentials/service-credentials.ts'
import { NOON, World } from '../../../../test/world.ts'

const CODE_COMMIT = 'codecommit.amazonaws.com'
const BEDROCK = 'bedrock.amazonaws.com'
const LATER = new Date('2026-11-22T13:00:00Z')

async function create(world: World, UserName: string, ServiceName: string): Promise<string> {
  return (await createServiceCredential(world, UserName, { ServiceName })).ServiceSpecificCredentialId
}

/** Bob has a password for Git and, since later, a key that lives a day; Carol has a password for Git. */
async function worldWithCredentials(): Promise<{ world: World; ids: readonly string[] }> {
  const world = await World.create()
  await world.createUser('Bob')
  await world.createUser('Carol')
  const first = await create(world, 'Bob', CODE_COMMIT)
  world.now = LATER
  const key = await createServiceCredential(world, 'Bob', { ServiceName: BEDROCK, CredentialAgeDays: 1 })
  return { world, ids: [first, key.ServiceSpecificCredentialId, await create(world, 'Carol', CODE_COMMIT)] }
}

async function list(
  world: World,
  input: ListServiceSpecificCredentialsCommandInput,
): Promise<ServiceSpecificCredentialMetadata[] | undefined> {
  return (await world.iam().send(new ListServiceSpecificCredentialsCommand(input))).ServiceSpecificCredentials
}

test("ListServiceSpecificCredentials answers a user's credentials from the oldest, without secrets", async () => {
  const { world, ids } = await worldWithCredentials()
  const answer = await world.iam().send(new ListServiceSpecificCredentialsCommand({ UserName: 'BOB' }))
  assert.deepEqual(answer.ServiceSpecificCredentials, [
    {
      UserName: 'Bob',
      Status: 'Active',
      ServiceUserName: 'Bob-at-123456789012',
      CreateDate: NOON,
      ServiceSpecificCredentialId: ids[0],
      ServiceName: CODE_COMMIT,
    },
    {
      UserName: 'Bob',
      Status: 'Active',
      ServiceCredentialAlias: 'Bob-at-123456789012',
      CreateDate: LATER,
      ExpirationDate: new Date(LATER.getTime() + 86_400_000),
      ServiceSpecificCredentialId: ids[1],
      ServiceName: BEDROCK,
    },
  ])
  assert.deepEqual([answer.IsTruncated, answer.Marker], [false, undefined])
})

test('ListServiceSpecificCredentials says of a credential whose time has come that it is expired', async () => {
  const { world } = await worldWithCredentials()
  const statuses = async (): Promise<unknown> => (await list(world, { UserName: 'Bob' }))?.map(({ Status }) => Status)
  world.now = new Date(LATER.getTime() + 86_399_999)
  assert.deepEqual(await statuses(), ['Active', 'Active'])
  world.now = new Date(LATER.getTime() + 86_400_000)
  assert.deepEqual(await statuses(), ['Active', 'Expired'])
})

test('ListServiceSpecificCredentials answers those of one service, of the caller, or of every user', async () => {
  const { world, ids } = await worldWithCredentials()
  const idsOf = async (input: ListServiceSpecificCredentialsCommandInput): Promise<unknown> =>
    (await list(world, input))?.map(({ UserName, ServiceSpecificCredentialId: id }) => `${UserName} ${id}`).toSorted()
  assert.deepEqual(await idsOf({ UserName: 'Bob', ServiceName: BEDROCK }), [`Bob ${ids[1]}`])
  assert.deepEqual(await idsOf({ UserName: 'Carol', ServiceName: BEDROCK }), [])
  const all = [`Bob ${ids[0]}`, `Bob ${ids[1]}`, `Carol ${ids[2]}`].toSorted()
  assert.deepEqual(await idsOf({ AllUsers: true }), all)
  const git = [`Bob ${ids[0]}`, `Carol ${ids[2]}`]
  assert.deepEqual(await idsOf({ AllUsers: true, ServiceName: CODE_COMMIT }), git)
  const action = 'iam:ListServiceSpecificCredentials'
  const dora = await world.createUser('Dora', { Effect: 'Allow', Action: action, Resource: '*' })
  const id = await create(world, 'Dora', CODE_COMMIT)
  const own = await world.iam(dora).send(new ListServiceSpecificCredentialsCommand({}))
  assert.deepEqual(
    own.ServiceSpecificCredentials?.map(({ ServiceSpecificCredentialId }) => ServiceSpecificCredentialId),
    [id],
  )
})

test('ListServiceSpecificCredentials pages through all, and a marker is good for the same listing only', async () => {
  const { world } = await worldWithCredentials()
  for (const name of ['Bob', 'Carol']) await create(world, name, 'logs.amazonaws.com')
  const whole = await list(world, { AllUsers: true })
  const pages = await allPages((Marker) =>
    world.iam().send(new ListServiceSpecificCredentialsCommand({ AllUsers: true, MaxItems: 2, Marker })),
  )
  assert.deepEqual(
    pages.flatMap(({ ServiceSpecificCredentials = [] }) => ServiceSpecificCredentials),
    whole,
  )
  assert.equal(pages.length, 3)
  const own = await allPages((Marker) =>
    world.iam().send(new ListServiceSpecificCredentialsCommand({ UserName: 'Bob', MaxItems: 1, Marker })),
  )
  assert.equal(own.length, 3)
  const { Marker } = own[0] ?? {}
  for (const input of [{ UserName: 'Carol' }, { AllUsers: true }, { UserName: 'Bob', ServiceName: CODE_COMMIT }]) {
    await assert.rejects(list(world, { ...input, Marker }), {
      name: 'ValidationError',
      message: 'Marker and Filter do not match',
    })
  }
})

test('ListServiceSpecificCredentials refuses an unknown user or service, all users with a name, and root without a name', async () => {
  const { world } = await worldWithCredentials()
  await assert.rejects(list(world, { UserName: 'Nobody' }), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
  await assert.rejects(list(world, { UserName: 'Bob', ServiceName: 's3.amazonaws.com' }), {
    name: 'NoSuchEntityException',
    message: 'No such service s3.amazonaws.com is supported for Service Specific Credentials',
  })
  await assert.rejects(list(world, { UserName: 'Bob', AllUsers: true }), {
    name: 'ValidationError',
    message: 'AllUsers cannot be specified together with UserName.',
  })
  await assert.rejects(list(world, {}), {
    name: 'ValidationError',
    message: 'Must specify userName when calling with non-User credentials',
  })
})

test('ListServiceSpecificCredentials needs iam:ListServiceSpecificCredentials on the user', async () => {
  const { world } = await worldWithCredentials()
  await assertNeeds(world, {
    action: 'iam:ListServiceSpecificCredentials',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new ListServiceSpecificCredentialsCommand({ UserName: 'bob' })),
  })
})

test('ListServiceSpecificCredentials of every user is not allowed to who may list those of one', async () => {
  const { world } = await worldWithCredentials()
  await assertNeeds(world, {
    action: 'iam:ListServiceSpecificCredentials',
    resource: 'arn:aws:iam::123456789012:user/',
    call: (client) => client.send(new ListServiceSpecificCredentialsCommand({ AllUsers: true })),
  })
  const action = 'iam:ListServiceSpecificCredentials'
  const one = await world.createUser('One', { Effect: 'Allow', Action: action, Resource: 'arn:aws:iam::*:user/Bob' })
  await assert.rejects(world.iam(one).send(new ListServiceSpecificCredentialsCommand({ AllUsers: true })), {
    name: 'AccessDenied',
  })
})
