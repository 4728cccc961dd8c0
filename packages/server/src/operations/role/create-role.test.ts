import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreateRoleCommand, type CreateRoleCommandInput, type IAMClient } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { badBoundaries, SERVICE_LINKED_POLICY } from '../../../test/bad-boundaries.ts'
import { ADMINISTRATOR_ACCESS, createPolicy } from '../../../test/managed-policies.ts'
import { createRole, roleOf, trustPolicy } from '../../../test/roles/roles.ts'
import { NOON, World } from '../../../test/world.ts'

test('CreateRole answers the new role with its trust policy, and neither description nor longest session', async () => {
  const world = await World.create()
  const AssumeRolePolicyDocument = `{ "Version": "2012-10-17",
    "Statement": { "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" } }`
  const role = await createRole(world, 'Reader', {
    AssumeRolePolicyDocument,
    Description: 'reads',
    MaxSessionDuration: 7200,
  })
  assert.match(role.RoleId ?? '', /^AROA[A-Z2-7]{17}$/)
  assert.deepEqual(role, {
    Path: '/',
    RoleName: 'Reader',
    RoleId: role.RoleId,
    Arn: 'arn:aws:iam::123456789012:role/Reader',
    CreateDate: NOON,
    AssumeRolePolicyDocument: role.AssumeRolePolicyDocument,
  })
  assert.equal(decodeURIComponent(role.AssumeRolePolicyDocument ?? ''), AssumeRolePolicyDocument)
  const stored = await roleOf(world, 'Reader')
  assert.deepEqual([stored.Description, stored.MaxSessionDuration], ['reads', 7200])
})

test('CreateRole keeps path, tags and permissions boundary', async () => {
  const world = await World.create()
  const role = await createRole(world, 'Reader', {
    Path: '/team/',
    Tags: [
      { Key: 'Team', Value: 'blue' },
      { Key: 'Cost', Value: '' },
    ],
    PermissionsBoundary: ADMINISTRATOR_ACCESS,
  })
  assert.equal(role.Arn, 'arn:aws:iam::123456789012:role/team/Reader')
  assert.deepEqual(
    role.Tags?.map(({ Key }) => Key),
    ['Cost', 'Team'],
  )
  assert.deepEqual(role.PermissionsBoundary, {
    PermissionsBoundaryType: 'Policy',
    PermissionsBoundaryArn: ADMINISTRATOR_ACCESS,
  })
})

test('CreateRole refuses a name that is taken, in whatever case and at whatever path', async () => {
  const world = await World.create()
  await createRole(world, 'Reader')
  await assert.rejects(createRole(world, 'rEADER', { Path: '/other/' }), {
    name: 'EntityAlreadyExistsException',
    message: 'Role with name rEADER already exists.',
  })
})

test('CreateRole takes the name of a user or a group', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await createRole(world, 'Bob')
})

test('CreateRole refuses one role more than the quota allows', async () => {
  const world = await World.create()
  await world.change((account) => account.quotas.put({ name: 'RolesQuota', value: 1 }))
  await createRole(world, 'One')
  await assert.rejects(createRole(world, 'Two'), {
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for RolesPerAccount: 1',
  })
  assert.equal(world.account.roles.size, 1)
})

/** Sessions in seconds, and what is answered to those that cannot be; the SDK lets every number through. */
test('CreateRole takes sessions of one hour to twelve', async () => {
  const world = await World.create()
  for (const [index, MaxSessionDuration] of [3600, 43_200].entries()) {
    await createRole(world, `role-${index}`, { MaxSessionDuration })
  }
  const message = (bound: string): string =>
    `1 validation error detected: Value at 'maxSessionDuration' failed to satisfy constraint: Member must have value ${bound}`
  await assert.rejects(createRole(world, 'Long', { MaxSessionDuration: 43_201 }), {
    name: 'ValidationError',
    message: message('less than or equal to 43200'),
  })
  await assert.rejects(createRole(world, 'Short', { MaxSessionDuration: 3599 }), {
    name: 'ValidationError',
    message: message('greater than or equal to 3600'),
  })
})

test('CreateRole refuses what is no trust policy, with the first of its faults', async () => {
  const world = await World.create()
  const statement = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }
  for (const [document, message] of [
    ['{', 'This policy contains invalid Json'],
    [{ Statement: { ...statement, Resource: '*' } }, 'Has prohibited field Resource'],
    [{ Statement: { ...statement, Principal: undefined } }, 'Missing required field Principal'],
    [
      { Statement: { ...statement, Action: 's3:GetObject' } },
      'AssumeRole policy may only specify STS AssumeRole actions.',
    ],
    [{ Statement: { ...statement, Principal: { AWS: 'Bob' } } }, 'Invalid principal in policy: "AWS":"Bob"'],
  ] as const) {
    const AssumeRolePolicyDocument = typeof document === 'string' ? document : JSON.stringify(document)
    await assert.rejects(createRole(world, 'Reader', { AssumeRolePolicyDocument }), {
      name: 'MalformedPolicyDocumentException',
      message,
    })
  }
  assert.equal(world.account.roles.size, 0)
})

