import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Tag, TagServerCertificateCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { uploadServerCertificate } from '../../../../test/credentials/uploads.ts'
import { World } from '../../../../test/world.ts'

async function worldWithCertificate(): Promise<World> {
  const world = await World.create()
  await uploadServerCertificate(world, 'Site')
  return world
}

/** Tags from texts such as `Team=blue`. */
function tags(...texts: readonly string[]): Tag[] {
  return texts.map((text) => ({ Key: text.split('=')[0], Value: text.split('=')[1] }))
}

function tag(world: World, ServerCertificateName: string, ...texts: readonly string[]): Promise<unknown> {
  return world.iam().send(new TagServerCertificateCommand({ ServerCertificateName, Tags: tags(...texts) }))
}

test('TagServerCertificate adds tags, replaces those that are there, and tells keys apart by case', async () => {
  const world = await worldWithCertificate()
  await tag(world, 'SITE', 'Team=blue', 'Cost=')
  await tag(world, 'site', 'Team=red', 'team=green')
  const [record] = world.account.serverCertificates.scan()
  assert.deepEqual(record?.tags, [
    { key: 'Cost', value: '' },
    { key: 'Team', value: 'red' },
    { key: 'team', value: 'green' },
  ])
})

test('TagServerCertificate refuses a key twice, keys that AWS reserves, and the 51st tag', async () => {
  const world = await worldWithCertificate()
  await assert.rejects(tag(world, 'Site', 'a=1', 'a=2'), {
    name: 'InvalidInputException',
    message: 'Duplicate tag keys found.',
  })
  await assert.rejects(tag(world, 'Site', 'aws:a=1'), { name: 'InvalidInputException' })
  await tag(world, 'Site', ...Array.from({ length: 50 }, (_, at) => `key-${at}=v`))
  await assert.rejects(tag(world, 'Site', 'more=v'), {
    name: 'LimitExceededException',
    message: 'The number of tags has reached the maximum limit.',
  })
})

test('TagServerCertificate refuses a certificate that does not exist', async () => {
  await assert.rejects(tag(await World.create(), 'Nothing', 'a=1'), {
    name: 'NoSuchEntityException',
    message: 'The Server Certificate with name Nothing cannot be found.',
  })
})

test('TagServerCertificate needs iam:TagServerCertificate on the certificate', async () => {
  await assertNeeds(await worldWithCertificate(), {
    action: 'iam:TagServerCertificate',
    resource: 'arn:aws:iam::123456789012:server-certificate/Site',
    call: (client) =>
      client.send(new TagServerCertificateCommand({ ServerCertificateName: 'site', Tags: tags('a=1') })),
  })
})

test('TagServerCertificate is decided on the tags that are sent and on those that the certificate has', async () => {
  const world = await worldWithCertificate()
  await tag(world, 'Site', 'Owner=Tagger')
  await uploadServerCertificate(world, 'Other')
  const tagger = await world.createUser('Tagger', {
    Effect: 'Allow',
    Action: 'iam:TagServerCertificate',
    Resource: '*',
    Condition: {
      StringEquals: { 'aws:RequestTag/Team': 'blue', 'aws:ResourceTag/Owner': '${aws:username}' },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['Team'] },
    },
  })
  const send = (ServerCertificateName: string, ...texts: readonly string[]): Promise<unknown> =>
    world.iam(tagger).send(new TagServerCertificateCommand({ ServerCertificateName, Tags: tags(...texts) }))
  await assert.rejects(send('Site', 'Team=red'), { name: 'AccessDenied' })
  await assert.rejects(send('Site', 'Team=blue', 'Area=x'), { name: 'AccessDenied' })
  await assert.rejects(send('Other', 'Team=blue'), { name: 'AccessDenied' })
  await send('Site', 'Team=blue')
})
