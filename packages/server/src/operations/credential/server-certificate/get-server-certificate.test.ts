import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GetServerCertificateCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { makeCertificate } from '../../../../test/credentials/certificates.ts'
import { bodyAndKey, uploadServerCertificate } from '../../../../test/credentials/uploads.ts'
import { World } from '../../../../test/world.ts'

test('GetServerCertificate answers metadata, body, chain and tags, and never the private key', async () => {
  const world = await World.create()
  const authority = makeCertificate('Authority', { isAuthority: true })
  const leaf = makeCertificate('leaf', { issuer: authority })
  const Tags = [{ Key: 'Team', Value: 'blue' }]
  const { certificatePem: CertificateChain } = authority
  const metadata = await uploadServerCertificate(world, 'Site', { ...bodyAndKey(leaf), CertificateChain, Tags })
  const { ServerCertificate } = await world
    .iam()
    .send(new GetServerCertificateCommand({ ServerCertificateName: 'SITE' }))
  assert.deepEqual(ServerCertificate, {
    ServerCertificateMetadata: metadata,
    CertificateBody: leaf.certificatePem,
    CertificateChain,
    Tags,
  })
})

test('GetServerCertificate answers no chain where there is none, and an empty list of tags', async () => {
  const world = await World.create()
  const leaf = makeCertificate('leaf')
  const metadata = await uploadServerCertificate(world, 'Site', bodyAndKey(leaf))
  const { ServerCertificate } = await world
    .iam()
    .send(new GetServerCertificateCommand({ ServerCertificateName: 'Site' }))
  assert.deepEqual(ServerCertificate, {
    ServerCertificateMetadata: metadata,
    CertificateBody: leaf.certificatePem,
    Tags: [],
  })
})

test('GetServerCertificate refuses a certificate that does not exist', async () => {
  const world = await World.create()
  await assert.rejects(world.iam().send(new GetServerCertificateCommand({ ServerCertificateName: 'Nothing' })), {
    name: 'NoSuchEntityException',
    message: 'The Server Certificate with name Nothing cannot be found.',
  })
})

test('GetServerCertificate needs iam:GetServerCertificate on the certificate', async () => {
  const world = await World.create()
  await uploadServerCertificate(world, 'Site', { Path: '/web/' })
  await assertNeeds(world, {
    action: 'iam:GetServerCertificate',
    resource: 'arn:aws:iam::123456789012:server-certificate/web/Site',
    call: (client) => client.send(new GetServerCertificateCommand({ ServerCertificateName: 'site' })),
  })
})

test('GetServerCertificate is decided on the tags of the certificate', async () => {
  const world = await World.create()
  await uploadServerCertificate(world, 'Blue', { Tags: [{ Key: 'Team', Value: 'blue' }] })
  await uploadServerCertificate(world, 'Red', { Tags: [{ Key: 'Team', Value: 'red' }] })
  const reader = await world.createUser('Reader', {
    Effect: 'Allow',
    Action: 'iam:GetServerCertificate',
    Resource: '*',
    Condition: { StringEquals: { 'aws:ResourceTag/Team': 'blue' } },
  })
  const get = (ServerCertificateName: string): Promise<unknown> =>
    world.iam(reader).send(new GetServerCertificateCommand({ ServerCertificateName }))
  await assert.rejects(get('Red'), { name: 'AccessDenied' })
  await get('Blue')
})
