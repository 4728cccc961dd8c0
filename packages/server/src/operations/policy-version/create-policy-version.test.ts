import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AttachUserPolicyCommand,
  CreatePolicyVersionCommand,
  type CreatePolicyVersionCommandInput,
  DeletePolicyVersionCommand,
  GetPolicyCommand,
  GetUserCommand,
  type PolicyVersion,
} from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy, DOCUMENT, managedDocument } from '../../../test/managed-policies.ts'
import { World } from '../../../test/world.ts'

const TOMORROW = new Date('2026-11-23T12:00:00Z')

async function createVersion(
  world: World,
  PolicyArn: string,
  more: Partial<CreatePolicyVersionCommandInput> = {},
): Promise<PolicyVersion | undefined> {
  const input = { PolicyArn, PolicyDocument: DOCUMENT, ...more }
  return (await world.iam().send(new CreatePolicyVersionCommand(input))).PolicyVersion
}

test('CreatePolicyVersion answers the version without its document, and leaves the default as it was', async () => {
  const world = await World.create()
  const PolicyArn = await createPolicy(world, 'Readers')
  world.now = TOMORROW
  assert.deepEqual(await createVersion(world, PolicyArn), {
    VersionId: 'v2',
    IsDefaultVersion: false,
    CreateDate: TOMORROW,
  })
  const { Policy } = await world.iam().send(new GetPolicyCommand({ PolicyArn }))
  assert.deepEqual([Policy?.DefaultVersionId, Policy?.UpdateDate], ['v1', TOMORROW])
  assert.notDeepEqual(Policy?.CreateDate, TOMORROW)
})

test('CreatePolicyVersion with SetAsDefault changes at once what those may do to whom the policy is attached', async () => {
  const world = await World.create()
  const bob = await world.createUser('Bob')
  const PolicyArn = await createPolicy(world, 'Readers')
  await world.iam().send(new AttachUserPolicyCommand({ UserName: 'Bob', PolicyArn }))
  const PolicyDocument = managedDocument('iam:GetUser')
  await createVersion(world, PolicyArn, { PolicyDocument, SetAsDefault: false })
  await assert.rejects(world.iam(bob).send(new GetUserCommand({})), { name: 'AccessDenied' })
  const version = await createVersion(world, PolicyArn, { PolicyDocument, SetAsDefault: true })
  assert.deepEqual([version?.VersionId, version?.IsDefaultVersion], ['v3', true])
  await world.iam(bob).send(new GetUserCommand({}))
})

test('CreatePolicyVersion refuses the sixth version, and gives no number twice', async () => {
  const world = await World.create()
  const PolicyArn = await createPolicy(world, 'Readers')
  for (let index = 2; index <= 5; index += 1) await createVersion(world, PolicyArn)
  await assert.rejects(createVersion(world, PolicyArn, { SetAsDefault: true }), {
    name: 'LimitExceededException',
    message:
      'A managed policy can have up to 5 versions. ' +
      'Before you create a new version, you must delete an existing version.',
  })
  await world.iam().send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v5' }))
  assert.equal((await createVersion(world, PolicyArn))?.VersionId, 'v6')
})

test('CreatePolicyVersion refuses a document that is no policy, or too long', async () => {
  const world = await World.create()
  const arn = await createPolicy(world, 'Readers')
  await assert.rejects(createVersion(world, arn, { PolicyDocument: '{"Version": "2012-10-17"}' }), {
    name: 'MalformedPolicyDocumentException',
    message: 'Syntax errors in policy.',
  })
  await assert.rejects(createVersion(world, arn, { PolicyDocument: managedDocument(`s3:${'x'.repeat(6144)}`) }), {
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for PolicySize: 6144',
  })
  assert.equal(world.account.policyVersions.size, 1)
})

test('CreatePolicyVersion refuses a policy that does not exist, and those of AWS and other accounts', async () => {
  const world = await World.create()
  const missing = 'arn:aws:iam::123456789012:policy/Nothing'
  await assert.rejects(createVersion(world, missing), {
    name: 'NoSuchEntityException',
    message: `Policy ${missing} does not exist or is not attachable.`,
  })
  for (const arn of [ADMINISTRATOR_ACCESS, 'arn:aws:iam::999999999999:policy/Readers']) {
    await assert.rejects(createVersion(world, arn), {
      name: 'AccessDenied',
      message: /is not authorized to perform: iam:CreatePolicyVersion on resource/,
    })
  }
})

test('CreatePolicyVersion needs iam:CreatePolicyVersion on the policy, also with SetAsDefault', async () => {
  const world = await World.create()
  const resource = await createPolicy(world, 'Readers', { Path: '/team/' })
  await assertNeeds(world, {
    action: 'iam:CreatePolicyVersion',
    resource,
    call: (client) =>
      client.send(
        new CreatePolicyVersionCommand({ PolicyArn: resource, PolicyDocument: DOCUMENT, SetAsDefault: true }),
      ),
  })
})
