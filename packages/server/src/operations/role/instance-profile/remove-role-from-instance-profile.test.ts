import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeleteRoleCommand, RemoveRoleFromInstanceProfileCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { NO_PROFILE, profileOf, worldWithProfile } from '../../../../test/roles/instance-profiles.ts'
import { createRole } from '../../../../test/roles/roles.ts'
import type { World } from '../../../../test/world.ts'

async function remove(world: World, InstanceProfileName: string, RoleName: string): Promise<void> {
  await world.iam().send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName }))
}

test('RemoveRoleFromInstanceProfile takes the role out of the profile, and the role can be deleted then', async () => {
  const world = await worldWithProfile()
  await remove(world, 'wEB', 'rEADER')
  assert.deepEqual((await profileOf(world, 'Web')).Roles, [])
  await world.iam().send(new DeleteRoleCommand({ RoleName: 'Reader' }))
})

test('RemoveRoleFromInstanceProfile refuses what does not exist, and a role that is not in the profile', async () => {
  const world = await worldWithProfile()
  await createRole(world, 'Writer')
  await assert.rejects(remove(world, 'Nothing', 'Reader'), NO_PROFILE)
  const name = 'NoSuchEntityException'
  await assert.rejects(remove(world, 'Web', 'Nobody'), { name, message: 'The role with name Nobody cannot be found.' })
  for (const [profile, role] of [
    ['Web', 'Writer'],
    ['Free', 'Reader'],
  ] as const) {
    const message = `The role with name ${role} cannot be found in Instance Profile ${profile}.`
    await assert.rejects(remove(world, profile, role), { name, message })
  }
  assert.equal((await profileOf(world, 'Web')).Roles?.length, 1)
})

test('RemoveRoleFromInstanceProfile needs its action on the profile, and not to pass the role', async () => {
  await assertNeeds(await worldWithProfile(), {
    action: 'iam:RemoveRoleFromInstanceProfile',
    resource: 'arn:aws:iam::123456789012:instance-profile/team/Web',
    call: (client) =>
      client.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName: 'web', RoleName: 'reader' })),
  })
})
