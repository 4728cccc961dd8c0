import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateServiceSpecificCredentialCommand,
  type CreateServiceSpecificCredentialCommandInput,
  DeleteServiceSpecificCredentialCommand,
  ListServiceSpecificCredentialsCommand,
  type ServiceSpecificCredential,
  UpdateUserCommand,
} from '@aws-sdk/client-iam'
import fc from 'fast-check'
import { serviceCredentialPlace } from '../../../account/credential/service-credential-place.ts'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { NOON, userIdOf, World } from '../../../../test/world.ts'

const CODE_COMMIT = 'codecommit.amazonaws.com'
const BEDROCK = 'bedrock.amazonaws.com'

async function worldWithBob(): Promise<World> {
  const world = await World.create()
  await world.createUser('Bob')
  return world
}

async function create(
  world: World,
  input: Partial<CreateServiceSpecificCredentialCommandInput> = {},
): Promise<ServiceSpecificCredential> {
  const command = new CreateServiceSpecificCredentialCommand({ UserName: 'Bob', ServiceName: CODE_COMMIT, ...input })
  const { ServiceSpecificCredential: credential } = await world.iam().send(command)
  return credential ?? assert.fail('no credential')
}

for (const ServiceName of [CODE_COMMIT, 'cassandra.amazonaws.com']) {
  test(`CreateServiceSpecificCredential answers a user name and a password of 60 characters for ${ServiceName}`, async () => {
    const credential = await create(await worldWithBob(), { UserName: 'bOB', ServiceName })
    assert.match(credential.ServiceSpecificCredentialId ?? '', /^ACCA[A-Z2-7]{17}$/)
    assert.match(credential.ServicePassword ?? '', /^[A-Za-z0-9+/]{59}=$/)
    assert.deepEqual(credential, {
      UserName: 'Bob',
      ServiceName,
      ServiceUserName: 'Bob-at-123456789012',
      ServicePassword: credential.ServicePassword,
      ServiceSpecificCredentialId: credential.ServiceSpecificCredentialId,
      Status: 'Active',
      CreateDate: NOON,
    })
  })
}

for (const [ServiceName, prefix] of [
  [BEDROCK, 'ABSK'],
  ['logs.amazonaws.com', 'ACWL'],
] as const) {
  test(`CreateServiceSpecificCredential answers an API key for ${ServiceName}, which holds its alias and may expire`, async () => {
    const credential = await create(await worldWithBob(), { ServiceName, CredentialAgeDays: 30 })
    const key = credential.ServiceCredentialSecret ?? ''
    assert(key.startsWith(prefix))
    const inside = Buffer.from(key.slice(prefix.length), 'base64').toString('latin1')
    assert.match(inside, /^Bob-at-123456789012:[A-Za-z0-9+/]{59}=$/)
    assert.deepEqual(credential, {
      UserName: 'Bob',
      ServiceName,
      ServiceCredentialAlias: 'Bob-at-123456789012',
      ServiceCredentialSecret: key,
      ServiceSpecificCredentialId: credential.ServiceSpecificCredentialId,
      Status: 'Active',
      CreateDate: NOON,
      ExpirationDate: new Date('2026-12-22T12:00:00Z'),
    })
  })
}

test('P8: the secret is stored only sealed, for this credential alone, and no other answer has it', async () => {
  const world = await worldWithBob()
  const { ServiceSpecificCredentialId: id = '', ServicePassword: password = '' } = await create(world)
  const sealed = world.account.serviceCredentials.find(id)?.sealedSecret ?? ''
  assert.equal(world.vault.open(serviceCredentialPlace(world.accountId, id), sealed), password)
  assert.throws(() => world.vault.open(serviceCredentialPlace(world.accountId, 'ACCAOTHER'), sealed), /cannot open/)
  const listed = await world.iam().send(new ListServiceSpecificCredentialsCommand({ UserName: 'Bob' }))
  assert(!JSON.stringify(listed).includes(password))
})

test('CreateServiceSpecificCredential refuses a third credential of a service, and not one of another service', async () => {
  const world = await worldWithBob()
  const { ServiceSpecificCredentialId } = await create(world)
  await create(world)
  await assert.rejects(create(world), {
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for ServiceSpecificCredentialsPerUser: 2',
  })
  await create(world, { ServiceName: BEDROCK })
  await world.iam().send(new DeleteServiceSpecificCredentialCommand({ UserName: 'Bob', ServiceSpecificCredentialId }))
  await create(world)
  await world.change((account) => account.quotas.put({ name: 'ServiceSpecificCredentialsPerUserQuota', value: 3 }))
  await create(world)
})

