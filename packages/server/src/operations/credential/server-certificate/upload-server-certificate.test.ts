import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { GetServerCertificateCommand, UploadServerCertificateCommand } from '@aws-sdk/client-iam'
import { privateKeyPlace } from '../../../account/credential/server-certificate.ts'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { type Issued, makeCertificate, VALID_TO } from '../../../../test/credentials/certificates.ts'
import { bodyAndKey, uploadServerCertificate } from '../../../../test/credentials/uploads.ts'
import { NOON, World } from '../../../../test/world.ts'

const ARN = 'arn:aws:iam::123456789012:server-certificate'
const UNPARSED = {
  name: 'MalformedCertificateException',
  message: 'Unable to parse certificate. Please ensure the certificate is in PEM format.',
}

/** A root, two authorities below it in turn, and a certificate that the last of them signed. */
function makePath(): { root: Issued; upper: Issued; lower: Issued; leaf: Issued } {
  const root = makeCertificate('Root', { isAuthority: true })
  const upper = makeCertificate('Upper', { issuer: root, isAuthority: true })
  const lower = makeCertificate('Lower', { issuer: upper, isAuthority: true })
  return { root, upper, lower, leaf: makeCertificate('leaf', { issuer: lower }) }
}

function upload(world: World, leaf: Issued, ...chain: readonly Issued[]): Promise<unknown> {
  const CertificateChain = chain.length === 0 ? undefined : chain.map((one) => one.certificatePem).join('')
  return uploadServerCertificate(world, leaf.name, { ...bodyAndKey(leaf), CertificateChain })
}

function brokenAt(index: number): { name: string; message: string } {
  const message =
    'Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, ' +
    `followed by any intermediaries in order. The index within the chain of the invalid certificate is: ${index}`
  return { name: 'MalformedCertificateException', message }
}

test('UploadServerCertificate answers everything but the material, and keeps the private key sealed', async () => {
  const world = await World.create()
  const material = bodyAndKey(makeCertificate('example.com'))
  const Tags = [
    { Key: 'b', Value: '1' },
    { Key: 'A', Value: '' },
  ]
  const { $metadata, ...answer } = await world
    .iam()
    .send(new UploadServerCertificateCommand({ ServerCertificateName: 'Site', Path: '/web/', ...material, Tags }))
  const id = answer.ServerCertificateMetadata?.ServerCertificateId ?? ''
  assert.match(id, /^ASCA[A-Z2-7]{17}$/)
  assert.deepEqual(answer, {
    ServerCertificateMetadata: {
      Path: '/web/',
      ServerCertificateName: 'Site',
      ServerCertificateId: id,
      Arn: `${ARN}/web/Site`,
      UploadDate: NOON,
      Expiration: VALID_TO,
    },
    Tags,
  })
  const [record] = world.account.serverCertificates.scan()
  const sealed = record?.sealedPrivateKey ?? ''
  assert.equal(world.vault.open(privateKeyPlace(world.accountId, id), sealed), material.PrivateKey)
  assert.equal($metadata.httpStatusCode, 200)
})

test('UploadServerCertificate without path and tags is in the root path, and its answer has no list of tags', async () => {
  const world = await World.create()
  const material = bodyAndKey(makeCertificate('example.com'))
  const { ServerCertificateMetadata, Tags } = await world
    .iam()
    .send(new UploadServerCertificateCommand({ ServerCertificateName: 'Site', ...material }))
  assert.deepEqual([ServerCertificateMetadata?.Arn, Tags], [`${ARN}/Site`, undefined])
})

