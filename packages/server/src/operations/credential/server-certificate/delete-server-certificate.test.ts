import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeleteServerCertificateCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { uploadServerCertificate } from '../../../../test/credentials/uploads.ts'
import { World } from '../../../../test/world.ts'

function remove(world: World, ServerCertificateName: string): Promise<unknown> {
  return world.iam().send(new DeleteServerCertificateCommand({ ServerCertificateName }))
}

test('DeleteServerCertificate leaves nothing of the certificate, and its name is free for one with another id', async () => {
  const world = await World.create()
  const { ServerCertificateId: id } = await uploadServerCertificate(world, 'Site')
  await remove(world, 'SITE')
  assert.equal(world.account.serverCertificates.size, 0)
  const again = await uploadServerCertificate(world, 'Site')
  assert.notEqual(again.ServerCertificateId, id)
})

test('DeleteServerCertificate refuses a certificate that is gone', async () => {
  const world = await World.create()
  await uploadServerCertificate(world, 'Site')
  await remove(world, 'Site')
  await assert.rejects(remove(world, 'Site'), {
    name: 'NoSuchEntityException',
    message: 'The Server Certificate with name Site cannot be found.',
  })
})

test('DeleteServerCertificate needs iam:DeleteServerCertificate on the certificate', async () => {
  const world = await World.create()
  await uploadServerCertificate(world, 'Site', { Path: '/web/' })
  await assertNeeds(world, {
    action: 'iam:DeleteServerCertificate',
    resource: 'arn:aws:iam::123456789012:server-certificate/web/Site',
    call: (client) => client.send(new DeleteServerCertificateCommand({ ServerCertificateName: 'site' })),
  })
})
