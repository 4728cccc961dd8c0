import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreatePolicyCommand, GetPolicyCommand, type Policy, type Tag } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../test/assert-needs.ts'
import { ADMINISTRATOR_ACCESS, createPolicy, DOCUMENT, managedDocument } from '../../../test/managed-policies.ts'
import { NOON, World } from '../../../test/world.ts'

/** A valid document of that many characters, not counting `spaces` more. */
function documentOfSize(size: number, spaces = 0): string {
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/' },
  })
  return text.replace('bucket/', `bucket/${'x'.repeat(size - text.length)}`) + ' '.repeat(spaces)
}

/** Makes the policy `Readers`. */
async function create(world: World, PolicyDocument: string, Tags?: Tag[]): Promise<Policy> {
  const { Policy } = await world.iam().send(new CreatePolicyCommand({ PolicyName: 'Readers', PolicyDocument, Tags }))
  assert(Policy !== undefined)
  return Policy
}

test('CreatePolicy answers the policy without its description, and its tags in the order of the request', async () => {
  const world = await World.create()
  const Tags = [
    { Key: 'a', Value: 'lower' },
    { Key: 'A', Value: '' },
  ]
  const input = { PolicyName: 'Readers', Path: '/team/', PolicyDocument: DOCUMENT, Description: 'Reads.', Tags }
  const { Policy } = await world.iam().send(new CreatePolicyCommand(input))
  assert.match(Policy?.PolicyId ?? '', /^ANPA[A-Z2-7]{17}$/)
  assert.deepEqual(Policy, {
    PolicyName: 'Readers',
    PolicyId: Policy?.PolicyId,
    Arn: 'arn:aws:iam::123456789012:policy/team/Readers',
    Path: '/team/',
    DefaultVersionId: 'v1',
    AttachmentCount: 0,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: NOON,
    UpdateDate: NOON,
    Tags,
  })
})

test('CreatePolicy puts the policy into the root path and answers no tags when none are sent', async () => {
  const policy = await create(await World.create(), DOCUMENT)
  assert.equal(policy.Arn, 'arn:aws:iam::123456789012:policy/Readers')
  assert.equal(policy.Path, '/')
  assert.equal(policy.Tags, undefined)
})

test('CreatePolicy refuses a name that is taken, in whatever case and path, and takes the names that AWS uses', async () => {
  const world = await World.create()
  await createPolicy(world, 'Readers')
  await assert.rejects(createPolicy(world, 'READERS', { Path: '/other/' }), {
    name: 'EntityAlreadyExistsException',
    message: 'A policy called READERS already exists. Duplicate names are not allowed.',
  })
  const own = await createPolicy(world, 'AdministratorAccess')
  assert.notEqual(own, ADMINISTRATOR_ACCESS)
  const { Policy } = await world.iam().send(new GetPolicyCommand({ PolicyArn: own }))
  assert.equal(Policy?.Arn, 'arn:aws:iam::123456789012:policy/AdministratorAccess')
})

test('CreatePolicy refuses what is no policy with the first thing that is wrong', async () => {
  const world = await World.create()
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }
  const malformed: readonly (readonly [unknown, string])[] = [
    [{ Statement: statement }, 'Policy document must be version 2012-10-17 or greater.'],
    [{ Version: '2008-10-17', Statement: statement }, 'Policy document must be version 2012-10-17 or greater.'],
    [{ Version: '2012-10-17' }, 'Syntax errors in policy.'],
    [
      { Version: '2012-10-17', Statement: { ...statement, Action: 'GetObject' } },
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    ],
  ]
  for (const [document, message] of malformed) {
    await assert.rejects(create(world, JSON.stringify(document)), {
      name: 'MalformedPolicyDocumentException',
      message,
    })
  }
  await assert.rejects(create(world, '{'), { name: 'MalformedPolicyDocumentException' })
  assert.equal(world.account.policies.size, 0)
})

test('CreatePolicy takes a document of 6,144 characters besides white space, and none of more', async () => {
  const world = await World.create()
  await assert.rejects(create(world, documentOfSize(6145)), {
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for PolicySize: 6144',
  })
  await create(world, documentOfSize(6144, 1000))
})

test('CreatePolicy refuses more policies than the quota allows', async () => {
  const world = await World.create()
  await world.change((account) => account.quotas.put({ name: 'PoliciesQuota', value: 2 }))
  await createPolicy(world, 'one')
  await createPolicy(world, 'two')
  await assert.rejects(createPolicy(world, 'three'), {
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for PoliciesPerAccount: 2',
  })
})

test('CreatePolicy refuses a tag key that is sent twice or that AWS reserves, and leaves nothing behind', async () => {
  const world = await World.create()
  const tag = (Key: string): Tag => ({ Key, Value: '1' })
  await assert.rejects(create(world, DOCUMENT, [tag('a'), tag('a')]), {
    name: 'InvalidInputException',
    message: 'Duplicate tag keys found.',
  })
  await assert.rejects(create(world, DOCUMENT, [tag('aws:a')]), { name: 'InvalidInputException' })
  assert.deepEqual([world.account.policies.size, world.account.policyVersions.size], [0, 0])
})

test('CreatePolicy gives a policy that is made anew another id', async () => {
  const world = await World.create()
  const { PolicyId: first } = await create(world, DOCUMENT)
  await world.change((account) => account.policies.delete('readers'))
  const { PolicyId: second } = await create(world, DOCUMENT)
  assert.notEqual(first, second)
})

test('CreatePolicy needs iam:CreatePolicy on the path and name that are asked for', async () => {
  await assertNeeds(await World.create(), {
    action: 'iam:CreatePolicy',
    resource: 'arn:aws:iam::123456789012:policy/team/Readers',
    call: (client) =>
      client.send(
        new CreatePolicyCommand({ PolicyName: 'Readers', Path: '/team/', PolicyDocument: managedDocument('s3:*') }),
      ),
  })
})

test('CreatePolicy with tags needs iam:TagPolicy too, and is decided on the tags', async () => {
  const world = await World.create()
  const allow = (Action: string): { Effect: 'Allow'; Action: string; Resource: string } => ({
    Effect: 'Allow',
    Action,
    Resource: '*',
  })
  const creator = await world.createUser('Creator', allow('iam:CreatePolicy'))
  const tagger = await world.createUser('Tagger', allow('iam:CreatePolicy'), {
    ...allow('iam:TagPolicy'),
    Condition: { StringEquals: { 'aws:RequestTag/Team': 'blue' } },
  })
  const command = (Value: string): CreatePolicyCommand =>
    new CreatePolicyCommand({ PolicyName: 'Readers', PolicyDocument: DOCUMENT, Tags: [{ Key: 'Team', Value }] })
  await assert.rejects(world.iam(creator).send(command('blue')), {
    name: 'AccessDenied',
    message: /iam:TagPolicy on resource: arn:aws:iam::123456789012:policy\/Readers/,
  })
  await assert.rejects(world.iam(tagger).send(command('red')), { name: 'AccessDenied' })
  await world.iam(tagger).send(command('blue'))
})
