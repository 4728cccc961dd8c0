import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeleteInstanceProfileCommand, RemoveRoleFromInstanceProfileCommand } from '@aws-sdk/client-iam'
import { assertNeeds } from '../../../../test/assert-needs.ts'
import { NO_PROFILE, worldWithProfile } from '../../../../test/roles/instance-profiles.ts'
import { World } from '../../../../test/world.ts'

async function remove(world: World, InstanceProfileName: string): Promise<void> {
  await world.iam().send(new DeleteInstanceProfileCommand({ InstanceProfileName }))
}

test('DeleteInstanceProfile removes the profile, whatever the case of its name, and leaves its role alone', async () => {
  const world = await worldWithProfile()
  await assert.rejects(remove(world, 'Web'), {
    name: 'DeleteConflictException',
    message: 'Cannot delete entity, must remove roles from instance profile first.',
  })
  const input = { InstanceProfileName: 'Web', RoleName: 'Reader' }
  await world.iam().send(new RemoveRoleFromInstanceProfileCommand(input))
  await remove(world, 'wEB')
  assert.deepEqual([world.account.instanceProfiles.size, world.account.roles.size], [1, 1])
})

test('DeleteInstanceProfile refuses a profile that does not exist', async () => {
  await assert.rejects(remove(await World.create(), 'Nothing'), NO_PROFILE)
})

test('DeleteInstanceProfile needs iam:DeleteInstanceProfile on the profile', async () => {
  await assertNeeds(await worldWithProfile(), {
    action: 'iam:DeleteInstanceProfile',
    resource: 'arn:aws:iam::123456789012:instance-profile/Free',
    call: (client) => client.send(new DeleteInstanceProfileCommand({ InstanceProfileName: 'free' })),
  })
})
