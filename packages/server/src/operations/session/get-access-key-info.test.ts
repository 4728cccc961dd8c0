import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GetAccessKeyInfoCommand, type STSClient } from '@aws-sdk/client-sts'
import { newAccessKeyId } from '../../account/ids.ts'
import { seededBytes, World } from '../../../test/world.ts'

async function accountOf(client: STSClient, AccessKeyId: string): Promise<string | undefined> {
  return (await client.send(new GetAccessKeyInfoCommand({ AccessKeyId }))).Account
}

test('GetAccessKeyInfo answers the account of every key that is here, also one whose id says nothing', async () => {
  const world = await World.create()
  const bob = await world.createUser('Bob')
  const other = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'.repeat(40) }
  await world.createAccount('210987654321', other)
  assert.equal(await accountOf(world.sts(), bob.accessKeyId), '123456789012')
  assert.equal(await accountOf(world.sts(), other.accessKeyId), '210987654321')
})

test('GetAccessKeyInfo answers the account that an id encodes, whether there is such a key or not', async () => {
  const world = await World.create()
  for (const prefix of ['AKIA', 'ASIA'] as const) {
    const id = newAccessKeyId(prefix, '000000000042', seededBytes(prefix))
    assert.equal(await accountOf(world.sts(), id), '000000000042')
  }
})

test('GetAccessKeyInfo refuses an id without an account, and does not repeat it', async () => {
  const world = await World.create()
  for (const id of ['AKIAIOSFODNN7EXAMPLE', 'notAnAccessKeyIdAtAll', 'AIDACKCEVSQ6C2EXAMPLE', 'akiaqqqqqqqqqqqqqqqq']) {
    await assert.rejects(accountOf(world.sts(), id), {
      name: 'ValidationError',
      message: 'The specified value for accessKeyId is invalid.',
    })
  }
})

test('GetAccessKeyInfo needs sts:GetAccessKeyInfo', async () => {
  const world = await World.create()
  const other = await world.createUser('Other', { Effect: 'Allow', Action: ['iam:*', 'sts:GetCaller*'], Resource: '*' })
  await assert.rejects(accountOf(world.sts(other), other.accessKeyId), {
    name: 'AccessDenied',
    message: /not authorized to perform: sts:GetAccessKeyInfo/,
  })
  const bob = await world.createUser('Bob', { Effect: 'Allow', Action: 'sts:GetAccessKeyInfo', Resource: '*' })
  assert.equal(await accountOf(world.sts(bob), bob.accessKeyId), '123456789012')
})
