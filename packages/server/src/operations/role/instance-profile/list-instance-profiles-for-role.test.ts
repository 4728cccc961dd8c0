import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AddRoleToInstanceProfileCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountSummaryCommand,
  ListInstanceProfilesForRoleCommand,
} from '@aws-sdk/client-iam'
import { allPages } from '../../../../test/all-pages.ts'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { createProfile, profileOf, worldWithProfile } from '../../../../test/roles/instance-profiles.ts'
import { createRole } from '../../../../test/roles/roles.ts'
import type { World } from '../../../../test/world.ts'

/** Reader is in the profiles Api, batch and Web; Writer is in none. */
async function worldWithProfiles(): Promise<World> {
  const world = await worldWithProfile()
  await createRole(world, 'Writer')
  for (const InstanceProfileName of ['batch', 'Api']) {
    await createProfile(world, InstanceProfileName)
    await world.iam().send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName: 'Reader' }))
  }
  return world
}

test('ListInstanceProfilesForRole answers the profiles of the role in order of name, page by page', async () => {
  const world = await worldWithProfiles()
  const command = new ListInstanceProfilesForRoleCommand({ RoleName: 'rEADER' })
  const { InstanceProfiles, IsTruncated } = await world.iam().send(command)
  const whole = await Promise.all(['Api', 'batch', 'Web'].map((name) => profileOf(world, name)))
  assert.deepEqual({ InstanceProfiles, IsTruncated }, { InstanceProfiles: whole, IsTruncated: false })
  const pages = await allPages((Marker) =>
    world.iam().send(new ListInstanceProfilesForRoleCommand({ RoleName: 'Reader', MaxItems: 2, Marker })),
  )
  assert.deepEqual(
    pages.map((page) => page.InstanceProfiles),
    [whole.slice(0, 2), whole.slice(2)],
  )
  const none = await world.iam().send(new ListInstanceProfilesForRoleCommand({ RoleName: 'Writer' }))
  assert.deepEqual(none.InstanceProfiles, [])
})

test('ListInstanceProfilesForRole refuses a marker that was given for another role, and a role that does not exist', async () => {
  const world = await worldWithProfiles()
  const list = (RoleName: string, Marker?: string): Promise<{ readonly Marker?: string | undefined }> =>
    world.iam().send(new ListInstanceProfilesForRoleCommand({ RoleName, MaxItems: 1, Marker }))
  const { Marker } = await list('Reader')
  await assert.rejects(list('Writer', Marker), { name: 'ValidationError', message: 'Marker and Filter do not match' })
  await assert.rejects(list('Nobody'), {
    name: 'NoSuchEntityException',
    message: 'The role with name Nobody cannot be found.',
  })
})

test('the profiles of a role are in the details of the account, and are counted', async () => {
  const world = await worldWithProfiles()
  const { RoleDetailList = [] } = await world.iam().send(new GetAccountAuthorizationDetailsCommand({}))
  assert.deepEqual(
    RoleDetailList.map(({ InstanceProfileList = [] }) => InstanceProfileList.map((one) => one.InstanceProfileName)),
    [['Api', 'batch', 'Web'], []],
  )
  assert.deepEqual(RoleDetailList[0]?.InstanceProfileList?.[0], await profileOf(world, 'Api'))
  const { SummaryMap } = await world.iam().send(new GetAccountSummaryCommand({}))
  assert.equal(SummaryMap?.InstanceProfiles, 4)
})

test('ListInstanceProfilesForRole needs its action on the role', async () => {
  await assertNeeds(await worldWithProfile(), {
    action: 'iam:ListInstanceProfilesForRole',
    resource: 'arn:aws:iam::123456789012:role/Reader',
    call: (client) => client.send(new ListInstanceProfilesForRoleCommand({ RoleName: 'reader' })),
  })
})
