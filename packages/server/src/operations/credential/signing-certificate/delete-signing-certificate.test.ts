import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeleteSigningCertificateCommand, UploadSigningCertificateCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { uploadSigningCertificate } from '../../../../test/credentials/uploads.ts'
import { World } from '../../../../test/world.ts'

async function worldWithUsers(): Promise<World> {
  const world = await World.create()
  await world.createUser('Bob')
  await world.createUser('Carol')
  return world
}

function remove(world: World, CertificateId: string, UserName?: string): Promise<unknown> {
  return world.iam().send(new DeleteSigningCertificateCommand({ UserName, CertificateId }))
}

test('DeleteSigningCertificate leaves nothing of the certificate, which another user can then have', async () => {
  const world = await worldWithUsers()
  const { id, CertificateBody } = await uploadSigningCertificate(world, 'Bob')
  await remove(world, id, 'BOB')
  assert.equal(world.account.signingCertificates.size, 0)
  await world.iam().send(new UploadSigningCertificateCommand({ UserName: 'Carol', CertificateBody }))
})

test("without a user name DeleteSigningCertificate reaches the caller's own certificates only", async () => {
  const world = await worldWithUsers()
  const { id } = await uploadSigningCertificate(world, 'Bob')
  await assert.rejects(remove(world, id), { name: 'NoSuchEntityException' })
  await remove(world, (await uploadSigningCertificate(world)).id)
  assert.equal(world.account.signingCertificates.size, 1)
})

test("DeleteSigningCertificate refuses another user's certificate, one that is gone, and a user that does not exist", async () => {
  const world = await worldWithUsers()
  const { id } = await uploadSigningCertificate(world, 'Bob')
  const notFound = { name: 'NoSuchEntityException', message: `The Certificate with id ${id} cannot be found.` }
  await assert.rejects(remove(world, id, 'Carol'), notFound)
  await remove(world, id, 'Bob')
  await assert.rejects(remove(world, id, 'Bob'), notFound)
  await assert.rejects(remove(world, id, 'Nobody'), { message: 'The user with name Nobody cannot be found.' })
})

test('DeleteSigningCertificate needs iam:DeleteSigningCertificate on the user', async () => {
  const world = await worldWithUsers()
  const { id: CertificateId } = await uploadSigningCertificate(world, 'Bob')
  await assertNeeds(world, {
    action: 'iam:DeleteSigningCertificate',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new DeleteSigningCertificateCommand({ UserName: 'bob', CertificateId })),
  })
})
