import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ResetServiceSpecificCredentialCommand, type ServiceSpecificCredential } from '@aws-sdk/client-iam'
import { serviceCredentialPlace } from '../../../account/credential/service-credential-place.ts'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { createServiceCredential } from '../../../../test/credentials/service-credentials.ts'
import { NOON, World } from '../../../../test/world.ts'

const BEDROCK = { ServiceName: 'bedrock.amazonaws.com', CredentialAgeDays: 1 }

async function worldWithBob(): Promise<World> {
  const world = await World.create()
  await world.createUser('Bob')
  return world
}

async function reset(
  world: World,
  ServiceSpecificCredentialId: string,
  UserName?: string,
): Promise<ServiceSpecificCredential | undefined> {
  const command = new ResetServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId })
  return (await world.iam().send(command)).ServiceSpecificCredential
}

test('ResetServiceSpecificCredential answers the credential with another password, and the former one is destroyed', async () => {
  const world = await worldWithBob()
  const before = await createServiceCredential(world, 'Bob')
  const id = before.ServiceSpecificCredentialId
  world.now = new Date('2026-11-22T13:00:00Z')
  const after = await reset(world, id, 'bOB')
  assert.match(after?.ServicePassword ?? '', /^[A-Za-z0-9+/]{59}=$/)
  assert.notEqual(after?.ServicePassword, before.ServicePassword)
  assert.deepEqual(after, { ...before, ServicePassword: after?.ServicePassword })
  const sealed = world.account.serviceCredentials.find(id)?.sealedSecret ?? ''
  assert.equal(world.vault.open(serviceCredentialPlace(world.accountId, id), sealed), after?.ServicePassword)
})

test('ResetServiceSpecificCredential makes another API key of the same alias, which expires when the former one would have', async () => {
  const world = await worldWithBob()
  const before = await createServiceCredential(world, 'Bob', BEDROCK)
  world.now = new Date(NOON.getTime() + 86_399_999)
  const after = await reset(world, before.ServiceSpecificCredentialId, 'Bob')
  assert.match(after?.ServiceCredentialSecret ?? '', /^ABSK/)
  assert.notEqual(after?.ServiceCredentialSecret, before.ServiceCredentialSecret)
  assert.deepEqual(after, { ...before, ServiceCredentialSecret: after?.ServiceCredentialSecret })
})

test('ResetServiceSpecificCredential refuses a credential that has expired', async () => {
  const world = await worldWithBob()
  const { ServiceSpecificCredentialId: id } = await createServiceCredential(world, 'Bob', BEDROCK)
  world.now = new Date(NOON.getTime() + 86_400_000)
  await assert.rejects(reset(world, id, 'Bob'), {
    name: 'ValidationError',
    message: `The credential ${id} has expired and cannot be changed.`,
  })
})

test("ResetServiceSpecificCredential refuses somebody else's credential, one that is not there, an unknown user, and root without a name", async () => {
  const world = await worldWithBob()
  await world.createUser('Carol')
  const { ServiceSpecificCredentialId: id } = await createServiceCredential(world, 'Bob')
  const unknown = { name: 'NoSuchEntityException', message: `No such credential ${id} exists` }
  await assert.rejects(reset(world, id, 'Carol'), unknown)
  await assert.rejects(reset(world, 'ACCANONEANYWHEREHERE1', 'Bob'), { name: 'NoSuchEntityException' })
  await assert.rejects(reset(world, id, 'Nobody'), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
  await assert.rejects(reset(world, id), {
    name: 'ValidationError',
    message: 'Must specify userName when calling with non-User credentials',
  })
})

test("without a user name the credential is the caller's, and it is decided on the service of it", async () => {
  const world = await World.create()
  const bob = await world.createUser('Bob', {
    Effect: 'Allow',
    Action: 'iam:ResetServiceSpecificCredential',
    Resource: '*',
    Condition: { StringEquals: { 'iam:ServiceSpecificCredentialServiceName': 'codecommit.amazonaws.com' } },
  })
  const git = await createServiceCredential(world, 'Bob')
  const key = await createServiceCredential(world, 'Bob', BEDROCK)
  const send = (ServiceSpecificCredentialId: string): Promise<unknown> =>
    world.iam(bob).send(new ResetServiceSpecificCredentialCommand({ ServiceSpecificCredentialId }))
  await assert.rejects(send(key.ServiceSpecificCredentialId), { name: 'AccessDenied' })
  await send(git.ServiceSpecificCredentialId)
})

test('ResetServiceSpecificCredential needs iam:ResetServiceSpecificCredential on the user', async () => {
  const world = await worldWithBob()
  const { ServiceSpecificCredentialId } = await createServiceCredential(world, 'Bob')
  await assertNeeds(world, {
    action: 'iam:ResetServiceSpecificCredential',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) =>
      client.send(new ResetServiceSpecificCredentialCommand({ UserName: 'bob', ServiceSpecificCredentialId })),
  })
})
