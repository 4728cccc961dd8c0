/** Instance profiles for the tests that need some. */
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  type CreateInstanceProfileCommandInput,
  GetInstanceProfileCommand,
  type InstanceProfile,
} from '@aws-sdk/client-iam'
import { createRole } from './roles.ts'
import { World } from '../world.ts'

/** Makes an instance profile as the root user. */
export async function createProfile(
  world: World,
  InstanceProfileName: string,
  more: Omit<CreateInstanceProfileCommandInput, 'InstanceProfileName'> = {},
): Promise<InstanceProfile> {
  const command = new CreateInstanceProfileCommand({ InstanceProfileName, ...more })
  const { InstanceProfile } = await world.iam().send(command)
  if (InstanceProfile === undefined) throw new Error('no instance profile was answered')
  return InstanceProfile
}

/** A world in which the profile Web, in /team/, has the role Reader; and the profile Free has none. */
export async function worldWithProfile(): Promise<World> {
  const world = await World.create()
  await createRole(world, 'Reader')
  await createProfile(world, 'Web', { Path: '/team/' })
  await createProfile(world, 'Free')
  const input = { InstanceProfileName: 'Web', RoleName: 'Reader' }
  await world.iam().send(new AddRoleToInstanceProfileCommand(input))
  return world
}

/** The instance profile as GetInstanceProfile answers it. */
export async function profileOf(world: World, InstanceProfileName: string): Promise<InstanceProfile> {
  const { InstanceProfile } = await world.iam().send(new GetInstanceProfileCommand({ InstanceProfileName }))
  if (InstanceProfile === undefined) throw new Error('no instance profile was answered')
  return InstanceProfile
}

/** AWS's refusal of a name that no instance profile has. */
export const NO_PROFILE = {
  name: 'NoSuchEntityException',
  message: 'Instance Profile Nothing cannot be found.',
} as const
