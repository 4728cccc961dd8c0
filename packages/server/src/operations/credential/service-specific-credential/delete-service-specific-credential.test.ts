import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeleteServiceSpecificCredentialCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { createServiceCredential } from '../../../../test/credentials/service-credentials.ts'
import { World } from '../../../../test/world.ts'

async function worldWithCredential(): Promise<{ world: World; id: string }> {
  const world = await World.create()
  await world.createUser('Bob')
  const { ServiceSpecificCredentialId: id } = await createServiceCredential(world, 'Bob')
  return { world, id }
}

async function remove(world: World, ServiceSpecificCredentialId: string, UserName?: string): Promise<void> {
  await world.iam().send(new DeleteServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId }))
}

test('DeleteServiceSpecificCredential removes the credential, and its user name can be given again', async () => {
  const { world, id } = await worldWithCredential()
  const { ServiceUserName } = await createServiceCredential(world, 'Bob')
  assert.equal(ServiceUserName, 'Bob+1-at-123456789012')
  await remove(world, id, 'bOB')
  assert.equal(world.account.serviceCredentials.find(id), undefined)
  assert.equal((await createServiceCredential(world, 'Bob')).ServiceUserName, 'Bob-at-123456789012')
})

test("DeleteServiceSpecificCredential refuses somebody else's credential, one that is gone, and an unknown user", async () => {
  const { world, id } = await worldWithCredential()
  await world.createUser('Carol')
  const unknown = { name: 'NoSuchEntityException', message: `No such credential ${id} exists` }
  await assert.rejects(remove(world, id, 'Carol'), unknown)
  await assert.rejects(remove(world, id, 'Nobody'), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
  await remove(world, id, 'Bob')
  await assert.rejects(remove(world, id, 'Bob'), unknown)
})

test('DeleteServiceSpecificCredential needs iam:DeleteServiceSpecificCredential on the user', async () => {
  const { world, id: ServiceSpecificCredentialId } = await worldWithCredential()
  await assertNeeds(world, {
    action: 'iam:DeleteServiceSpecificCredential',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) =>
      client.send(new DeleteServiceSpecificCredentialCommand({ UserName: 'bob', ServiceSpecificCredentialId })),
  })
})
