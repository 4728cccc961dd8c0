import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UntagServerCertificateCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { uploadServerCertificate } from '../../../../test/credentials/uploads.ts'
import { World } from '../../../../test/world.ts'

async function worldWithCertificate(): Promise<World> {
  const world = await World.create()
  await uploadServerCertificate(world, 'Site', { Tags: ['A', 'Team', 'a'].map((Key) => ({ Key, Value: 'v' })) })
  return world
}

function untag(world: World, ServerCertificateName: string, ...TagKeys: string[]): Promise<unknown> {
  return world.iam().send(new UntagServerCertificateCommand({ ServerCertificateName, TagKeys }))
}

test('UntagServerCertificate removes keys in exactly their case, and takes no offence at one that is not there', async () => {
  const world = await worldWithCertificate()
  const keys = (): unknown =>
    [...world.account.serverCertificates.scan()].flatMap(({ tags }) => tags.map(({ key }) => key))
  await untag(world, 'SITE', 'a', 'TEAM', 'Nothing')
  assert.deepEqual(keys(), ['A', 'Team'])
  await untag(world, 'Site', 'A', 'Team')
  assert.deepEqual(keys(), [])
})

test('UntagServerCertificate refuses a certificate that does not exist', async () => {
  await assert.rejects(untag(await World.create(), 'Nothing', 'a'), {
    name: 'NoSuchEntityException',
    message: 'The Server Certificate with name Nothing cannot be found.',
  })
})

test('UntagServerCertificate needs iam:UntagServerCertificate on the certificate', async () => {
  await assertNeeds(await worldWithCertificate(), {
    action: 'iam:UntagServerCertificate',
    resource: 'arn:aws:iam::123456789012:server-certificate/Site',
    call: (client) => client.send(new UntagServerCertificateCommand({ ServerCertificateName: 'site', TagKeys: ['a'] })),
  })
})

test('UntagServerCertificate is decided on the keys that are sent', async () => {
  const world = await worldWithCertificate()
  const untagger = await world.createUser('Untagger', {
    Effect: 'Allow',
    Action: 'iam:UntagServerCertificate',
    Resource: '*',
    Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['Team'] } },
  })
  const send = (...TagKeys: string[]): Promise<unknown> =>
    world.iam(untagger).send(new UntagServerCertificateCommand({ ServerCertificateName: 'Site', TagKeys }))
  await assert.rejects(send('Team', 'a'), { name: 'AccessDenied' })
  await send('Team')
})
