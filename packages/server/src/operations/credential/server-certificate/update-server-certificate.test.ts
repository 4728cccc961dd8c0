import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  GetServerCertificateCommand,
  UpdateServerCertificateCommand,
  type UpdateServerCertificateCommandInput,
} from '@aws-sdk/client-iam'
import { privateKeyPlace } from '../../../account/credential/server-certificate.ts'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { makeCertificate } from '../../../../test/credentials/certificates.ts'
import { bodyAndKey, uploadServerCertificate } from '../../../../test/credentials/uploads.ts'
import { World } from '../../../../test/world.ts'

const ARN = 'arn:aws:iam::123456789012:server-certificate'

function update(
  world: World,
  ServerCertificateName: string,
  input: Partial<UpdateServerCertificateCommandInput> = {},
): Promise<unknown> {
  return world.iam().send(new UpdateServerCertificateCommand({ ServerCertificateName, ...input }))
}

test('UpdateServerCertificate changes name and path, and keeps all else with the private key', async () => {
  const world = await World.create()
  const leaf = makeCertificate('leaf')
  const metadata = await uploadServerCertificate(world, 'Old', bodyAndKey(leaf))
  await update(world, 'OLD', { NewServerCertificateName: 'New', NewPath: '/web/' })
  const { ServerCertificate } = await world
    .iam()
    .send(new GetServerCertificateCommand({ ServerCertificateName: 'New' }))
  const moved = { ServerCertificateName: 'New', Path: '/web/', Arn: `${ARN}/web/New` }
  assert.deepEqual(ServerCertificate?.ServerCertificateMetadata, { ...metadata, ...moved })
  assert.equal(ServerCertificate?.CertificateBody, leaf.certificatePem)
  const [record, ...others] = world.account.serverCertificates.scan()
  const place = privateKeyPlace(world.accountId, record?.id ?? '')
  assert.equal(world.vault.open(place, record?.sealedPrivateKey ?? ''), leaf.privateKeyPem)
  assert.deepEqual(others, [])
})

test('UpdateServerCertificate changes the case of a name, one of the two alone, and nothing when nothing is asked', async () => {
  const world = await World.create()
  await uploadServerCertificate(world, 'Site')
  const names = (): unknown => [...world.account.serverCertificates.scan()].map(({ path, name }) => path + name)
  await update(world, 'Site', { NewServerCertificateName: 'SITE' })
  assert.deepEqual(names(), ['/SITE'])
  await update(world, 'site', { NewPath: '/web/' })
  assert.deepEqual(names(), ['/web/SITE'])
  await update(world, 'Site')
  assert.deepEqual(names(), ['/web/SITE'])
})

test('UpdateServerCertificate refuses a name that another certificate has, and a certificate that does not exist', async () => {
  const world = await World.create()
  await uploadServerCertificate(world, 'One')
  await uploadServerCertificate(world, 'Two')
  await assert.rejects(update(world, 'One', { NewServerCertificateName: 'TWO' }), {
    name: 'EntityAlreadyExistsException',
    message: 'The Server Certificate with name TWO already exists.',
  })
  await assert.rejects(update(world, 'Nothing', { NewPath: '/web/' }), {
    name: 'NoSuchEntityException',
    message: 'The Server Certificate with name Nothing cannot be found.',
  })
})

test('UpdateServerCertificate needs iam:UpdateServerCertificate on the certificate', async () => {
  const world = await World.create()
  await uploadServerCertificate(world, 'Site', { Path: '/web/' })
  await assertNeeds(world, {
    action: 'iam:UpdateServerCertificate',
    resource: `${ARN}/web/Site`,
    call: (client) => client.send(new UpdateServerCertificateCommand({ ServerCertificateName: 'site' })),
  })
})

test('UpdateServerCertificate needs iam:UpdateServerCertificate on where the certificate goes, too', async () => {
  const world = await World.create()
  await uploadServerCertificate(world, 'Site')
  const allow = { Effect: 'Allow', Action: 'iam:UpdateServerCertificate' } as const
  const source = await world.createUser('Source', { ...allow, Resource: `${ARN}/Site` })
  const both = await world.createUser('Both', { ...allow, Resource: [`${ARN}/Site`, `${ARN}/web/New`] })
  const input = { ServerCertificateName: 'Site', NewServerCertificateName: 'New', NewPath: '/web/' }
  await assert.rejects(world.iam(source).send(new UpdateServerCertificateCommand(input)), {
    name: 'AccessDenied',
    message: new RegExp(`on resource: ${ARN}/web/New because`), // Made of a constant.
  })
  await world.iam(both).send(new UpdateServerCertificateCommand(input))
})