test('CreateRole refuses a trust policy of more characters than the quota allows, white space not counted', async () => {
  const world = await World.create()
  const document = (id: string): string =>
    JSON.stringify({
      Statement: {
        Sid: id,
        Effect: 'Allow',
        Principal: { Service: 'ec2.amazonaws.com' },
        Action: 'sts:AssumeRole',
      },
    })
  const full = document('x'.repeat(2048 - document('').length))
  await createRole(world, 'Full', { AssumeRolePolicyDocument: full.replaceAll(':{', ' : \n{') })
  const refusal = { name: 'LimitExceededException', message: 'Cannot exceed quota for ACLSizePerRole: 2048' }
  const AssumeRolePolicyDocument = full.replace('x', 'xx')
  await assert.rejects(createRole(world, 'Over', { AssumeRolePolicyDocument }), refusal)
  await world.change((account) => account.quotas.put({ name: 'AssumeRolePolicySizeQuota', value: 2049 }))
  await createRole(world, 'Over', { AssumeRolePolicyDocument })
})

test('CreateRole refuses the path of service-linked roles', async () => {
  const world = await World.create()
  await assert.rejects(createRole(world, 'Reader', { Path: '/aws-service-role/ec2.amazonaws.com/' }), {
    name: 'InvalidInputException',
    message: "Path prefix '/aws-service-role/' can only be used for AWS Service linked Roles",
  })
  await createRole(world, 'Reader', { Path: '/service-role/' })
})

test('CreateRole refuses a permissions boundary that cannot be one, and makes no role then', async () => {
  const world = await World.create()
  for (const { PermissionsBoundary, name, message } of badBoundaries(world.accountId)) {
    // Not in the model of CreateRole, so that the SDK has no class for it.
    const code = name === 'NoSuchEntityException' ? /^NoSuchEntity/ : name
    await assert.rejects(createRole(world, 'Reader', { PermissionsBoundary }), { name: code, message })
  }
  await assert.rejects(createRole(world, 'Reader', { PermissionsBoundary: SERVICE_LINKED_POLICY }), {
    name: /^NoSuchEntity/,
    message: `Scope ARN: ${SERVICE_LINKED_POLICY} does not exist or is not attachable.`,
  })
  assert.equal(world.account.roles.size, 0)
})

test('CreateRole refuses tag keys that differ only in case, and reserved ones', async () => {
  const world = await World.create()
  const Tags = ['team', 'TEAM'].map((Key) => ({ Key, Value: '' }))
  await assert.rejects(createRole(world, 'Reader', { Tags }), {
    name: 'InvalidInputException',
    message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
  })
  await assert.rejects(createRole(world, 'Reader', { Tags: [{ Key: 'aws:x', Value: '' }] }), {
    name: 'InvalidInputException',
  })
})

/** Asks for a role of that client. */
function send(client: IAMClient, more: Partial<CreateRoleCommandInput> = {}): Promise<unknown> {
  const input = { RoleName: 'Reader', AssumeRolePolicyDocument: trustPolicy(), ...more }
  return client.send(new CreateRoleCommand(input))
}

test('CreateRole needs iam:CreateRole on the role at the path that is asked for', async () => {
  await assertNeeds(await World.create(), {
    action: 'iam:CreateRole',
    resource: 'arn:aws:iam::123456789012:role/team/Reader',
    call: (client) => send(client, { Path: '/team/' }),
  })
})

test('CreateRole with tags needs iam:TagRole too, and both see the tags', async () => {
  const world = await World.create()
  const Resource = 'arn:aws:iam::123456789012:role/Reader'
  const creator = await world.createUser('Creator', { Effect: 'Allow', Action: 'iam:CreateRole', Resource })
  const Tags = [{ Key: 'Team', Value: 'blue' }]
  await assert.rejects(send(world.iam(creator), { Tags }), {
    name: 'AccessDenied',
    message: /not authorized to perform: iam:TagRole on resource: arn:aws:iam::123456789012:role\/Reader because/,
  })
  const tagger = await world.createUser('Tagger', {
    Effect: 'Allow',
    Action: ['iam:CreateRole', 'iam:TagRole'],
    Resource,
    Condition: {
      StringEquals: { 'aws:RequestTag/Team': 'blue' },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['Team'] },
    },
  })
  await assert.rejects(send(world.iam(tagger), { Tags: [{ Key: 'Team', Value: 'red' }] }), { name: 'AccessDenied' })
  await send(world.iam(tagger), { Tags })
})

test('CreateRole is decided on the permissions boundary that is sent, and on its absence', async () => {
  const world = await World.create()
  const limit = await createPolicy(world, 'Limit')
  const delegate = await world.createUser('Delegate', {
    Effect: 'Allow',
    Action: 'iam:CreateRole',
    Resource: '*',
    Condition: { StringEquals: { 'iam:PermissionsBoundary': limit } },
  })
  const denied = { name: 'AccessDenied' }
  await assert.rejects(send(world.iam(delegate)), denied)
  await assert.rejects(send(world.iam(delegate), { PermissionsBoundary: ADMINISTRATOR_ACCESS }), denied)
  await send(world.iam(delegate), { PermissionsBoundary: limit })
})
