import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GetInstanceProfileCommand, TagInstanceProfileCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { NO_PROFILE, profileOf, worldWithProfile } from '../../../../test/roles/instance-profiles.ts'
import { trustPolicy } from '../../../../test/roles/roles.ts'
import { NOON, World } from '../../../../test/world.ts'

test('GetInstanceProfile answers the profile with its role and tags, by its name in whatever case', async () => {
  const world = await worldWithProfile()
  const Tags = [{ Key: 'Team', Value: 'blue' }]
  await world.iam().send(new TagInstanceProfileCommand({ InstanceProfileName: 'Web', Tags }))
  assert.deepEqual(await profileOf(world, 'wEB'), {
    Path: '/team/',
    InstanceProfileName: 'Web',
    InstanceProfileId: world.account.instanceProfiles.find('web')?.id,
    Arn: 'arn:aws:iam::123456789012:instance-profile/team/Web',
    CreateDate: NOON,
    Roles: [
      {
        Path: '/',
        RoleName: 'Reader',
        RoleId: world.account.roles.find('reader')?.id,
        Arn: 'arn:aws:iam::123456789012:role/Reader',
        CreateDate: NOON,
        AssumeRolePolicyDocument: encodeURIComponent(trustPolicy()),
      },
    ],
    Tags,
  })
})

test('GetInstanceProfile refuses a profile that does not exist', async () => {
  await assert.rejects(profileOf(await World.create(), 'Nothing'), NO_PROFILE)
})

test('GetInstanceProfile needs iam:GetInstanceProfile on the profile', async () => {
  await assertNeeds(await worldWithProfile(), {
    action: 'iam:GetInstanceProfile',
    resource: 'arn:aws:iam::123456789012:instance-profile/team/Web',
    call: (client) => client.send(new GetInstanceProfileCommand({ InstanceProfileName: 'web' })),
  })
})
