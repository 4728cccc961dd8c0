import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreatePolicyVersionCommand, DeletePolicyVersionCommand, ListPolicyVersionsCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy, DOCUMENT } from '../../../test/managed-policies.ts'
import { World } from '../../../test/world.ts'

const ARN = 'arn:aws:iam::123456789012:policy/Readers'

/** Readers has v1, its default, and v2. */
async function worldWithVersions(): Promise<World> {
  const world = await World.create()
  await createPolicy(world, 'Readers')
  await world.iam().send(new CreatePolicyVersionCommand({ PolicyArn: ARN, PolicyDocument: DOCUMENT }))
  return world
}

async function remove(world: World, VersionId: string, PolicyArn = ARN): Promise<void> {
  await world.iam().send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }))
}

test('DeletePolicyVersion deletes the version and its document', async () => {
  const world = await worldWithVersions()
  await remove(world, 'v2')
  const { Versions = [] } = await world.iam().send(new ListPolicyVersionsCommand({ PolicyArn: ARN }))
  assert.deepEqual(
    Versions.map(({ VersionId }) => VersionId),
    ['v1'],
  )
  assert.equal(world.account.policyVersions.size, 1)
})

test('DeletePolicyVersion refuses the default version', async () => {
  await assert.rejects(remove(await worldWithVersions(), 'v1'), {
    name: 'DeleteConflictException',
    message: 'Cannot delete the default version of a policy.',
  })
})

test('DeletePolicyVersion refuses a version and a policy that do not exist', async () => {
  const world = await worldWithVersions()
  const missing = (arn: string, id: string): { name: string; message: string } => ({
    name: 'NoSuchEntityException',
    message: `Policy ${arn} version ${id} does not exist or is not attachable.`,
  })
  const nothing = 'arn:aws:iam::123456789012:policy/Nothing'
  for (const id of ['v3', 'v2.beta', 'v99999999999999999999']) await assert.rejects(remove(world, id), missing(ARN, id))
  await assert.rejects(remove(world, 'v1', nothing), missing(nothing, 'v1'))
})

test('DeletePolicyVersion refuses what is not the id of a version', async () => {
  await assert.rejects(remove(await worldWithVersions(), 'v0'), { name: 'ValidationError' })
})

test('DeletePolicyVersion refuses the policies of AWS', async () => {
  await assert.rejects(remove(await World.create(), 'v1', ADMINISTRATOR_ACCESS), { name: 'AccessDenied' })
})

test('DeletePolicyVersion needs iam:DeletePolicyVersion on the policy', async () => {
  await assertNeeds(await worldWithVersions(), {
    action: 'iam:DeletePolicyVersion',
    resource: ARN,
    call: (client) => client.send(new DeletePolicyVersionCommand({ PolicyArn: ARN, VersionId: 'v2' })),
  })
})
