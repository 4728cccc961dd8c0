import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { createRole, createServiceLinkedRole, protectedRole, roleOf, trustPolicy } from '../../../test/roles/roles.ts'
import { World } from '../../../test/world.ts'

async function update(world: World, RoleName: string, PolicyDocument: string): Promise<void> {
  await world.iam().send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }))
}

const LAMBDA = trustPolicy({ Service: 'lambda.amazonaws.com' })

test('UpdateAssumeRolePolicy replaces the trust policy, and nothing else of the role', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  const AssumeRolePolicyDocument = trustPolicy({ AWS: 'arn:aws:iam::123456789012:user/Bob' })
  await createRole(world, 'Reader', { AssumeRolePolicyDocument, Description: 'reads', MaxSessionDuration: 7200 })
  const before = await roleOf(world, 'Reader')
  await update(world, 'rEADER', LAMBDA)
  const after = { ...before, AssumeRolePolicyDocument: encodeURIComponent(LAMBDA) }
  assert.deepEqual(await roleOf(world, 'Reader'), after)
  assert.deepEqual(world.account.roles.find('reader')?.trusted, [])
})

test('UpdateAssumeRolePolicy refuses a document that may not be stored, and then the old one holds', async () => {
  const world = await World.create()
  await createRole(world, 'Reader')
  await assert.rejects(update(world, 'Reader', trustPolicy({ AWS: 'arn:aws:iam::123456789012:user/Nobody' })), {
    name: 'MalformedPolicyDocumentException',
    message: 'Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:user/Nobody"',
  })
  await assert.rejects(update(world, 'Reader', '{}'), { name: 'MalformedPolicyDocumentException' })
  const Service = Array.from({ length: 90 }, () => 'elasticmapreduce.amazonaws.com')
  await assert.rejects(update(world, 'Reader', trustPolicy({ Service })), {
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for ACLSizePerRole: 2048',
  })
  assert.equal((await roleOf(world, 'Reader')).AssumeRolePolicyDocument, encodeURIComponent(trustPolicy()))
})

test('UpdateAssumeRolePolicy refuses a role that does not exist before it looks at the document', async () => {
  const world = await World.create()
  await assert.rejects(update(world, 'Nobody', '{'), {
    name: 'NoSuchEntityException',
    message: 'The role with name Nobody cannot be found.',
  })
})

test('UpdateAssumeRolePolicy refuses a service-linked role', async () => {
  const world = await World.create()
  await createServiceLinkedRole(world, 'AWSServiceRoleForEC2')
  await assert.rejects(update(world, 'AWSServiceRoleForEC2', LAMBDA), protectedRole('AWSServiceRoleForEC2'))
})

test('UpdateAssumeRolePolicy needs iam:UpdateAssumeRolePolicy on the role', async () => {
  const world = await World.create()
  await createRole(world, 'Reader', { Path: '/team/' })
  await assertNeeds(world, {
    action: 'iam:UpdateAssumeRolePolicy',
    resource: 'arn:aws:iam::123456789012:role/team/Reader',
    call: (client) =>
      client.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'reader', PolicyDocument: trustPolicy() })),
  })
})
