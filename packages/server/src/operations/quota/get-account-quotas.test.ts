import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_QUOTAS } from '../../account/quotas.ts'
import { World } from '../../../test/world.ts'

test("GetAccountQuotas answers AWS's defaults for an account whose quotas were never changed", async () => {
  const world = await World.create()
  assert.deepEqual(await world.iamd('GetAccountQuotas', {}), {
    Quotas: Object.entries(DEFAULT_QUOTAS).map(([Name, Value]) => ({ Name, Value })),
  })
})

test('GetAccountQuotas answers the quota that was set instead of the default', async () => {
  const world = await World.create()
  await world.change((account) => account.quotas.put({ name: 'UsersQuota', value: 9000 }))
  const answer = JSON.stringify(await world.iamd('GetAccountQuotas', {}))
  assert(answer.includes('{"Name":"UsersQuota","Value":9000}'))
})

test('GetAccountQuotas needs iamd:GetAccountQuotas', async () => {
  const world = await World.create()
  const elsewhere = await world.createUser('Elsewhere', { Effect: 'Allow', Action: 'iam:*', Resource: '*' })
  await assert.rejects(world.iamd('GetAccountQuotas', {}, elsewhere), {
    name: 'AccessDeniedException',
    message: /not authorized to perform: iamd:GetAccountQuotas on resource: \* because/,
  })
  const allowed = await world.createUser('Allowed', { Effect: 'Allow', Action: 'iamd:GetAccountQuotas', Resource: '*' })
  await world.iamd('GetAccountQuotas', {}, allowed)
})
