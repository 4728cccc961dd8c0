import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type StatusType, UpdateSigningCertificateCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { uploadSigningCertificate } from '../../../../test/credentials/uploads.ts'
import { World } from '../../../../test/world.ts'

async function worldWithCertificate(): Promise<{ world: World; id: string }> {
  const world = await World.create()
  await world.createUser('Bob')
  await world.createUser('Carol')
  return { world, id: (await uploadSigningCertificate(world, 'Bob')).id }
}

function update(world: World, UserName: string | undefined, input: Change): Promise<unknown> {
  return world.iam().send(new UpdateSigningCertificateCommand({ UserName, ...input }))
}

interface Change {
  readonly CertificateId: string
  readonly Status: StatusType
}

test('UpdateSigningCertificate changes the status and nothing else', async () => {
  const { world, id } = await worldWithCertificate()
  const before = world.account.signingCertificates.find(id)
  await update(world, 'BOB', { CertificateId: id, Status: 'Inactive' })
  assert.deepEqual(world.account.signingCertificates.find(id), { ...before, status: 'Inactive' })
  await update(world, 'Bob', { CertificateId: id, Status: 'Active' })
  assert.deepEqual(world.account.signingCertificates.find(id), before)
})

test("without a user name UpdateSigningCertificate reaches the caller's own certificates only", async () => {
  const { world, id } = await worldWithCertificate()
  await assert.rejects(update(world, undefined, { CertificateId: id, Status: 'Inactive' }), {
    name: 'NoSuchEntityException',
    message: `The Certificate with id ${id} cannot be found.`,
  })
  const own = await uploadSigningCertificate(world)
  await update(world, undefined, { CertificateId: own.id, Status: 'Inactive' })
  assert.equal(world.account.signingCertificates.find(own.id)?.status, 'Inactive')
})

test('UpdateSigningCertificate refuses to make a certificate expired', async () => {
  const { world, id } = await worldWithCertificate()
  await assert.rejects(update(world, 'Bob', { CertificateId: id, Status: 'Expired' }), {
    name: 'InvalidInputException',
    message: 'The status of a signing certificate cannot be set to Expired.',
  })
})

test("UpdateSigningCertificate refuses another user's certificate, an id that is not there, and a user that does not exist", async () => {
  const { world, id } = await worldWithCertificate()
  for (const [wrong, user] of [
    [id, 'Carol'],
    ['NONEXISTENTCERTID12345678901', 'Bob'],
  ] as const) {
    await assert.rejects(update(world, user, { CertificateId: wrong, Status: 'Inactive' }), {
      name: 'NoSuchEntityException',
      message: `The Certificate with id ${wrong} cannot be found.`,
    })
  }
  await assert.rejects(update(world, 'Nobody', { CertificateId: id, Status: 'Inactive' }), {
    message: 'The user with name Nobody cannot be found.',
  })
})

test('UpdateSigningCertificate needs iam:UpdateSigningCertificate on the user', async () => {
  const { world, id: CertificateId } = await worldWithCertificate()
  await assertNeeds(world, {
    action: 'iam:UpdateSigningCertificate',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) =>
      client.send(new UpdateSigningCertificateCommand({ UserName: 'bob', CertificateId, Status: 'Inactive' })),
  })
})