test('no two credentials of a service have the same user name, whatever users are called and renamed to', async () => {
  const names = fc.constantFrom('Bob', 'bob', 'Bob+1', 'Bob+1+1')
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(names, names), { minLength: 2, maxLength: 6 }), async (renames) => {
      const world = await World.create()
      const aliases: string[] = []
      for (const [at, [name, newName]] of renames.entries()) {
        const id = `AIDA${at}`
        const createdAt = NOON.toISOString()
        await world.change((account) => {
          for (const { name: old } of account.users.scan()) account.users.delete(old.toLowerCase())
          account.users.put({ id, name, path: '/', createdAt, tags: [] })
        })
        aliases.push((await create(world, { UserName: name })).ServiceUserName ?? '')
        if (newName.toLowerCase() !== name.toLowerCase()) {
          await world.iam().send(new UpdateUserCommand({ UserName: name, NewUserName: newName }))
          aliases.push((await create(world, { UserName: newName })).ServiceUserName ?? '')
        }
      }
      assert.equal(new Set(aliases.map((alias) => alias.toLowerCase())).size, aliases.length, aliases.join())
      assert(aliases.every((alias) => /^Bob(\+1)*(\+\d+)?-at-123456789012$/i.test(alias)))
    }),
    { seed: 1, numRuns: 20 },
  )
})

test('a second credential of a service has +1 in its user name, and keeps it when the user is renamed', async () => {
  const world = await worldWithBob()
  await create(world)
  assert.equal((await create(world)).ServiceUserName, 'Bob+1-at-123456789012')
  assert.equal((await create(world, { ServiceName: BEDROCK })).ServiceCredentialAlias, 'Bob-at-123456789012')
  await world.iam().send(new UpdateUserCommand({ UserName: 'Bob', NewUserName: 'Carol' }))
  const list = new ListServiceSpecificCredentialsCommand({ UserName: 'Carol', ServiceName: CODE_COMMIT })
  const { ServiceSpecificCredentials = [] } = await world.iam().send(list)
  assert.deepEqual(
    new Set(ServiceSpecificCredentials.map(({ UserName, ServiceUserName }) => `${UserName}: ${ServiceUserName}`)),
    new Set(['Carol: Bob-at-123456789012', 'Carol: Bob+1-at-123456789012']),
  )
})

test('CreateServiceSpecificCredential refuses a user that is not there, then a service that has no such credentials', async () => {
  const world = await worldWithBob()
  await assert.rejects(create(world, { UserName: 'Nobody', ServiceName: 'lambda.amazonaws.com' }), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
  for (const ServiceName of ['lambda.amazonaws.com', 'nonsense', 'CODECOMMIT.amazonaws.com']) {
    await assert.rejects(create(world, { ServiceName }), {
      name: 'NoSuchEntityException',
      message: `No such service ${ServiceName} is supported for Service Specific Credentials`,
    })
  }
  assert.equal(world.account.serviceCredentials.size, 0)
})

test('CreateServiceSpecificCredential lets only API keys expire', async () => {
  const world = await worldWithBob()
  await assert.rejects(create(world, { CredentialAgeDays: 30 }), {
    name: 'ValidationError',
    message: 'CredentialAgeDays is not supported for service codecommit.amazonaws.com.',
  })
})

test('CreateServiceSpecificCredential needs iam:CreateServiceSpecificCredential on the user', async () => {
  await assertNeeds(await worldWithBob(), {
    action: 'iam:CreateServiceSpecificCredential',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) =>
      client.send(new CreateServiceSpecificCredentialCommand({ UserName: 'bob', ServiceName: CODE_COMMIT })),
  })
})

test('CreateServiceSpecificCredential is decided on the service and on how long the credential may live', async () => {
  const world = await worldWithBob()
  const maker = await world.createUser('Maker', {
    Effect: 'Allow',
    Action: 'iam:CreateServiceSpecificCredential',
    Resource: '*',
    Condition: {
      StringEquals: { 'iam:ServiceSpecificCredentialServiceName': BEDROCK },
      NumericLessThanEquals: { 'iam:ServiceSpecificCredentialAgeDays': '90' },
    },
  })
  const send = (ServiceName: string, CredentialAgeDays?: number): Promise<unknown> =>
    world
      .iam(maker)
      .send(new CreateServiceSpecificCredentialCommand({ UserName: 'Bob', ServiceName, CredentialAgeDays }))
  await assert.rejects(send('logs.amazonaws.com', 30), { name: 'AccessDenied' })
  await assert.rejects(send(BEDROCK, 91), { name: 'AccessDenied' })
  await assert.rejects(send(BEDROCK), { name: 'AccessDenied' }, 'one that never expires has no such key')
  await send(BEDROCK, 90)
  assert.deepEqual(
    [...world.account.serviceCredentials.scan()].map(({ ownerId }) => ownerId),
    [userIdOf('Bob')],
  )
})
