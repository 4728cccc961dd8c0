import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreateUserCommand, GetAccountSummaryCommand } from '@aws-sdk/client-iam'
import { DEFAULT_QUOTAS } from '../../account/quotas.ts'
import { World } from '../../../test/world.ts'

const OTHER = { accessKeyId: 'AKIAOTHERACCOUNT0000', secretAccessKey: 'x'.repeat(40) }

/** What is answered when these hold and every other quota is AWS's default. */
function quotasWith(changed: Readonly<Record<string, number>>): object {
  const all = { ...DEFAULT_QUOTAS, ...changed }
  return { Quotas: Object.entries(all).map(([Name, Value]) => ({ Name, Value })) }
}

test('PutAccountQuotas sets the quotas that are named, keeps the others, and answers all', async () => {
  const world = await World.create()
  const first = await world.iamd('PutAccountQuotas', { Quotas: [{ Name: 'UsersQuota', Value: 9000 }] })
  assert.deepEqual(first, quotasWith({ UsersQuota: 9000 }))
  const Quotas = [
    { Name: 'GroupsQuota', Value: 500 },
    { Name: 'AccessKeysPerUserQuota', Value: 0 },
  ]
  const changed = { UsersQuota: 9000, GroupsQuota: 500, AccessKeysPerUserQuota: 0 }
  assert.deepEqual(await world.iamd('PutAccountQuotas', { Quotas }), quotasWith(changed))
  assert.deepEqual(await world.iamd('PutAccountQuotas', { Quotas: [] }), quotasWith(changed))
  assert.deepEqual(await world.iamd('GetAccountQuotas', {}), quotasWith(changed))
})

test('a quota holds from the next call on, in this account only', async () => {
  const world = await World.create()
  await world.createAccount('210987654321', OTHER)
  await world.iamd('PutAccountQuotas', { Quotas: [{ Name: 'UsersQuota', Value: 1 }] })
  await world.iam().send(new CreateUserCommand({ UserName: 'Bob' }))
  await assert.rejects(world.iam().send(new CreateUserCommand({ UserName: 'Carol' })), {
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for UsersPerAccount: 1',
  })
  for (const UserName of ['Bob', 'Carol']) await world.iam(OTHER).send(new CreateUserCommand({ UserName }))
  const { SummaryMap } = await world.iam().send(new GetAccountSummaryCommand({}))
  assert.equal(SummaryMap?.UsersQuota, 1)
})

test('a quota below what there is takes nothing away', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await world.iamd('PutAccountQuotas', { Quotas: [{ Name: 'UsersQuota', Value: 0 }] })
  assert.equal(world.account.users.size, 1)
})

test('PutAccountQuotas refuses a name that is no quota, and one that is given twice, and then sets none', async () => {
  const world = await World.create()
  const put = (...Names: string[]): Promise<unknown> =>
    world.iamd('PutAccountQuotas', { Quotas: Names.map((Name, Value) => ({ Name, Value })) })
  for (const name of ['Users', 'usersquota', 'constructor', 'toString']) {
    await assert.rejects(put('UsersQuota', name), {
      name: 'ValidationException',
      message: `\`${name}\` is not a quota`,
    })
  }
  await assert.rejects(put('UsersQuota', 'GroupsQuota', 'UsersQuota'), {
    name: 'ValidationException',
    message: 'quota `UsersQuota` is given more than once',
  })
  assert.equal(world.account.quotas.size, 0)
})

test('PutAccountQuotas refuses what its model does not allow', async () => {
  const world = await World.create()
  const wrong = [
    {},
    { Quotas: 'UsersQuota' },
    { Quotas: [{ Name: 'UsersQuota' }] },
    { Quotas: [{ Name: 'UsersQuota', Value: -1 }] },
    { Quotas: [{ Name: 'UsersQuota', Value: 1_000_000_001 }] },
    { Quotas: [{ Name: 'UsersQuota', Value: 1.5 }] },
    { Quotas: [{ Name: '__proto__', Value: 1 }] },
  ]
  for (const input of wrong) {
    await assert.rejects(world.iamd('PutAccountQuotas', input), /Exception/, JSON.stringify(input))
  }
  assert.equal(world.account.quotas.size, 0)
})

test('PutAccountQuotas needs iamd:PutAccountQuotas, which iam:* is not', async () => {
  const world = await World.create()
  const input = { Quotas: [{ Name: 'UsersQuota', Value: 9000 }] }
  const elsewhere = await world.createUser('Elsewhere', {
    Effect: 'Allow',
    Action: ['iam:*', 'iamd:GetAccountQuotas'],
    Resource: '*',
  })
  await assert.rejects(world.iamd('PutAccountQuotas', input, elsewhere), {
    name: 'AccessDeniedException',
    message:
      'User: arn:aws:iam::123456789012:user/Elsewhere is not authorized to perform: iamd:PutAccountQuotas on resource: * ' +
      'because no identity-based policy allows the iamd:PutAccountQuotas action',
  })
  assert.equal(world.account.quotas.size, 0)
  const allowed = await world.createUser('Allowed', { Effect: 'Allow', Action: 'iamd:PutAccountQuotas', Resource: '*' })
  await world.iamd('PutAccountQuotas', input, allowed)
})
