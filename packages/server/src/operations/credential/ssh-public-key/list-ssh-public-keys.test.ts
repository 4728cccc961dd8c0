import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListSSHPublicKeysCommand, UpdateSSHPublicKeyCommand } from '@aws-sdk/client-iam'
import { allPages } from '../../../../test/all-pages.ts'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { uploadSshKey } from '../../../../test/credentials/uploads.ts'
import { NOON, World } from '../../../../test/world.ts'

async function worldWithKeys(...seeds: string[]): Promise<{ world: World; ids: string[] }> {
  const world = await World.create()
  await world.createUser('Bob')
  await world.createUser('Carol')
  await uploadSshKey(world, 'Carol', 'carol')
  const ids: string[] = []
  for (const seed of seeds) ids.push((await uploadSshKey(world, 'Bob', seed)).id)
  return { world, ids: ids.toSorted() }
}

test("ListSSHPublicKeys answers a user's keys in the order of their ids, without the keys themselves", async () => {
  const { world, ids } = await worldWithKeys('1', '2', '3')
  const [first] = ids
  await world.iam().send(new UpdateSSHPublicKeyCommand({ UserName: 'Bob', SSHPublicKeyId: first, Status: 'Inactive' }))
  const answer = await world.iam().send(new ListSSHPublicKeysCommand({ UserName: 'BOB' }))
  assert.deepEqual(
    answer.SSHPublicKeys,
    ids.map((id) => ({
      UserName: 'Bob',
      SSHPublicKeyId: id,
      Status: id === first ? 'Inactive' : 'Active',
      UploadDate: NOON,
    })),
  )
  assert.deepEqual([answer.IsTruncated, answer.Marker], [false, undefined])
})

test('ListSSHPublicKeys answers an empty list for a user without keys', async () => {
  const { world } = await worldWithKeys()
  const { SSHPublicKeys } = await world.iam().send(new ListSSHPublicKeysCommand({ UserName: 'Bob' }))
  assert.deepEqual(SSHPublicKeys, [])
})

test('ListSSHPublicKeys pages through all keys, and takes no marker of another user', async () => {
  const { world, ids } = await worldWithKeys('1', '2', '3')
  const pages = await allPages((Marker) =>
    world.iam().send(new ListSSHPublicKeysCommand({ UserName: 'Bob', MaxItems: 2, Marker })),
  )
  assert.deepEqual(
    pages.map(({ SSHPublicKeys = [] }) => SSHPublicKeys.map(({ SSHPublicKeyId }) => SSHPublicKeyId)),
    [ids.slice(0, 2), ids.slice(2)],
  )
  const Marker = pages[0]?.Marker
  await assert.rejects(world.iam().send(new ListSSHPublicKeysCommand({ UserName: 'Carol', Marker })), {
    name: 'ValidationError',
    message: 'Marker and Filter do not match',
  })
})

test("without a user name ListSSHPublicKeys answers the caller's keys; the root user has none and is told to name a user", async () => {
  const { world } = await worldWithKeys('1')
  const dora = await world.createUser('Dora', { Effect: 'Allow', Action: 'iam:ListSSHPublicKeys', Resource: '*' })
  const { id } = await uploadSshKey(world, 'Dora', 'dora')
  const { SSHPublicKeys = [] } = await world.iam(dora).send(new ListSSHPublicKeysCommand({}))
  assert.deepEqual(
    SSHPublicKeys.map(({ SSHPublicKeyId }) => SSHPublicKeyId),
    [id],
  )
  await assert.rejects(world.iam().send(new ListSSHPublicKeysCommand({})), {
    name: 'ValidationError',
    message: 'Must specify userName when calling with non-User credentials',
  })
})

test('ListSSHPublicKeys refuses a user that does not exist', async () => {
  const { world } = await worldWithKeys()
  await assert.rejects(world.iam().send(new ListSSHPublicKeysCommand({ UserName: 'Nobody' })), {
    name: 'NoSuchEntityException',
    message: 'The user with name Nobody cannot be found.',
  })
})

test('ListSSHPublicKeys needs iam:ListSSHPublicKeys on the user', async () => {
  const { world } = await worldWithKeys()
  await assertNeeds(world, {
    action: 'iam:ListSSHPublicKeys',
    resource: 'arn:aws:iam::123456789012:user/Bob',
    call: (client) => client.send(new ListSSHPublicKeysCommand({ UserName: 'bob' })),
  })
})
