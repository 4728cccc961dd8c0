import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreateUserCommand, type IAMClient, type Tag } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { badBoundaries, SERVICE_LINKED_POLICY } from '../../../test/bad-boundaries.ts'
import { ADMINISTRATOR_ACCESS, createPolicy } from '../../../test/managed-policies.ts'
import { NOON, World } from '../../../test/world.ts'

test('CreateUser answers the new user, at path `/` and without tags when none are asked for', async () => {
  const world = await World.create()
  const { User } = await world.iam().send(new CreateUserCommand({ UserName: 'Bob' }))
  assert.match(User?.UserId ?? '', /^AIDA[A-Z2-7]{17}$/)
  assert.deepEqual(User, {
    Path: '/',
    UserName: 'Bob',
    UserId: User?.UserId,
    Arn: 'arn:aws:iam::123456789012:user/Bob',
    CreateDate: NOON,
  })
})

test('CreateUser keeps the path and the tags that are asked for', async () => {
  const world = await World.create()
  const { User } = await world.iam().send(
    new CreateUserCommand({
      UserName: 'Bob',
      Path: '/division_abc/subdivision_xyz/',
      Tags: [
        { Key: 'Team', Value: 'blue' },
        { Key: 'Cost', Value: '' },
      ],
    }),
  )
  assert.equal(User?.Path, '/division_abc/subdivision_xyz/')
  assert.equal(User?.Arn, 'arn:aws:iam::123456789012:user/division_abc/subdivision_xyz/Bob')
  assert.deepEqual(User?.Tags, [
    { Key: 'Cost', Value: '' },
    { Key: 'Team', Value: 'blue' },
  ])
})

test('CreateUser refuses a name that is taken, in whatever case and at whatever path', async () => {
  const world = await World.create()
  await world.createUser('Bob')
  await assert.rejects(world.iam().send(new CreateUserCommand({ UserName: 'bOB', Path: '/other/' })), {
    name: 'EntityAlreadyExistsException',
    message: 'User with name bOB already exists.',
  })
})

test('N-08: CreateUser refuses one user more than the quota allows', async () => {
  const world = await World.create()
  await world.change((account) => account.quotas.put({ name: 'UsersQuota', value: 1 }))
  await world.iam().send(new CreateUserCommand({ UserName: 'Bob' }))
  await assert.rejects(world.iam().send(new CreateUserCommand({ UserName: 'Carol' })), {
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for UsersPerAccount: 1',
  })
  assert.equal(world.account.users.size, 1)
})

test('CreateUser gives the user a permissions boundary, of the account or of AWS, and answers it', async () => {
  const world = await World.create()
  const own = await createPolicy(world, 'Limit', { Path: '/team/' })
  for (const [UserName, PermissionsBoundary] of [
    ['Ann', own],
    ['Bob', ADMINISTRATOR_ACCESS],
  ] as const) {
    const { User } = await world.iam().send(new CreateUserCommand({ UserName, PermissionsBoundary }))
    const expected = { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: PermissionsBoundary }
    assert.deepEqual(User?.PermissionsBoundary, expected)
  }
})

test('CreateUser refuses a permissions boundary that is not there, and makes no user then', async () => {
  const world = await World.create()
  for (const { PermissionsBoundary, name, message } of badBoundaries(world.accountId)) {
    const command = new CreateUserCommand({ UserName: 'Bob', PermissionsBoundary })
    await assert.rejects(world.iam().send(command), { name, message })
  }
  const command = new CreateUserCommand({ UserName: 'Bob', PermissionsBoundary: SERVICE_LINKED_POLICY })
  await assert.rejects(world.iam().send(command), {
    name: 'NoSuchEntityException',
    message: `Scope ARN: ${SERVICE_LINKED_POLICY} does not exist or is not attachable.`,
  })
  assert.equal(world.account.users.size, 0)
})

test('CreateUser is decided on the permissions boundary that is sent, and on its absence', async () => {
  const world = await World.create()
  const limit = await createPolicy(world, 'Limit')
  const other = await createPolicy(world, 'Other')
  const delegate = await world.createUser('Delegate', {
    Effect: 'Allow',
    Action: 'iam:CreateUser',
    Resource: '*',
    Condition: { StringEquals: { 'iam:PermissionsBoundary': limit } },
  })
  const create = (UserName: string, PermissionsBoundary?: string): Promise<unknown> =>
    world.iam(delegate).send(new CreateUserCommand({ UserName, PermissionsBoundary }))
  await assert.rejects(create('Bob'), { name: 'AccessDenied' })
  await assert.rejects(create('Bob', other), { name: 'AccessDenied' })
  await create('Bob', limit)
})

test('CreateUser refuses tag keys that differ only in case, and reserved ones', async () => {
  const world = await World.create()
  const create = (Tags: Tag[]): Promise<unknown> => world.iam().send(new CreateUserCommand({ UserName: 'Bob', Tags }))
  await assert.rejects(
    create([
      { Key: 'team', Value: 'a' },
      { Key: 'TEAM', Value: 'b' },
    ]),
    {
      name: 'InvalidInputException',
      message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    },
  )
  await assert.rejects(create([{ Key: 'AWS:team', Value: 'a' }]), { name: 'InvalidInputException' })
  assert.equal(world.account.users.size, 0)
})

test('CreateUser needs iam:CreateUser on the user at the path that is asked for', async () => {
  await assertNeeds(await World.create(), {
    action: 'iam:CreateUser',
    resource: 'arn:aws:iam::123456789012:user/team/Bob',
    call: (client) => client.send(new CreateUserCommand({ UserName: 'Bob', Path: '/team/' })),
  })
})

test('CreateUser with tags needs iam:TagUser too, and both see the tags', async () => {
  const world = await World.create()
  const create = (client: IAMClient, value: string): Promise<unknown> =>
    client.send(new CreateUserCommand({ UserName: 'Bob', Tags: [{ Key: 'Team', Value: value }] }))
  const Resource = 'arn:aws:iam::123456789012:user/Bob'
  const creator = await world.createUser('Creator', { Effect: 'Allow', Action: 'iam:CreateUser', Resource })
  await assert.rejects(create(world.iam(creator), 'blue'), {
    name: 'AccessDenied',
    message: /not authorized to perform: iam:TagUser on resource: arn:aws:iam::123456789012:user\/Bob because/,
  })
  const Condition = {
    StringEquals: { 'aws:RequestTag/Team': 'blue' },
    'ForAllValues:StringEquals': { 'aws:TagKeys': ['Team'] },
  }
  const tagger = await world.createUser('Tagger', {
    Effect: 'Allow',
    Action: ['iam:CreateUser', 'iam:TagUser'],
    Resource,
    Condition,
  })
  await assert.rejects(create(world.iam(tagger), 'red'), { name: 'AccessDenied' })
  await create(world.iam(tagger), 'blue')
})
