import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { ListSSHPublicKeysCommand, type SSHPublicKey, UploadSSHPublicKeyCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { makeSshKey } from '../../../../test/credentials/certificates.ts'
import { uploadSshKey } from '../../../../test/credentials/uploads.ts'
import { NOON, World } from '../../../../test/world.ts'

async function worldWithBob(): Promise<World> {
  const world = await World.create()
  await world.createUser('Bob')
  return world
}

async function upload(world: World, SSHPublicKeyBody: string, UserName = 'bob'): Promise<SSHPublicKey | undefined> {
  return (await world.iam().send(new UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody }))).SSHPublicKey
}

test('UploadSSHPublicKey answers the key without its comment, its MD5 fingerprint, and an id that starts with APKA', async () => {
  const world = await worldWithBob()
  const line = makeSshKey('bob')
  const key = await upload(world, `${line} bob@example.com\n`)
  assert.match(key?.SSHPublicKeyId ?? '', /^APKA[A-Z2-7]{17}$/)
  assert.deepEqual(key, {
    UserName: 'Bob',
    SSHPublicKeyId: key?.SSHPublicKeyId,
    // As `ssh-keygen -l -E md5` says of it.
    Fingerprint: '49:e1:57:de:1f:1c:c4:32:40:e1:fe:9f:47:bc:5b:46',
    SSHPublicKeyBody: line,
    Status: 'Active',
    UploadDate: NOON,
  })
})

test('UploadSSHPublicKey takes PEM in both forms, and answers it as PEM', async () => {
  const world = await worldWithBob()
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  assert.equal((await upload(world, pem))?.SSHPublicKeyBody, pem.trim())
  // The same key once more is a duplicate, whatever its form.
  await assert.rejects(upload(world, publicKey.export({ type: 'pkcs1', format: 'pem' }).toString()), {
    name: 'DuplicateSSHPublicKeyException',
    message: 'The SSH public key is already associated with the specified IAM user.',
  })
})

test('UploadSSHPublicKey takes the same key for two users, and once for each', async () => {
  const world = await worldWithBob()
  await world.createUser('Carol')
  const line = makeSshKey('shared')
  await upload(world, line)
  await upload(world, line, 'Carol')
  await assert.rejects(upload(world, `${line} again`), { name: 'DuplicateSSHPublicKeyException' })
  const { SSHPublicKeys } = await world.iam().send(new ListSSHPublicKeysCommand({ UserName: 'Bob' }))
  assert.equal(SSHPublicKeys?.length, 1)
})

test('UploadSSHPublicKey refuses what is no ssh-rsa key and no PEM, and does not repeat it', async () => {
  const world = await worldWithBob()
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const bodies = [
    'file:///home/bob/.ssh/id_rsa.pub',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKzvfE+qS09w+okgrO0gY7jryF0lSCxdEO/O0UaUhuZe',
    privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    pem + pem,
    `text\n${pem}`,
  ]
  for (const body of bodies) {
    await assert.rejects(upload(world, body), {
      name: 'UnrecognizedPublicKeyEncodingException',
      message: 'Invalid public key uploaded.',
    })
  }
})

test('UploadSSHPublicKey refuses keys that are malformed, short, or of another algorithm', async () => {
  const world = await worldWithBob()
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const bodies = [
    'ssh-rsa not-base64!',
    `${makeSshKey('cut').slice(0, -8)}`,
    makeSshKey('short', { bits: 2040 }),
    `${makeSshKey('first')}\n${makeSshKey('second')}`,
    publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
  ]
  for (const body of bodies) {
    await assert.rejects(upload(world, body), {
      name: 'InvalidPublicKeyException',
      message: 'The public key is malformed or otherwise invalid.',
    })
  }
})

test("UploadSSHPublicKey refuses a user's sixth key, or as the account's quota says", async () => {
  const world = await worldWithBob()
  for (const seed of ['1', '2', '3', '4', '5']) await uploadSshKey(world, 'Bob', seed)
  await assert.rejects(upload(world, makeSshKey('6')), {
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for SSHPublicKeysPerUser: 5',
  })
  await world.iamd('PutAccountQuotas', { Quotas: [{ Name: 'SSHPublicKeysPerUserQuota', Value: 6 }] })
  await upload(world, makeSshKey('6'))
})

test('UploadSSHPublicKey refuses a user that does not exist', async () => {
  await assert.rejects(upload(await World.create(), makeSshKey('x'), 'Nobody'), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('UploadSSHPublicKey needs iam:UploadSSHPublicKey on the user', async () => {
  await assertNeeds(await worldWithBob(), {
    action: 'iam:UploadSSHPublicKey',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) =>
      client.send(new UploadSSHPublicKeyCommand({ UserName: 'bob', SSHPublicKeyBody: makeSshKey('x') })),
  })
})
