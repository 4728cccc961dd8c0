import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreatePolicyVersionCommand,
  DeletePolicyVersionCommand,
  ListPolicyVersionsCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam'
import { allPages } from '../../../test/all-pages.ts'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy, DOCUMENT } from '../../../test/managed-policies.ts'
import { NOON, World } from '../../../test/world.ts'

const ARN = 'arn:aws:iam::123456789012:policy/Readers'

/** Readers has the versions v1, its default, to the one of that number. */
async function worldWithVersions(count: number): Promise<World> {
  const world = await World.create()
  await createPolicy(world, 'Readers')
  for (let index = 2; index <= count; index += 1) {
    await world.iam().send(new CreatePolicyVersionCommand({ PolicyArn: ARN, PolicyDocument: DOCUMENT }))
  }
  return world
}

test('ListPolicyVersions answers the versions without their documents, newest first', async () => {
  const world = await worldWithVersions(3)
  await world.iam().send(new SetDefaultPolicyVersionCommand({ PolicyArn: ARN, VersionId: 'v2' }))
  const { Versions, IsTruncated, Marker } = await world.iam().send(new ListPolicyVersionsCommand({ PolicyArn: ARN }))
  assert.deepEqual(
    { Versions, IsTruncated, Marker },
    {
      Versions: ['v3', 'v2', 'v1'].map((VersionId) => ({
        VersionId,
        IsDefaultVersion: VersionId === 'v2',
        CreateDate: NOON,
      })),
      IsTruncated: false,
      Marker: undefined,
    },
  )
})

test('ListPolicyVersions counts v10 newer than v9', async () => {
  const world = await worldWithVersions(1)
  for (let index = 2; index <= 10; index += 1) {
    await world.iam().send(new CreatePolicyVersionCommand({ PolicyArn: ARN, PolicyDocument: DOCUMENT }))
    if (index >= 9) continue
    await world.iam().send(new DeletePolicyVersionCommand({ PolicyArn: ARN, VersionId: `v${index}` }))
  }
  const { Versions = [] } = await world.iam().send(new ListPolicyVersionsCommand({ PolicyArn: ARN }))
  assert.deepEqual(
    Versions.map(({ VersionId }) => VersionId),
    ['v10', 'v9', 'v1'],
  )
})

test('ListPolicyVersions pages through the versions, also when one goes between pages', async () => {
  const world = await worldWithVersions(5)
  const pages = await allPages(async (Marker) => {
    const page = await world.iam().send(new ListPolicyVersionsCommand({ PolicyArn: ARN, MaxItems: 2, Marker }))
    if (Marker === undefined) {
      await world.iam().send(new DeletePolicyVersionCommand({ PolicyArn: ARN, VersionId: 'v4' }))
    }
    return page
  })
  assert.deepEqual(
    pages.map(({ Versions = [] }) => Versions.map(({ VersionId }) => VersionId)),
    [['v5', 'v4'], ['v3', 'v2'], ['v1']],
  )
})

test('ListPolicyVersions answers the default version of the policies of AWS', async () => {
  const world = await World.create()
  const PolicyArn = 'arn:aws:iam::aws:policy/IAMUserChangePassword'
  const { Versions = [], IsTruncated } = await world.iam().send(new ListPolicyVersionsCommand({ PolicyArn }))
  assert.deepEqual([Versions.length, Versions[0]?.IsDefaultVersion, IsTruncated], [1, true, false])
  assert.match(Versions[0]?.VersionId ?? '', /^v\d+$/)
})

test('ListPolicyVersions refuses a marker that was given for another policy', async () => {
  const world = await worldWithVersions(2)
  const { Marker } = await world.iam().send(new ListPolicyVersionsCommand({ PolicyArn: ARN, MaxItems: 1 }))
  await assert.rejects(world.iam().send(new ListPolicyVersionsCommand({ PolicyArn: ADMINISTRATOR_ACCESS, Marker })), {
    name: 'ValidationError',
    message: 'Marker and Filter do not match',
  })
})

test('ListPolicyVersions refuses a policy that does not exist', async () => {
  const world = await World.create()
  await assert.rejects(world.iam().send(new ListPolicyVersionsCommand({ PolicyArn: ARN })), {
    name: 'NoSuchEntityException',
    message: `Policy ${ARN} does not exist or is not attachable.`,
  })
})

test('ListPolicyVersions needs iam:ListPolicyVersions on the policy', async () => {
  await assertNeeds(await worldWithVersions(1), {
    action: 'iam:ListPolicyVersions',
    resource: ARN,
    call: (client) => client.send(new ListPolicyVersionsCommand({ PolicyArn: ARN })),
  })
})
