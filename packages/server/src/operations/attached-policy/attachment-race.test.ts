/** What holds of attachments however many calls make them at the same time. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  DeletePolicyCommand,
} from '@aws-sdk/client-iam'
import { pairPrefix } from '../../account/account-tables.ts'
import { createPolicy } from '../../../test/managed-policies.ts'
import { World } from '../../../test/world.ts'
import { listAwsManagedPolicies } from '../../catalogue/aws-managed-policies.ts'

const CALLS = 100

/** 100 policies that can be attached. */
const ARNS = listAwsManagedPolicies()
  .filter(({ path }) => path === '/')
  .slice(0, CALLS)
  .map(({ arn }) => arn)

function successes(results: readonly PromiseSettledResult<unknown>[]): number {
  for (const result of results) {
    if (result.status === 'rejected') assert.match(String(result.reason), /^LimitExceeded/)
  }
  return results.filter(({ status }) => status === 'fulfilled').length
}

test('P-05: of 100 policies attached to a user at the same time exactly 10 are', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  const client = world.iam()
  const results = await Promise.allSettled(
    ARNS.map((PolicyArn) => client.send(new AttachUserPolicyCommand({ UserName: 'Bob', PolicyArn }))),
  )
  assert.deepEqual([ARNS.length, successes(results), world.account.attachments.size], [CALLS, 10, 10])
})

test('P-05: of 100 policies attached to a group at the same time exactly 10 are', async () => {
  const world = await World.create()
  await world.iam().send(new CreateGroupCommand({ GroupName: 'Admins' }))
  const client = world.iam()
  const results = await Promise.allSettled(
    ARNS.map((PolicyArn) => client.send(new AttachGroupPolicyCommand({ GroupName: 'Admins', PolicyArn }))),
  )
  assert.deepEqual([ARNS.length, successes(results), world.account.attachments.size], [CALLS, 10, 10])
})

test('P-05: a policy that is attached and deleted at the same time is either attached or gone', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  const client = world.iam()
  for (let round = 0; round < 20; round += 1) {
    const PolicyArn = await createPolicy(world, `policy-${round}`)
    const calls = [
      () => client.send(new AttachUserPolicyCommand({ UserName: 'Bob', PolicyArn })),
      () => client.send(new DeletePolicyCommand({ PolicyArn })),
    ]
    const ordered = round % 2 === 0 ? calls : calls.toReversed()
    const results = await Promise.allSettled(ordered.map((call) => call()))
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
    const attached = world.account.attachments.scanBy('policy', { prefix: pairPrefix(PolicyArn) }).toArray().length
    assert.equal(attached, world.account.policies.find(`policy-${round}`) === undefined ? 0 : 1)
  }
})
