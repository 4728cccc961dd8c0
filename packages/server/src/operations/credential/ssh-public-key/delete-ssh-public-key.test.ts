import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeleteSSHPublicKeyCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { uploadSshKey } from '../../../../test/credentials/uploads.ts'
import { World } from '../../../../test/world.ts'

async function worldWithKey(): Promise<{ world: World; id: string }> {
  const world = await World.create()
  await world.createUser('Bob')
  await world.createUser('Carol')
  return { world, id: (await uploadSshKey(world, 'Bob', 'bob')).id }
}

function remove(world: World, UserName: string, SSHPublicKeyId: string): Promise<unknown> {
  return world.iam().send(new DeleteSSHPublicKeyCommand({ UserName, SSHPublicKeyId }))
}

test('DeleteSSHPublicKey leaves nothing of the key, which can then be uploaded again', async () => {
  const { world, id } = await worldWithKey()
  await remove(world, 'BOB', id)
  assert.equal(world.account.sshPublicKeys.size, 0)
  const again = await uploadSshKey(world, 'Bob', 'bob')
  assert.notEqual(again.id, id)
})

test("DeleteSSHPublicKey refuses another user's key, a key that is gone, and a user that does not exist", async () => {
  const { world, id } = await worldWithKey()
  const notFound = { name: 'NoSuchEntityException', message: `The Public Key with id ${id} cannot be found.` }
  await assert.rejects(remove(world, 'Carol', id), notFound)
  await remove(world, 'Bob', id)
  await assert.rejects(remove(world, 'Bob', id), notFound)
  await assert.rejects(remove(world, 'Nobody', id), { message: 'The user with name Nobody cannot be found.' })
})

test('DeleteSSHPublicKey needs iam:DeleteSSHPublicKey on the user', async () => {
  const { world, id: SSHPublicKeyId } = await worldWithKey()
  await assertNeeds(world, {
    action: 'iam:DeleteSSHPublicKey',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new DeleteSSHPublicKeyCommand({ UserName: 'bob', SSHPublicKeyId })),
  })
})
