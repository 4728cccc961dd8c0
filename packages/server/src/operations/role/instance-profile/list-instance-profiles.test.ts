import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListInstanceProfilesCommand } from '@aws-sdk/client-iam'
import { allPages } from '../../../../test/all-pages.ts'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { createProfile, worldWithProfile } from '../../../../test/roles/instance-profiles.ts'
import { World } from '../../../../test/world.ts'

test('ListInstanceProfiles answers profiles with their roles, in order of name and without their tags', async () => {
  const world = await worldWithProfile()
  await createProfile(world, 'another', { Tags: [{ Key: 'Team', Value: 'blue' }] })
  const { InstanceProfiles = [], IsTruncated } = await world.iam().send(new ListInstanceProfilesCommand({}))
  assert.deepEqual(
    InstanceProfiles.map(({ InstanceProfileName, Roles = [], Tags }) => [
      InstanceProfileName,
      Roles.map(({ RoleName }) => RoleName),
      Tags,
    ]),
    [
      ['another', [], undefined],
      ['Free', [], undefined],
      ['Web', ['Reader'], undefined],
    ],
  )
  assert.equal(IsTruncated, false)
})

test('ListInstanceProfiles answers those whose path starts with the prefix, page by page', async () => {
  const world = await worldWithProfile()
  await createProfile(world, 'Api', { Path: '/team/blue/' })
  const pages = await allPages((Marker) =>
    world.iam().send(new ListInstanceProfilesCommand({ PathPrefix: '/team/', MaxItems: 1, Marker })),
  )
  assert.deepEqual(
    pages.map(({ InstanceProfiles = [] }) => InstanceProfiles.map(({ InstanceProfileName }) => InstanceProfileName)),
    [['Api'], ['Web']],
  )
  const [{ Marker } = {}] = pages
  await assert.rejects(world.iam().send(new ListInstanceProfilesCommand({ Marker })), {
    name: 'ValidationError',
    message: 'Marker and Filter do not match',
  })
})

test('ListInstanceProfiles needs iam:ListInstanceProfiles on the path that is asked for', async () => {
  await assertNeeds(await World.create(), {
    action: 'iam:ListInstanceProfiles',
    resource: 'arn:aws:iam::123456789012:instance-profile/team/',
    call: (client) => client.send(new ListInstanceProfilesCommand({ PathPrefix: '/team/' })),
  })
})
