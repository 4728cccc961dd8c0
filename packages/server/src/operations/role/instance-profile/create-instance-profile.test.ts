import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreateInstanceProfileCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { createProfile } from '../../../../test/roles/instance-profiles.ts'
import { createRole } from '../../../../test/roles/roles.ts'
import { NOON, World } from '../../../../test/world.ts'

test('CreateInstanceProfile answers the new profile, which has no role', async () => {
  const world = await World.create()
  const profile = await createProfile(world, 'Web')
  assert.match(profile.InstanceProfileId ?? '', /^AIPA[A-Z2-7]{17}$/)
  assert.deepEqual(profile, {
    Path: '/',
    InstanceProfileName: 'Web',
    InstanceProfileId: profile.InstanceProfileId,
    Arn: 'arn:aws:iam::123456789012:instance-profile/Web',
    CreateDate: NOON,
    Roles: [],
  })
})

test('CreateInstanceProfile keeps path and tags, whose keys differ by case', async () => {
  const world = await World.create()
  const Tags = [
    { Key: 'TEAM', Value: 'a' },
    { Key: 'team', Value: 'b' },
  ]
  const profile = await createProfile(world, 'Web', { Path: '/team/', Tags })
  assert.equal(profile.Arn, 'arn:aws:iam::123456789012:instance-profile/team/Web')
  assert.deepEqual(profile.Tags, Tags)
})

test('CreateInstanceProfile refuses a name that is taken, in whatever case; a role of that name does not matter', async () => {
  const world = await World.create()
  await createRole(world, 'Web')
  await createProfile(world, 'Web')
  await assert.rejects(createProfile(world, 'wEB', { Path: '/team/' }), {
    name: 'EntityAlreadyExistsException',
    message: 'Instance Profile wEB already exists.',
  })
})

test('CreateInstanceProfile refuses one profile more than the quota allows, and tags that may not be', async () => {
  const world = await World.create()
  await assert.rejects(createProfile(world, 'Web', { Tags: [{ Key: 'aws:x', Value: '' }] }), {
    name: 'InvalidInputException',
  })
  await world.change((account) => account.quotas.put({ name: 'InstanceProfilesQuota', value: 1 }))
  await createProfile(world, 'One')
  await assert.rejects(createProfile(world, 'Two'), {
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for InstanceProfilesPerAccount: 1',
  })
})

test('CreateInstanceProfile needs its action on the profile at the path that is asked for', async () => {
  await assertNeeds(await World.create(), {
    action: 'iam:CreateInstanceProfile',
    resource: 'arn:aws:iam::123456789012:instance-profile/team/Web',
    call: (client) => client.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'Web', Path: '/team/' })),
  })
})

test('CreateInstanceProfile with tags needs iam:TagInstanceProfile too', async () => {
  const world = await World.create()
  const Resource = 'arn:aws:iam::123456789012:instance-profile/Web'
  const command = new CreateInstanceProfileCommand({
    InstanceProfileName: 'Web',
    Tags: [{ Key: 'Team', Value: 'blue' }],
  })
  const Action = 'iam:CreateInstanceProfile'
  const creator = await world.createUser('Creator', { Effect: 'Allow', Action, Resource })
  await assert.rejects(world.iam(creator).send(command), {
    name: 'AccessDenied',
    message: /not authorized to perform: iam:TagInstanceProfile on resource/,
  })
  const tagger = await world.createUser('Tagger', {
    Effect: 'Allow',
    Action: [Action, 'iam:TagInstanceProfile'],
    Resource,
    Condition: { StringEquals: { 'aws:RequestTag/Team': 'blue', 'aws:TagKeys': 'Team' } },
  })
  await assert.rejects(world.iam(tagger).send(command), { name: 'AccessDenied' }, 'a list of keys matches no scalar')
  const lister = await world.createUser(
    'Lister',
    { Effect: 'Allow', Action, Resource, Condition: { StringEquals: { 'aws:RequestTag/Team': 'blue' } } },
    {
      Effect: 'Allow',
      Action: 'iam:TagInstanceProfile',
      Resource,
      Condition: {
        StringEquals: { 'aws:RequestTag/Team': 'blue', 'aws:ResourceTag/Team': 'blue' },
        'ForAllValues:StringEquals': { 'aws:TagKeys': ['Team'] },
      },
    },
  )
  await world.iam(lister).send(command)
})
