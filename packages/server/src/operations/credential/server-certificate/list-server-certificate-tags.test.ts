import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListServerCertificateTagsCommand } from '@aws-sdk/client-iam'
import { allPages } from '../../../../test/all-pages.ts'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { uploadServerCertificate } from '../../../../test/credentials/uploads.ts'
import { World } from '../../../../test/world.ts'

const TAGS = ['A', 'B', 'a'].map((Key) => ({ Key, Value: `value of ${Key}` }))

async function worldWithCertificate(): Promise<World> {
  const world = await World.create()
  await uploadServerCertificate(world, 'Site', { Tags: TAGS.toReversed() })
  return world
}

test('ListServerCertificateTags answers the tags in order of key, in pages', async () => {
  const world = await worldWithCertificate()
  const pages = await allPages((Marker) =>
    world.iam().send(new ListServerCertificateTagsCommand({ ServerCertificateName: 'SITE', MaxItems: 2, Marker })),
  )
  assert.deepEqual(
    pages.map(({ Tags }) => Tags),
    [TAGS.slice(0, 2), TAGS.slice(2)],
  )
})

test('ListServerCertificateTags takes no marker of another certificate', async () => {
  const world = await worldWithCertificate()
  await uploadServerCertificate(world, 'Other')
  const list = (ServerCertificateName: string, marker?: string): Promise<{ Marker?: string | undefined }> =>
    world.iam().send(new ListServerCertificateTagsCommand({ ServerCertificateName, MaxItems: 1, Marker: marker }))
  const { Marker } = await list('Site')
  await assert.rejects(list('Other', Marker), { name: 'ValidationError', message: 'Marker and Filter do not match' })
})

test('ListServerCertificateTags answers an empty list of a certificate without tags, and refuses one that does not exist', async () => {
  const world = await World.create()
  await uploadServerCertificate(world, 'Site')
  const list = (ServerCertificateName: string): Promise<{ Tags?: object[] | undefined }> =>
    world.iam().send(new ListServerCertificateTagsCommand({ ServerCertificateName }))
  assert.deepEqual((await list('Site')).Tags, [])
  await assert.rejects(list('Nothing'), {
    name: 'NoSuchEntityException',
    message: 'The Server Certificate with name Nothing cannot be found.',
  })
})

test('ListServerCertificateTags needs iam:ListServerCertificateTags on the certificate', async () => {
  await assertNeeds(await worldWithCertificate(), {
    action: 'iam:ListServerCertificateTags',
    resource: 'arn:aws:iam::123456789012:server-certificate/Site',
    call: (client) => client.send(new ListServerCertificateTagsCommand({ ServerCertificateName: 'site' })),
  })
})
