import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { World } from '../../../test/world.ts'

test('the root user is told its account, the account number as its id, and its ARN', async () => {
  const world = await World.create()
  const { $metadata, ...identity } = await world.sts().send(new GetCallerIdentityCommand({}))
  assert.equal($metadata.httpStatusCode, 200)
  assert.deepEqual(identity, {
    UserId: '123456789012',
    Account: '123456789012',
    Arn: 'arn:aws:iam::123456789012:root',
  })
})

test('a user without any permission is told who it is, and so is one under an explicit deny', async () => {
  const world = await World.create()
  const nobody = await world.createUser('nobody')
  const denied = await world.createUser('denied', { Effect: 'Deny', Action: '*', Resource: '*' })
  for (const [name, credentials] of [
    ['nobody', nobody],
    ['denied', denied],
  ] as const) {
    const { Arn, UserId, Account } = await world.sts(credentials).send(new GetCallerIdentityCommand({}))
    assert.equal(Arn, `arn:aws:iam::123456789012:user/${name}`)
    assert.match(UserId ?? '', /^AIDA[A-Z2-7]{17}$/)
    assert.equal(Account, '123456789012')
  }
})

test('A-25: the answer holds nothing that the caller sent', async () => {
  const world = await World.create()
  const { $metadata: _, ...identity } = await world.sts().send(new GetCallerIdentityCommand({}))
  assert.deepEqual(Object.keys(identity).toSorted(), ['Account', 'Arn', 'UserId'])
})
