import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AttachUserPolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DetachUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy, DOCUMENT } from '../../../test/managed-policies.ts'
import { World } from '../../../test/world.ts'

async function remove(world: World, PolicyArn: string): Promise<void> {
  await world.iam().send(new DeletePolicyCommand({ PolicyArn }))
}

test('DeletePolicy deletes the policy with its default version and leaves nothing behind', async () => {
  const world = await World.create()
  const arn = await createPolicy(world, 'Readers')
  await remove(world, arn)
  assert.deepEqual([world.account.policies.size, world.account.policyVersions.size], [0, 0])
  await assert.rejects(remove(world, arn), {
    name: 'NoSuchEntityException',
    message: `Policy ${arn} does not exist or is not attachable.`,
  })
})

test('DeletePolicy refuses a policy that is attached, until it is detached', async () => {
  const world = await World.create()
  const arn = await createPolicy(world, 'Readers')
  await world.createUser('Bob')
  await world.iam().send(new AttachUserPolicyCommand({ UserName: 'Bob', PolicyArn: arn }))
  await assert.rejects(remove(world, arn), {
    name: 'DeleteConflictException',
    message: 'Cannot delete a policy attached to entities.',
  })
  await world.iam().send(new DetachUserPolicyCommand({ UserName: 'Bob', PolicyArn: arn }))
  await remove(world, arn)
})

test('DeletePolicy refuses a policy that has more versions, until they are deleted', async () => {
  const world = await World.create()
  const arn = await createPolicy(world, 'Readers')
  const version = { PolicyArn: arn, PolicyDocument: DOCUMENT, SetAsDefault: true }
  await world.iam().send(new CreatePolicyVersionCommand(version))
  await assert.rejects(remove(world, arn), {
    name: 'DeleteConflictException',
    message:
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. " +
      'The default version is deleted with the policy.',
  })
  await world.iam().send(new DeletePolicyVersionCommand({ PolicyArn: arn, VersionId: 'v1' }))
  await remove(world, arn)
  assert.equal(world.account.policyVersions.size, 0)
})

test('DeletePolicy refuses the policies of AWS and of other accounts', async () => {
  const world = await World.create()
  await createPolicy(world, 'Readers')
  for (const arn of [ADMINISTRATOR_ACCESS, 'arn:aws:iam::999999999999:policy/Readers']) {
    await assert.rejects(remove(world, arn), {
      name: 'AccessDenied',
      message:
        `User: arn:aws:iam::123456789012:root is not authorized to perform: iam:DeletePolicy on resource: ${arn} ` +
        'because no resource-based policy allows the iam:DeletePolicy action',
    })
  }
})

test('DeletePolicy refuses what is not the ARN of a policy', async () => {
  await assert.rejects(remove(await World.create(), 'arn:aws:iam::123456789012:policy'), {
    name: 'InvalidInputException',
    message: 'ARN arn:aws:iam::123456789012:policy is not valid.',
  })
})

test('DeletePolicy needs iam:DeletePolicy on the policy', async () => {
  const world = await World.create()
  const resource = await createPolicy(world, 'Readers', { Path: '/team/' })
  await assertNeeds(world, {
    action: 'iam:DeletePolicy',
    resource,
    call: (client) => client.send(new DeletePolicyCommand({ PolicyArn: resource })),
  })
})
