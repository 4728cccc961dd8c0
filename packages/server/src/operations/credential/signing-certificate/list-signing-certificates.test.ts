import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListSigningCertificatesCommand } from '@aws-sdk/client-iam'
import { allPages } from '../../../../test/all-pages.ts'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { uploadSigningCertificate } from '../../../../test/credentials/uploads.ts'
import { World } from '../../../../test/world.ts'

async function worldWithUsers(): Promise<World> {
  const world = await World.create()
  await world.createUser('Bob')
  await world.createUser('Carol')
  return world
}

test("ListSigningCertificates answers a user's certificates with their bodies, oldest first", async () => {
  const world = await worldWithUsers()
  const { id: first, ...older } = await uploadSigningCertificate(world, 'Bob')
  world.now = new Date('2026-11-22T13:00:00Z')
  const { id: second, ...newer } = await uploadSigningCertificate(world, 'Bob')
  await uploadSigningCertificate(world, 'Carol')
  const answer = await world.iam().send(new ListSigningCertificatesCommand({ UserName: 'BOB' }))
  assert.deepEqual(answer.Certificates, [older, newer])
  assert.deepEqual([older.CertificateId, newer.CertificateId], [first, second])
  assert.deepEqual([answer.IsTruncated, answer.Marker], [false, undefined])
})

test('ListSigningCertificates answers an empty list for a user without certificates', async () => {
  const world = await worldWithUsers()
  const { Certificates } = await world.iam().send(new ListSigningCertificatesCommand({ UserName: 'Bob' }))
  assert.deepEqual(Certificates, [])
})

test("without a user name ListSigningCertificates answers the caller's, also the root user's", async () => {
  const world = await worldWithUsers()
  const dora = await world.createUser('Dora', { Effect: 'Allow', Action: 'iam:ListSigningCertificates', Resource: '*' })
  const own = [await uploadSigningCertificate(world, 'Dora'), await uploadSigningCertificate(world)]
  for (const [at, client] of [world.iam(dora), world.iam()].entries()) {
    const { Certificates = [] } = await client.send(new ListSigningCertificatesCommand({}))
    assert.deepEqual(
      Certificates.map(({ CertificateId, UserName }) => [CertificateId, UserName]),
      [[own[at]?.id, own[at]?.UserName]],
    )
  }
})

test('ListSigningCertificates pages through all certificates, and takes no marker of another user', async () => {
  const world = await worldWithUsers()
  await world.iamd('PutAccountQuotas', { Quotas: [{ Name: 'SigningCertificatesPerUserQuota', Value: 3 }] })
  for (let count = 0; count < 3; count += 1) await uploadSigningCertificate(world, 'Bob')
  const all = await world.iam().send(new ListSigningCertificatesCommand({ UserName: 'Bob' }))
  const pages = await allPages((Marker) =>
    world.iam().send(new ListSigningCertificatesCommand({ UserName: 'Bob', MaxItems: 2, Marker })),
  )
  assert.deepEqual(
    pages.map(({ Certificates = [] }) => Certificates.length),
    [2, 1],
  )
  assert.deepEqual(
    pages.flatMap(({ Certificates = [] }) => Certificates),
    all.Certificates,
  )
  const Marker = pages[0]?.Marker
  await assert.rejects(world.iam().send(new ListSigningCertificatesCommand({ UserName: 'Carol', Marker })), {
    name: 'ValidationError',
    message: 'Marker and Filter do not match',
  })
})

test('ListSigningCertificates refuses a user that does not exist', async () => {
  const world = await worldWithUsers()
  await assert.rejects(world.iam().send(new ListSigningCertificatesCommand({ UserName: 'Nobody' })), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('ListSigningCertificates needs iam:ListSigningCertificates on the user', async () => {
  await assertNeeds(await worldWithUsers(), {
    action: 'iam:ListSigningCertificates',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new ListSigningCertificatesCommand({ UserName: 'bob' })),
  })
})
