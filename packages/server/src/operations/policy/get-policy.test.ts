import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AttachUserPolicyCommand, GetPolicyCommand, type Policy } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy } from '../../../test/managed-policies.ts'
import { NOON, World } from '../../../test/world.ts'

async function get(world: World, PolicyArn: string): Promise<Policy | undefined> {
  return (await world.iam().send(new GetPolicyCommand({ PolicyArn }))).Policy
}

test('GetPolicy answers the description, the tags in order of key, and how often the policy is attached', async () => {
  const world = await World.create()
  const Tags = [
    { Key: 'b', Value: '1' },
    { Key: 'B', Value: '' },
  ]
  const arn = await createPolicy(world, 'Readers', { Path: '/team/', Description: 'Reads.', Tags })
  for (const UserName of ['Bob', 'Carol']) {
    await world.createUser(UserName)
    await world.iam().send(new AttachUserPolicyCommand({ UserName, PolicyArn: arn }))
  }
  assert.deepEqual(await get(world, arn), {
    PolicyName: 'Readers',
    PolicyId: world.account.policies.find('readers')?.id,
    Arn: arn,
    Path: '/team/',
    DefaultVersionId: 'v1',
    AttachmentCount: 2,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    Description: 'Reads.',
    CreateDate: NOON,
    UpdateDate: NOON,
    Tags: Tags.toReversed(),
  })
})

test('GetPolicy answers an empty list of tags and no description when there are none', async () => {
  const world = await World.create()
  const policy = await get(world, await createPolicy(world, 'Readers'))
  assert.deepEqual([policy?.Tags, policy?.Description], [[], undefined])
})

test('GetPolicy answers the policies of AWS, with the attachments of this account', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await world.iam().send(new AttachUserPolicyCommand({ UserName: 'Bob', PolicyArn: ADMINISTRATOR_ACCESS }))
  const policy = await get(world, ADMINISTRATOR_ACCESS)
  assert.match(policy?.PolicyId ?? '', /^ANPA[A-Z2-7]{17}$/)
  assert.deepEqual(policy, {
    PolicyName: 'AdministratorAccess',
    PolicyId: policy?.PolicyId,
    Arn: ADMINISTRATOR_ACCESS,
    Path: '/',
    DefaultVersionId: 'v1',
    AttachmentCount: 1,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: policy?.CreateDate,
    UpdateDate: policy?.UpdateDate,
    Tags: [],
  })
  assert(policy?.CreateDate instanceof Date && policy.CreateDate < NOON)
  assert(policy.UpdateDate instanceof Date && policy.UpdateDate >= policy.CreateDate)
})

test('GetPolicy refuses a policy that does not exist, or not with exactly this ARN', async () => {
  const world = await World.create()
  await createPolicy(world, 'Readers', { Path: '/team/' })
  for (const arn of [
    'arn:aws:iam::123456789012:policy/Readers',
    'arn:aws:iam::123456789012:policy/team/readers',
    'arn:aws:iam::aws:policy/team/Readers',
  ]) {
    await assert.rejects(get(world, arn), {
      name: 'NoSuchEntityException',
      message: `Policy ${arn} was not found.`,
    })
  }
})

test('GetPolicy refuses the policies of other accounts, of the same name as of any other', async () => {
  const world = await World.create()
  await createPolicy(world, 'Readers')
  for (const name of ['Readers', 'Nothing']) {
    const arn = `arn:aws:iam::999999999999:policy/${name}`
    await assert.rejects(get(world, arn), {
      name: 'AccessDenied',
      message:
        `User: arn:aws:iam::123456789012:root is not authorized to perform: iam:GetPolicy on resource: ${arn} ` +
        'because no resource-based policy allows the iam:GetPolicy action',
    })
  }
})

test('GetPolicy refuses what is not the ARN of a policy', async () => {
  const arn = 'arn:aws:iam::123456789012:group/Readers'
  await assert.rejects(get(await World.create(), arn), {
    name: 'InvalidInputException',
    message: `ARN ${arn} is not valid.`,
  })
})

test('GetPolicy needs iam:GetPolicy on the policy', async () => {
  const world = await World.create()
  const resource = await createPolicy(world, 'Readers', { Path: '/team/' })
  await assertNeeds(world, {
    action: 'iam:GetPolicy',
    resource,
    call: (client) => client.send(new GetPolicyCommand({ PolicyArn: resource })),
  })
  await assertNeeds(await World.create(), {
    action: 'iam:GetPolicy',
    resource: ADMINISTRATOR_ACCESS,
    call: (client) => client.send(new GetPolicyCommand({ PolicyArn: ADMINISTRATOR_ACCESS })),
  })
})

test('GetPolicy is decided on aws:ResourceTag, and not on iam:ResourceTag, which is of users and roles', async () => {
  const world = await World.create()
  const arn = await createPolicy(world, 'Readers', { Tags: [{ Key: 'Team', Value: 'blue' }] })
  const reader = async (name: string, key: string): Promise<unknown> => {
    const Condition = { StringEquals: { [key]: 'blue' } }
    const user = await world.createUser(name, { Effect: 'Allow', Action: 'iam:GetPolicy', Resource: '*', Condition })
    return world.iam(user).send(new GetPolicyCommand({ PolicyArn: arn }))
  }
  await reader('One', 'aws:ResourceTag/Team')
  await assert.rejects(reader('Two', 'aws:ResourceTag/Area'), { name: 'AccessDenied' })
  await assert.rejects(reader('Three', 'iam:ResourceTag/Team'), { name: 'AccessDenied' })
})
