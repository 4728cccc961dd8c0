import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type StatusType, UpdateServiceSpecificCredentialCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { createServiceCredential } from '../../../../test/credentials/service-credentials.ts'
import { NOON, World } from '../../../../test/world.ts'

async function worldWithCredential(): Promise<{ world: World; id: string }> {
  const world = await World.create()
  await world.createUser('Bob')
  const { ServiceSpecificCredentialId: id } = await createServiceCredential(world, 'Bob')
  return { world, id }
}

async function update(world: World, [UserName, id]: readonly [string, string], Status: StatusType): Promise<void> {
  const input = { UserName, ServiceSpecificCredentialId: id, Status }
  await world.iam().send(new UpdateServiceSpecificCredentialCommand(input))
}

test('UpdateServiceSpecificCredential sets the status, and nothing else', async () => {
  const { world, id } = await worldWithCredential()
  const before = world.account.serviceCredentials.find(id)
  await update(world, ['bOB', id], 'Inactive')
  assert.deepEqual(world.account.serviceCredentials.find(id), { ...before, status: 'Inactive' })
  await update(world, ['Bob', id], 'Active')
  assert.deepEqual(world.account.serviceCredentials.find(id), before)
})

test('UpdateServiceSpecificCredential cannot make a credential expired, nor change one that is', async () => {
  const { world, id } = await worldWithCredential()
  await assert.rejects(update(world, ['Bob', id], 'Expired'), {
    name: 'ValidationError',
    message: 'The status of a service-specific credential cannot be set to Expired.',
  })
  const expiring = { ServiceName: 'logs.amazonaws.com', CredentialAgeDays: 1 }
  const { ServiceSpecificCredentialId: key } = await createServiceCredential(world, 'Bob', expiring)
  world.now = new Date(NOON.getTime() + 86_400_000)
  await assert.rejects(update(world, ['Bob', key], 'Active'), {
    name: 'ValidationError',
    message: `The credential ${key} has expired and cannot be changed.`,
  })
})

test("UpdateServiceSpecificCredential refuses somebody else's credential, one that is not there, and an unknown user", async () => {
  const { world, id } = await worldWithCredential()
  await world.createUser('Carol')
  const unknown = { name: 'NoSuchEntityException', message: `No such credential ${id} exists` }
  await assert.rejects(update(world, ['Carol', id], 'Inactive'), unknown)
  await assert.rejects(update(world, ['Bob', 'ACCANONEANYWHEREHERE1'], 'Inactive'), { name: 'NoSuchEntityException' })
  await assert.rejects(update(world, ['Nobody', id], 'Inactive'), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
  assert.equal(world.account.serviceCredentials.find(id)?.status, 'Active')
})

test('UpdateServiceSpecificCredential needs iam:UpdateServiceSpecificCredential on the user', async () => {
  const { world, id: ServiceSpecificCredentialId } = await worldWithCredential()
  const input = { UserName: 'bob', ServiceSpecificCredentialId, Status: 'Inactive' } as const
  await assertNeeds(world, {
    action: 'iam:UpdateServiceSpecificCredential',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new UpdateServiceSpecificCredentialCommand(input)),
  })
})
