import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type StatusType, UpdateSSHPublicKeyCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { uploadSshKey } from '../../../../test/credentials/uploads.ts'
import { World } from '../../../../test/world.ts'

async function worldWithKey(): Promise<{ world: World; id: string }> {
  const world = await World.create()
  await world.createUser('Bob')
  await world.createUser('Carol')
  return { world, id: (await uploadSshKey(world, 'Bob', 'bob')).id }
}

function update(world: World, UserName: string, input: Change): Promise<unknown> {
  return world.iam().send(new UpdateSSHPublicKeyCommand({ UserName, ...input }))
}

interface Change {
  readonly SSHPublicKeyId: string
  readonly Status: StatusType
}

test('UpdateSSHPublicKey changes the status and nothing else', async () => {
  const { world, id } = await worldWithKey()
  const before = world.account.sshPublicKeys.find(id)
  await update(world, 'BOB', { SSHPublicKeyId: id, Status: 'Inactive' })
  assert.deepEqual(world.account.sshPublicKeys.find(id), { ...before, status: 'Inactive' })
  await update(world, 'BOB', { SSHPublicKeyId: id, Status: 'Active' })
  assert.deepEqual(world.account.sshPublicKeys.find(id), before)
})

test('UpdateSSHPublicKey refuses to make a key expired', async () => {
  const { world, id } = await worldWithKey()
  await assert.rejects(update(world, 'BOB', { SSHPublicKeyId: id, Status: 'Expired' }), {
    name: 'InvalidInputException',
    message: 'The status of an SSH public key cannot be set to Expired.',
  })
})

test("UpdateSSHPublicKey refuses another user's key, an id that is not there, and a user that does not exist", async () => {
  const { world, id } = await worldWithKey()
  await assert.rejects(update(world, 'Carol', { SSHPublicKeyId: id, Status: 'Inactive' }), {
    name: 'NoSuchEntityException',
    message: `The Public Key with id ${id} cannot be found.`,
  })
  await assert.rejects(update(world, 'BOB', { SSHPublicKeyId: 'APKAXXXXXXXXXXXXXXXXX', Status: 'Inactive' }), {
    name: 'NoSuchEntityException',
  })
  await assert.rejects(update(world, 'Nobody', { SSHPublicKeyId: id, Status: 'Inactive' }), {
    message: 'The user with name Nobody cannot be found.',
  })
})

test('UpdateSSHPublicKey needs iam:UpdateSSHPublicKey on the user', async () => {
  const { world, id: SSHPublicKeyId } = await worldWithKey()
  await assertNeeds(world, {
    action: 'iam:UpdateSSHPublicKey',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) =>
      client.send(new UpdateSSHPublicKeyCommand({ UserName: 'bob', SSHPublicKeyId, Status: 'Inactive' })),
  })
})
