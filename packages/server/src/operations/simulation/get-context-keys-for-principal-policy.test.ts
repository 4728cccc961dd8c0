import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  GetContextKeysForPrincipalPolicyCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { createPolicy } from '../../../test/managed-policies.ts'
import { createRole, trustPolicy } from '../../../test/roles/roles.ts'
import { policy, statement } from '../../../test/simulation/simulations.ts'
import { World } from '../../../test/world.ts'

const USER = 'arn:aws:iam::123456789012:user/Ann'

function withKey(key: string): string {
  return policy(statement({ Condition: { StringEquals: { [key]: 'a' } } }))
}

async function principalKeys(world: World, PolicySourceArn: string, ...PolicyInputList: string[]): Promise<unknown> {
  const command = new GetContextKeysForPrincipalPolicyCommand({ PolicySourceArn, PolicyInputList })
  return (await world.iam().send(command)).ContextKeyNames
}

test("GetContextKeysForPrincipalPolicy answers the keys of the request's documents, then of all that apply to the user", async () => {
  const world = await World.create()
  await world.createUser('Ann', {
    Effect: 'Allow',
    Action: '*',
    Resource: '*',
    Condition: { Null: { 'x:own': 'true' } },
  })
  const PolicyArn = await createPolicy(world, 'Both', { PolicyDocument: withKey('x:both') })
  const boundaryArn = await createPolicy(world, 'Limit', { PolicyDocument: withKey('x:boundary') })
  await world.change((account, now) => {
    const addedAt = now.toISOString()
    account.groups.put({ id: 'AGPATEAM', name: 'Team', path: '/', createdAt: addedAt })
    const user = account.users.find('ann')
    assert(user !== undefined)
    account.users.put({ ...user, boundaryArn })
    account.memberships.put({ userId: user.id, groupId: 'AGPATEAM', addedAt })
    account.inlinePolicies.put({ ownerId: 'AGPATEAM', name: 'shared', document: withKey('x:group') })
  })
  await world.iam().send(new AttachUserPolicyCommand({ UserName: 'Ann', PolicyArn }))
  await world.iam().send(new AttachGroupPolicyCommand({ GroupName: 'Team', PolicyArn }))
  const all = ['x:input', 'x:own', 'x:both', 'x:group', 'x:boundary']
  assert.deepEqual(await principalKeys(world, USER, withKey('x:input')), all)
  assert.deepEqual(await principalKeys(world, 'arn:aws:iam::123456789012:group/team'), ['x:group', 'x:both'])
})

test('GetContextKeysForPrincipalPolicy answers the keys of what applies to a role, and none of who trusts it', async () => {
  const world = await World.create()
  const PermissionsBoundary = await createPolicy(world, 'Limit', { PolicyDocument: withKey('x:boundary') })
  const condition = '"Condition":{"StringEquals":{"x:trust":"a"}},"Action"'
  const AssumeRolePolicyDocument = trustPolicy().replace('"Action"', condition)
  await createRole(world, 'Reader', { PermissionsBoundary, AssumeRolePolicyDocument })
  const input = { RoleName: 'Reader', PolicyName: 'own', PolicyDocument: withKey('x:own') }
  await world.iam().send(new PutRolePolicyCommand(input))
  const arn = 'arn:aws:iam::123456789012:role/Reader'
  assert.deepEqual(await principalKeys(world, arn), ['x:own', 'x:boundary'])
})

test('GetContextKeysForPrincipalPolicy refuses whom SimulatePrincipalPolicy would', async () => {
  const world = await World.create()
  await assert.rejects(principalKeys(world, USER), {
    name: 'NoSuchEntityException',
    message: 'Unable to retrieve specified IAM entity.',
  })
  await assert.rejects(principalKeys(world, 'arn:aws:iam::123456789012:root'), { name: 'InvalidInputException' })
})

test('GetContextKeysForPrincipalPolicy needs its action on the entity as it is stored', async () => {
  const world = await World.create()
  await world.createUser('Ann')
  await assertNeeds(world, {
    action: 'iam:GetContextKeysForPrincipalPolicy',
    resource: USER,
    call: (client) =>
      client.send(new GetContextKeysForPrincipalPolicyCommand({ PolicySourceArn: USER.replace('/Ann', '/x/ann') })),
  })
})
