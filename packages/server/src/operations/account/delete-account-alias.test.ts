import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreateAccountAliasCommand, DeleteAccountAliasCommand, ListAccountAliasesCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { World } from '../../../test/world.ts'

const OTHER = { accessKeyId: 'AKIAOTHERACCOUNT0000', secretAccessKey: 'x'.repeat(40) }

/** An account with the alias acme-prod. */
async function worldWithAlias(): Promise<World> {
  const world = await World.create()
  await world.iam().send(new CreateAccountAliasCommand({ AccountAlias: 'acme-prod' }))
  return world
}

test('DeleteAccountAlias takes the alias from the account and leaves nothing of it', async () => {
  const world = await worldWithAlias()
  await world.iam().send(new DeleteAccountAliasCommand({ AccountAlias: 'acme-prod' }))
  assert.deepEqual((await world.iam().send(new ListAccountAliasesCommand({}))).AccountAliases, [])
  const entry = world.ledger.images.directory.tables.accounts.find(world.accountId)
  assert.equal(JSON.stringify(entry).includes('acme-prod'), false)
  assert.equal(entry?.rootEmail, 'root-123456789012@example.com')
})

test('DeleteAccountAlias refuses an alias that the account does not have, though another has it', async () => {
  const world = await worldWithAlias()
  await world.createAccount('210987654321', OTHER)
  await assert.rejects(world.iam(OTHER).send(new DeleteAccountAliasCommand({ AccountAlias: 'acme-prod' })), {
    name: 'NoSuchEntityException',
    message: 'The account alias acme-prod cannot be found.',
  })
  await assert.rejects(world.iam().send(new DeleteAccountAliasCommand({ AccountAlias: 'acme-test' })), {
    name: 'NoSuchEntityException',
    message: 'The account alias acme-test cannot be found.',
  })
  assert.deepEqual((await world.iam().send(new ListAccountAliasesCommand({}))).AccountAliases, ['acme-prod'])
})

test('DeleteAccountAlias needs iam:DeleteAccountAlias', async () => {
  await assertNeeds(await worldWithAlias(), {
    action: 'iam:DeleteAccountAlias',
    resource: '*',
    call: (client) => client.send(new DeleteAccountAliasCommand({ AccountAlias: 'acme-prod' })),
  })
})
