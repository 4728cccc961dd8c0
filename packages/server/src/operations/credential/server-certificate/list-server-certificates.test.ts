import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListServerCertificatesCommand } from '@aws-sdk/client-iam'
import { allPages } from '../../../../test/all-pages.ts'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { uploadServerCertificate } from '../../../../test/credentials/uploads.ts'
import { World } from '../../../../test/world.ts'

test('ListServerCertificates answers metadata in order of name, ignoring case, of those under the path prefix', async () => {
  const world = await World.create()
  const beta = await uploadServerCertificate(world, 'beta', { Path: '/web/eu/' })
  const alpha = await uploadServerCertificate(world, 'Alpha')
  const gamma = await uploadServerCertificate(world, 'Gamma', { Path: '/web/' })
  const answer = await world.iam().send(new ListServerCertificatesCommand({}))
  assert.deepEqual(answer.ServerCertificateMetadataList, [alpha, beta, gamma])
  assert.deepEqual([answer.IsTruncated, answer.Marker], [false, undefined])
  const web = await world.iam().send(new ListServerCertificatesCommand({ PathPrefix: '/web/' }))
  assert.deepEqual(web.ServerCertificateMetadataList, [beta, gamma])
})

test('ListServerCertificates answers an empty list in an account without certificates', async () => {
  const world = await World.create()
  const { ServerCertificateMetadataList } = await world.iam().send(new ListServerCertificatesCommand({}))
  assert.deepEqual(ServerCertificateMetadataList, [])
})

test('ListServerCertificates pages through all, and takes no marker of another path prefix', async () => {
  const world = await World.create()
  for (const name of ['a', 'B', 'c']) await uploadServerCertificate(world, name)
  const pages = await allPages((Marker) => world.iam().send(new ListServerCertificatesCommand({ MaxItems: 2, Marker })))
  assert.deepEqual(
    pages.map((page) => page.ServerCertificateMetadataList?.map(({ ServerCertificateName: name }) => name)),
    [['a', 'B'], ['c']],
  )
  const Marker = pages[0]?.Marker
  await assert.rejects(world.iam().send(new ListServerCertificatesCommand({ PathPrefix: '/web/', Marker })), {
    name: 'ValidationError',
    message: 'Marker and Filter do not match',
  })
})

test('ListServerCertificates needs iam:ListServerCertificates on the path prefix', async () => {
  await assertNeeds(await World.create(), {
    action: 'iam:ListServerCertificates',
    resource: 'arn:aws:iam::123456789012:server-certificate/web/',
    call: (client) => client.send(new ListServerCertificatesCommand({ PathPrefix: '/web/' })),
  })
})
