import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreateAccountAliasCommand, type IAMClient, ListAccountAliasesCommand } from '@aws-sdk/client-iam'
import fc from 'fast-check'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { World } from '../../../test/world.ts'

const OTHER = { accessKeyId: 'AKIAOTHERACCOUNT0000', secretAccessKey: 'x'.repeat(40) }

/** Two accounts: the clients of their root users. */
async function worldWithTwo(): Promise<readonly [world: World, one: IAMClient, other: IAMClient]> {
  const world = await World.create()
  await world.createAccount('210987654321', OTHER)
  return [world, world.iam(), world.iam(OTHER)]
}

function create(client: IAMClient, AccountAlias: string): Promise<unknown> {
  return client.send(new CreateAccountAliasCommand({ AccountAlias }))
}

async function aliasesOf(client: IAMClient): Promise<readonly string[] | undefined> {
  return (await client.send(new ListAccountAliasesCommand({}))).AccountAliases
}

test('CreateAccountAlias names the account, and only this one', async () => {
  const [, one, other] = await worldWithTwo()
  await create(one, 'acme-prod')
  assert.deepEqual(await aliasesOf(one), ['acme-prod'])
  assert.deepEqual(await aliasesOf(other), [])
})

test('a second alias takes the place of the first, which another account may then have', async () => {
  const [, one, other] = await worldWithTwo()
  await create(one, 'acme-prod')
  await create(one, 'acme-live')
  assert.deepEqual(await aliasesOf(one), ['acme-live'])
  await create(other, 'acme-prod')
  assert.deepEqual(await aliasesOf(other), ['acme-prod'])
})

test('CreateAccountAlias refuses an alias that is taken, by another account or by this one', async () => {
  const [, one, other] = await worldWithTwo()
  await create(one, 'acme-prod')
  const taken = { name: 'EntityAlreadyExistsException', message: 'The account alias acme-prod already exists.' }
  await assert.rejects(create(other, 'acme-prod'), taken)
  await assert.rejects(create(one, 'acme-prod'), taken)
  assert.deepEqual(await aliasesOf(other), [])
  assert.deepEqual(await aliasesOf(one), ['acme-prod'])
})

test('CreateAccountAlias refuses what is no alias', async () => {
  const [world, one] = await worldWithTwo()
  const wrong = ['ab', 'a'.repeat(64), 'Acme', '-acme', 'acme-', 'ac--me', 'ac me', 'ac.me', '123456789012']
  for (const alias of wrong) await assert.rejects(create(one, alias), { name: 'ValidationError' }, alias)
  for (const alias of ['abc', 'a'.repeat(63), '12345678901', 'a-b-c']) await create(one, alias)
  assert.equal(world.ledger.images.directory.tables.accounts.size, 2)
})

test('an alias belongs to one account, however many ask for it at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { minLength: 10, maxLength: 50 }), async (turns) => {
      const [world, one, other] = await worldWithTwo()
      const outcomes = await Promise.allSettled(turns.map((isOne) => create(isOne ? one : other, 'acme-prod')))
      assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
      const holders = [...world.ledger.images.directory.tables.accounts.scan()].filter(
        ({ alias }) => alias === 'acme-prod',
      )
      assert.equal(holders.length, 1)
      const aliases = [await aliasesOf(one), await aliasesOf(other)]
      assert.deepEqual(aliases.flat(), ['acme-prod'])
    }),
    { seed: 2, numRuns: 10 },
  )
})

test('CreateAccountAlias needs iam:CreateAccountAlias', async () => {
  await assertNeeds(await World.create(), {
    action: 'iam:CreateAccountAlias',
    resource: '*',
    call: (client) => create(client, 'acme-prod'),
  })
})
