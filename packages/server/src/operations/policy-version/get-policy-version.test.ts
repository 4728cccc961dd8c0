import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreatePolicyVersionCommand, GetPolicyVersionCommand, type PolicyVersion } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy, managedDocument } from '../../../test/managed-policies.ts'
import { NOON, World } from '../../../test/world.ts'

const ARN = 'arn:aws:iam::123456789012:policy/Readers'

async function get(world: World, PolicyArn: string, VersionId: string): Promise<PolicyVersion | undefined> {
  return (await world.iam().send(new GetPolicyVersionCommand({ PolicyArn, VersionId }))).PolicyVersion
}

test('GetPolicyVersion answers the document as it was sent, with its white space, percent-encoded as RFC 3986 has it', async () => {
  const world = await World.create()
  const PolicyDocument =
    '{ "Version": "2012-10-17",\n\t"Statement": {"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/(é)!"} }'
  await createPolicy(world, 'Readers', { PolicyDocument })
  const version = await get(world, ARN, 'v1')
  assert.deepEqual(version, {
    VersionId: 'v1',
    IsDefaultVersion: true,
    CreateDate: NOON,
    Document: version?.Document,
  })
  assert.match(version?.Document ?? '', /^%7B%20%22Version%22%3A%20%222012-10-17%22%2C%0A%09%22Statement%22/)
  assert.match(version?.Document ?? '', /^[A-Za-z0-9\-._~%]+$/)
  assert.equal(decodeURIComponent(version?.Document ?? ''), PolicyDocument)
})

test('GetPolicyVersion answers the version that is asked for', async () => {
  const world = await World.create()
  await createPolicy(world, 'Readers')
  const PolicyDocument = managedDocument('ec2:*')
  await world.iam().send(new CreatePolicyVersionCommand({ PolicyArn: ARN, PolicyDocument }))
  const version = await get(world, ARN, 'v2')
  assert.deepEqual([version?.IsDefaultVersion, decodeURIComponent(version?.Document ?? '')], [false, PolicyDocument])
})

test('GetPolicyVersion answers the default version of the policies of AWS', async () => {
  const world = await World.create()
  const version = await get(world, ADMINISTRATOR_ACCESS, 'v1')
  assert.equal(version?.IsDefaultVersion, true)
  assert.deepEqual(JSON.parse(decodeURIComponent(version.Document ?? '')), {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  })
  assert(version.CreateDate instanceof Date && version.CreateDate < NOON)
})

test('GetPolicyVersion refuses a version and a policy that do not exist', async () => {
  const world = await World.create()
  await createPolicy(world, 'Readers')
  for (const [arn, id] of [
    [ARN, 'v9'],
    [ARN, 'v1.beta'],
    ['arn:aws:iam::123456789012:policy/Nothing', 'v1'],
    [ADMINISTRATOR_ACCESS, 'v99'],
  ] as const) {
    await assert.rejects(get(world, arn, id), {
      name: 'NoSuchEntityException',
      message: `Policy ${arn} version ${id} does not exist or is not attachable.`,
    })
  }
})

test('GetPolicyVersion refuses what is not the id of a version', async () => {
  await assert.rejects(get(await World.create(), ADMINISTRATOR_ACCESS, 'v2-does-not-exist'), {
    name: 'ValidationError',
    message:
      "1 validation error detected: Value at 'versionId' failed to satisfy constraint: " +
      'Member must satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?',
  })
})

test('GetPolicyVersion needs iam:GetPolicyVersion on the policy', async () => {
  const world = await World.create()
  await createPolicy(world, 'Readers')
  await assertNeeds(world, {
    action: 'iam:GetPolicyVersion',
    resource: ARN,
    call: (client) => client.send(new GetPolicyVersionCommand({ PolicyArn: ARN, VersionId: 'v1' })),
  })
})
