import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreateAccountAliasCommand, ListAccountAliasesCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { World } from '../../../test/world.ts'

test('ListAccountAliases answers an empty list for an account without an alias', async () => {
  const world = await World.create()
  const answer = await world.iam().send(new ListAccountAliasesCommand({}))
  assert.deepEqual([answer.AccountAliases, answer.IsTruncated, answer.Marker], [[], false, undefined])
})

test('ListAccountAliases answers the one alias, whatever the size of the page', async () => {
  const world = await World.create()
  await world.iam().send(new CreateAccountAliasCommand({ AccountAlias: 'acme-prod' }))
  const answer = await world.iam().send(new ListAccountAliasesCommand({ MaxItems: 1 }))
  assert.deepEqual([answer.AccountAliases, answer.IsTruncated, answer.Marker], [['acme-prod'], false, undefined])
})

test('ListAccountAliases refuses a marker that it has not given', async () => {
  const world = await World.create()
  await assert.rejects(world.iam().send(new ListAccountAliasesCommand({ Marker: 'acme' })), {
    name: 'ValidationError',
    message: 'Marker and Filter do not match',
  })
})

test('ListAccountAliases needs iam:ListAccountAliases', async () => {
  await assertNeeds(await World.create(), {
    action: 'iam:ListAccountAliases',
    resource: '*',
    call: (client) => client.send(new ListAccountAliasesCommand({})),
  })
})
