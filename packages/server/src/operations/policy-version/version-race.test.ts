/** What holds of a policy however many calls change it at the same time. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreatePolicyVersionCommand, DeletePolicyVersionCommand, type IAMClient } from '@aws-sdk/client-iam'
import fc from 'fast-check'
import { createPolicy, DOCUMENT } from '../../../test/managed-policies.ts'
import { World } from '../../../test/world.ts'
import { versionsOf } from './policy-versions.ts'

const CALLS = 100

test('P-05: of 100 CreatePolicyVersion at the same time exactly four succeed, each with a number of its own', async () => {
  const world = await World.create()
  const PolicyArn = await createPolicy(world, 'Readers')
  const command = new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: DOCUMENT, SetAsDefault: true })
  const results = await Promise.allSettled(Array.from({ length: CALLS }, () => world.iam().send(command)))
  const ids = results.flatMap((result) => (result.status === 'fulfilled' ? result.value.PolicyVersion?.VersionId : []))
  assert.deepEqual(new Set(ids), new Set(['v2', 'v3', 'v4', 'v5']))
  assert.equal(ids.length, 4)
  for (const result of results) {
    if (result.status === 'rejected') assert.match(String(result.reason), /^LimitExceeded/)
  }
  assert.equal(world.account.policyVersions.size, 5)
})

interface Call {
  /** The version to delete; undefined for one to create. */
  readonly deleted: number | undefined
  readonly setAsDefault: boolean
}

/** Makes the call and returns the id that it was given; undefined for a deletion, and for a call that was refused. */
async function run(client: IAMClient, PolicyArn: string, { deleted, setAsDefault }: Call): Promise<string | undefined> {
  try {
    if (deleted !== undefined) {
      await client.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: `v${deleted}` }))
      return undefined
    }
    const input = { PolicyArn, PolicyDocument: DOCUMENT, SetAsDefault: setAsDefault }
    return (await client.send(new CreatePolicyVersionCommand(input))).PolicyVersion?.VersionId
  } catch (error) {
    assert.match(String(error), /^(LimitExceeded|DeleteConflict|NoSuchEntity)/)
    return undefined
  }
}

test('law: a policy never has more than 5 versions, nor one without its default, nor a number twice', async () => {
  const call: fc.Arbitrary<Call> = fc.record({
    deleted: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
    setAsDefault: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(call, { maxLength: 40 }), async (calls) => {
      const world = await World.create()
      const arn = await createPolicy(world, 'Readers')
      const client = world.iam()
      const ids = await Promise.all(calls.map((one) => run(client, arn, one)))
      const given = ids.filter((id) => id !== undefined)
      assert.equal(new Set(given).size, given.length)
      const policy = world.account.policies.find('readers')
      assert(policy !== undefined)
      const versions = versionsOf(world.account, policy.id)
      assert(versions.length <= 5)
      assert(versions.some(({ version }) => version === policy.defaultVersion))
    }),
    { numRuns: 25, seed: 5 },
  )
})
