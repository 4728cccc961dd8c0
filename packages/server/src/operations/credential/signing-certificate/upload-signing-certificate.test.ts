import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { UploadSigningCertificateCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { makeCertificate } from '../../../../test/credentials/certificates.ts'
import { uploadSigningCertificate } from '../../../../test/credentials/uploads.ts'
import { NOON, World } from '../../../../test/world.ts'

async function worldWithBob(): Promise<World> {
  const world = await World.create()
  await world.createUser('Bob')
  return world
}

function upload(world: World, CertificateBody: string, UserName = 'BOB'): Promise<unknown> {
  return world.iam().send(new UploadSigningCertificateCommand({ UserName, CertificateBody }))
}

test('UploadSigningCertificate answers the certificate as it was sent, active, with an id of 32 characters', async () => {
  const world = await worldWithBob()
  const CertificateBody = makeCertificate('Bob').certificatePem
  const { Certificate } = await world
    .iam()
    .send(new UploadSigningCertificateCommand({ UserName: 'bob', CertificateBody }))
  assert.match(Certificate?.CertificateId ?? '', /^[A-Z2-7]{32}$/)
  assert.deepEqual(Certificate, {
    UserName: 'Bob',
    CertificateId: Certificate?.CertificateId,
    CertificateBody,
    Status: 'Active',
    UploadDate: NOON,
  })
})

test("without a user name UploadSigningCertificate is about the caller; the root user's certificate has no user name", async () => {
  const world = await worldWithBob()
  const carol = await world.createUser('Carol', {
    Effect: 'Allow',
    Action: 'iam:UploadSigningCertificate',
    Resource: '*',
  })
  const { Certificate } = await world
    .iam(carol)
    .send(new UploadSigningCertificateCommand({ CertificateBody: makeCertificate('Carol').certificatePem }))
  assert.equal(Certificate?.UserName, 'Carol')
  assert.equal((await uploadSigningCertificate(world)).UserName, undefined)
})

test('UploadSigningCertificate takes RSA keys too, and certificates on their first and last second', async () => {
  const world = await worldWithBob()
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  await upload(world, makeCertificate('Bob', { keys, validFrom: NOON }).certificatePem)
  await upload(world, makeCertificate('Bob', { validTo: NOON }).certificatePem)
})

test('UploadSigningCertificate refuses what is not exactly one certificate with the sentence of AWS', async () => {
  const world = await worldWithBob()
  const { certificatePem, privateKeyPem } = makeCertificate('Bob')
  const bodies = [
    'invalid-certificate-body',
    certificatePem + makeCertificate('Carol').certificatePem,
    `subject=Bob\n${certificatePem}`,
    certificatePem.replace('MII', 'MI!'),
    '-----BEGIN CERTIFICATE-----\nMAAA\n-----END CERTIFICATE-----',
    privateKeyPem.replaceAll('PRIVATE KEY', 'PUBLIC KEY'),
  ]
  for (const body of bodies) {
    await assert.rejects(upload(world, body), {
      name: 'MalformedCertificateException',
      message: `Certificate ${body} is malformed.`,
    })
  }
})

test('UploadSigningCertificate refuses certificates before and after they are valid, and keys that sign in other ways', async () => {
  const world = await worldWithBob()
  const second = 1000
  await assert.rejects(
    upload(world, makeCertificate('Bob', { validTo: new Date(NOON.getTime() - second) }).certificatePem),
    {
      name: 'MalformedCertificateException',
      message: 'The certificate has expired.',
    },
  )
  const validFrom = new Date(NOON.getTime() + second)
  await assert.rejects(upload(world, makeCertificate('Bob', { validFrom }).certificatePem), {
    name: 'InvalidCertificateException',
    message: 'The certificate is not yet valid.',
  })
  const { publicKey } = generateKeyPairSync('ed25519')
  const { privateKey } = makeCertificate('Signer')
  const issuer = { name: 'Signer', privateKey }
  await assert.rejects(
    upload(world, makeCertificate('Bob', { keys: { publicKey, privateKey }, issuer }).certificatePem),
    {
      name: 'InvalidCertificateException',
      message: 'The public key of the certificate is not supported.',
    },
  )
  assert.equal(world.account.signingCertificates.size, 0)
})

test('UploadSigningCertificate refuses a certificate that any user of the account has, however it is broken into lines', async () => {
  const world = await worldWithBob()
  await world.createUser('Carol')
  const { certificatePem } = makeCertificate('Bob')
  await upload(world, certificatePem)
  for (const [body, user] of [
    [certificatePem, 'Bob'],
    [`\n${certificatePem.trim()}\r\n`, 'Carol'],
  ] as const) {
    await assert.rejects(upload(world, body, user), {
      name: 'DuplicateCertificateException',
      message: 'The same certificate is associated with an IAM user in the account.',
    })
  }
})

test("UploadSigningCertificate refuses a third certificate, or as the account's quota says", async () => {
  const world = await worldWithBob()
  await uploadSigningCertificate(world, 'Bob')
  await uploadSigningCertificate(world, 'Bob')
  await assert.rejects(uploadSigningCertificate(world, 'Bob'), {
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for CertificatesPerUser: 2',
  })
  await world.iamd('PutAccountQuotas', { Quotas: [{ Name: 'SigningCertificatesPerUserQuota', Value: 3 }] })
  await uploadSigningCertificate(world, 'Bob')
})

test('UploadSigningCertificate refuses a user that does not exist', async () => {
  await assert.rejects(uploadSigningCertificate(await World.create(), 'Nobody'), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('UploadSigningCertificate needs iam:UploadSigningCertificate on the user', async () => {
  const CertificateBody = makeCertificate('Bob').certificatePem
  await assertNeeds(await worldWithBob(), {
    action: 'iam:UploadSigningCertificate',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new UploadSigningCertificateCommand({ UserName: 'bob', CertificateBody })),
  })
})
