import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { GetSSHPublicKeyCommand, UploadSSHPublicKeyCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { sshStrings } from '../../../../test/credentials/certificates.ts'
import { uploadSshKey } from '../../../../test/credentials/uploads.ts'
import { World } from '../../../../test/world.ts'

test('GetSSHPublicKey answers a key in the encoding that is asked for, whatever it was uploaded in', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString().trim()
  const { SSHPublicKey: uploaded } = await world
    .iam()
    .send(new UploadSSHPublicKeyCommand({ UserName: 'Bob', SSHPublicKeyBody: pem }))
  const get = async (Encoding: 'SSH' | 'PEM'): Promise<object | undefined> => {
    const input = { UserName: 'BOB', SSHPublicKeyId: uploaded?.SSHPublicKeyId, Encoding }
    return (await world.iam().send(new GetSSHPublicKeyCommand(input))).SSHPublicKey
  }
  assert.deepEqual(await get('PEM'), uploaded)
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
  const modulus = Buffer.concat([Buffer.of(0), Buffer.from(n, 'base64url')])
  const line = `ssh-rsa ${sshStrings('ssh-rsa', Buffer.from(e, 'base64url'), modulus)}`
  assert.deepEqual(await get('SSH'), { ...uploaded, SSHPublicKeyBody: line })
})

test("GetSSHPublicKey refuses an id that is not there, another user's key, and a user that does not exist", async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await world.createUser('Carol')
  const { id } = await uploadSshKey(world, 'Carol', 'carol')
  const get = (UserName: string, SSHPublicKeyId: string): Promise<unknown> =>
    world.iam().send(new GetSSHPublicKeyCommand({ UserName, SSHPublicKeyId, Encoding: 'SSH' }))
  for (const wrong of ['APKAXXXXXXXXXXXXXXXXX', id]) {
    await assert.rejects(get('Bob', wrong), {
      name: 'NoSuchEntityException',
      message: `The Public Key with id ${wrong} cannot be found.`,
    })
  }
  await assert.rejects(get('Nobody', id), { message: 'The user with name Nobody cannot be found.' })
})

test('GetSSHPublicKey needs iam:GetSSHPublicKey on the user', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  const { id: SSHPublicKeyId } = await uploadSshKey(world, 'Bob', 'bob')
  await assertNeeds(world, {
    action: 'iam:GetSSHPublicKey',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new GetSSHPublicKeyCommand({ UserName: 'bob', SSHPublicKeyId, Encoding: 'PEM' })),
  })
})