test('UploadServerCertificate takes keys of RSA and elliptic curves in every PEM form that OpenSSL writes', async () => {
  const world = await World.create()
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const rsaCertificate = makeCertificate('rsa', { keys: rsa })
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const curveCertificate = makeCertificate('curve', { keys: curve })
  const parameters = '-----BEGIN EC PARAMETERS-----\nBgUrgQQAIg==\n-----END EC PARAMETERS-----\n'
  const sec1 = curve.privateKey.export({ type: 'sec1', format: 'pem' }).toString()
  for (const [{ certificatePem }, key] of [
    [rsaCertificate, rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
    [rsaCertificate, `Bag Attributes\n    friendlyName: x\n${rsaCertificate.privateKeyPem}`],
    [curveCertificate, curveCertificate.privateKeyPem],
    [curveCertificate, sec1],
    [curveCertificate, parameters + sec1],
  ] as const) {
    const name = `Site-${world.account.serverCertificates.size}`
    await uploadServerCertificate(world, name, { CertificateBody: certificatePem, PrivateKey: key })
  }
  assert.equal(world.account.serverCertificates.size, 5)
})

test('UploadServerCertificate takes a chain in which each certificate signed the one before, with and without the root', async () => {
  const { root, upper, lower, leaf } = makePath()
  for (const chain of [[], [lower], [lower, upper], [lower, upper, root]])
    await upload(await World.create(), leaf, ...chain)
  const world = await World.create()
  await upload(world, leaf, lower, upper)
  const { ServerCertificate } = await world
    .iam()
    .send(new GetServerCertificateCommand({ ServerCertificateName: 'leaf' }))
  assert.equal(ServerCertificate?.CertificateChain, lower.certificatePem + upper.certificatePem)
})

test('UploadServerCertificate says where a chain is broken: out of order, with a gap, or forged', async () => {
  const world = await World.create()
  const { root, upper, lower, leaf } = makePath()
  await assert.rejects(upload(world, leaf, upper, lower), brokenAt(-1))
  await assert.rejects(upload(world, leaf, leaf, lower), brokenAt(-1))
  await assert.rejects(upload(world, leaf, lower, root), brokenAt(0))
  await assert.rejects(upload(world, leaf, lower, upper, lower), brokenAt(1))
  // Has the name of the authority, and another key.
  const forged = makeCertificate('Upper', { issuer: root, isAuthority: true })
  await assert.rejects(upload(world, leaf, lower, forged), brokenAt(0))
  assert.equal(world.account.serverCertificates.size, 0)
})

test('UploadServerCertificate takes no chain through a certificate that is no authority or is not valid now', async () => {
  const world = await World.create()
  const root = makeCertificate('Root', { isAuthority: true })
  const plain = makeCertificate('Plain', { issuer: root })
  await assert.rejects(upload(world, makeCertificate('leaf', { issuer: plain }), plain, root), brokenAt(0))
  const validTo = new Date(NOON.getTime() - 1000)
  const old = makeCertificate('Old', { issuer: root, isAuthority: true, validTo })
  await assert.rejects(upload(world, makeCertificate('leaf', { issuer: old }), old, root), brokenAt(0))
})

test('UploadServerCertificate refuses a chain that is no list of certificates, or has more than eight', async () => {
  const world = await World.create()
  const leaf = makeCertificate('leaf')
  const authority = { ...makeCertificate('leaf', { isAuthority: true, keys: leaf }), name: 'leaf' }
  const text = `Certificate:\n    Data:\n${authority.certificatePem}`
  for (const CertificateChain of ['text', text, leaf.privateKeyPem, authority.certificatePem.replace('MII', 'MI!')]) {
    await assert.rejects(
      uploadServerCertificate(world, 'Site', { ...bodyAndKey(leaf), CertificateChain }),
      brokenAt(-1),
    )
  }
  await upload(world, leaf, ...Array.from({ length: 8 }, () => authority))
  await assert.rejects(upload(world, leaf, ...Array.from({ length: 9 }, () => authority)), brokenAt(-1))
})

test('UploadServerCertificate refuses a body that is not exactly one certificate, or is not valid now', async () => {
  const world = await World.create()
  const { root, leaf } = makePath()
  const { publicKey } = generateKeyPairSync('ed25519')
  for (const body of [
    'file:///tmp/certificate.pem',
    leaf.certificatePem + root.certificatePem,
    `text\n${leaf.certificatePem}`,
    leaf.certificatePem.replace('MII', 'MI!'),
    makeCertificate('x', { validTo: new Date(NOON.getTime() - 1000) }).certificatePem,
    makeCertificate('x', { validFrom: new Date(NOON.getTime() + 1000) }).certificatePem,
    makeCertificate('x', { keys: { publicKey, privateKey: leaf.privateKey }, issuer: leaf }).certificatePem,
  ]) {
    await assert.rejects(
      uploadServerCertificate(world, 'Site', { ...bodyAndKey(leaf), CertificateBody: body }),
      UNPARSED,
    )
  }
})

test('UploadServerCertificate refuses a private key that is of another certificate, encrypted, or none', async () => {
  const world = await World.create()
  const leaf = makeCertificate('leaf')
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' })
  for (const PrivateKey of [makeCertificate('other').privateKeyPem, rsa.toString()]) {
    await assert.rejects(uploadServerCertificate(world, 'Site', { ...bodyAndKey(leaf), PrivateKey }), {
      name: 'KeyPairMismatchException',
      message: 'The public key certificate and the private key do not match.',
    })
  }
  const encryption = { cipher: 'aes-256-cbc', passphrase: 'x' } as const
  const encrypted = leaf.privateKey.export({ type: 'pkcs8', format: 'pem', ...encryption }).toString()
  for (const PrivateKey of ['text', encrypted, leaf.certificatePem]) {
    await assert.rejects(uploadServerCertificate(world, 'Site', { ...bodyAndKey(leaf), PrivateKey }), {
      name: 'MalformedCertificateException',
      message: 'Unable to parse private key. Please ensure the private key is in PEM format and not encrypted.',
    })
  }
})

test('UploadServerCertificate refuses a name that is taken, whatever its case and path', async () => {
  const world = await World.create()
  await uploadServerCertificate(world, 'Site')
  await assert.rejects(uploadServerCertificate(world, 'SITE', { Path: '/web/' }), {
    name: 'EntityAlreadyExistsException',
    message: 'The Server Certificate with name SITE already exists.',
  })
})

test("UploadServerCertificate refuses the 21st certificate, or as the account's quota says", async () => {
  const world = await World.create()
  for (let count = 0; count < 20; count += 1) await uploadServerCertificate(world, `Site-${count}`)
  await assert.rejects(uploadServerCertificate(world, 'Site-20'), {
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for ServerCertificatesPerAccount: 20',
  })
  await world.iamd('PutAccountQuotas', { Quotas: [{ Name: 'ServerCertificatesQuota', Value: 21 }] })
  await uploadServerCertificate(world, 'Site-20')
})

test('UploadServerCertificate refuses bad tags and then keeps nothing', async () => {
  const world = await World.create()
  const twice = [1, 2].map((value) => ({ Key: 'a', Value: String(value) }))
  await assert.rejects(uploadServerCertificate(world, 'Site', { Tags: twice }), {
    name: 'InvalidInputException',
    message: 'Duplicate tag keys found.',
  })
  assert.equal(world.account.serverCertificates.size, 0)
})

test('UploadServerCertificate needs iam:UploadServerCertificate on the ARN that it makes', async () => {
  const material = bodyAndKey(makeCertificate('example.com'))
  await assertNeeds(await World.create(), {
    action: 'iam:UploadServerCertificate',
    resource: `${ARN}/web/Site`,
    call: (client) =>
      client.send(new UploadServerCertificateCommand({ ServerCertificateName: 'Site', Path: '/web/', ...material })),
  })
})

test('UploadServerCertificate with tags is decided on them, and needs iam:TagServerCertificate too', async () => {
  const world = await World.create()
  const Condition = { StringEquals: { 'aws:RequestTag/Team': 'blue' } }
  const allow = { Effect: 'Allow', Action: 'iam:UploadServerCertificate', Resource: '*', Condition } as const
  const uploader = await world.createUser('Uploader', allow)
  const tagger = await world.createUser('Tagger', allow, { ...allow, Action: 'iam:TagServerCertificate' })
  const material = bodyAndKey(makeCertificate('example.com'))
  const send = (credentials: typeof uploader, Value: string): Promise<unknown> =>
    world.iam(credentials).send(
      new UploadServerCertificateCommand({
        ServerCertificateName: 'Site',
        ...material,
        Tags: [{ Key: 'Team', Value }],
      }),
    )
  await assert.rejects(send(uploader, 'blue'), {
    name: 'AccessDenied',
    message: /perform: iam:TagServerCertificate on/,
  })
  await assert.rejects(send(tagger, 'red'), {
    name: 'AccessDenied',
    message: /perform: iam:UploadServerCertificate on/,
  })
  await send(tagger, 'blue')
})
