import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AttachUserPolicyCommand,
  CreatePolicyVersionCommand,
  GetPolicyCommand,
  GetUserCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy, managedDocument } from '../../../test/managed-policies.ts'
import { NOON, World } from '../../../test/world.ts'

const ARN = 'arn:aws:iam::123456789012:policy/Readers'

/** Readers has v1, its default, and v2, which lets users get themselves. */
async function worldWithVersions(): Promise<World> {
  const world = await World.create()
  await createPolicy(world, 'Readers')
  const PolicyDocument = managedDocument('iam:GetUser')
  await world.iam().send(new CreatePolicyVersionCommand({ PolicyArn: ARN, PolicyDocument }))
  return world
}

async function setDefault(world: World, VersionId: string, PolicyArn = ARN): Promise<void> {
  await world.iam().send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId }))
}

test('SetDefaultPolicyVersion changes at once what those may do to whom the policy is attached', async () => {
  const world = await worldWithVersions()
  const bob = await world.createUser('Bob')
  await world.iam().send(new AttachUserPolicyCommand({ UserName: 'Bob', PolicyArn: ARN }))
  await assert.rejects(world.iam(bob).send(new GetUserCommand({})), { name: 'AccessDenied' })
  await setDefault(world, 'v2')
  await world.iam(bob).send(new GetUserCommand({}))
  await setDefault(world, 'v1')
  await assert.rejects(world.iam(bob).send(new GetUserCommand({})), { name: 'AccessDenied' })
})

test('SetDefaultPolicyVersion leaves the dates of the policy as they are, and may be told what is so already', async () => {
  const world = await worldWithVersions()
  world.now = new Date('2026-11-23T12:00:00Z')
  await setDefault(world, 'v2')
  await setDefault(world, 'v2')
  const { Policy } = await world.iam().send(new GetPolicyCommand({ PolicyArn: ARN }))
  assert.deepEqual([Policy?.DefaultVersionId, Policy?.CreateDate, Policy?.UpdateDate], ['v2', NOON, NOON])
})

test('SetDefaultPolicyVersion refuses a version and a policy that do not exist', async () => {
  const world = await worldWithVersions()
  await assert.rejects(setDefault(world, 'v4'), {
    name: 'NoSuchEntityException',
    message: `Policy ${ARN} version v4 does not exist or is not attachable.`,
  })
  const nothing = 'arn:aws:iam::123456789012:policy/Nothing'
  await assert.rejects(setDefault(world, 'v1', nothing), {
    name: 'NoSuchEntityException',
    message: `Policy ${nothing} version v1 does not exist or is not attachable.`,
  })
})

test('SetDefaultPolicyVersion refuses the policies of AWS', async () => {
  await assert.rejects(setDefault(await World.create(), 'v1', ADMINISTRATOR_ACCESS), { name: 'AccessDenied' })
})

test('SetDefaultPolicyVersion needs iam:SetDefaultPolicyVersion on the policy', async () => {
  await assertNeeds(await worldWithVersions(), {
    action: 'iam:SetDefaultPolicyVersion',
    resource: ARN,
    call: (client) => client.send(new SetDefaultPolicyVersionCommand({ PolicyArn: ARN, VersionId: 'v2' })),
  })
})
