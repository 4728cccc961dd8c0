/** Instance profiles: how they are found, named and shown, and which role each has. */
import type { ContextValue } from '@iamd/policy'
import type { Fault, InstanceProfile } from '@iamd/wire'
import { type AccountReader, nameKey, pairKey, pairPrefix } from '../account-tables.ts'
import { instanceProfileArn } from '../arns.ts'
import type { InstanceProfileRecord } from '../records.ts'
import { awsResourceTagContext, tagsView } from '../tags.ts'
import { type RoleScene, roleView } from './role.ts'

/** The instance profile of that name, or the fault that AWS answers when there is none. */
export function getInstanceProfile(
  account: AccountReader,
  name: string,
  error: (code: 'NoSuchEntity', message: string) => Fault,
): InstanceProfileRecord {
  const profile = account.instanceProfiles.find(nameKey(name))
  if (profile === undefined) throw error('NoSuchEntity', `Instance Profile ${name} cannot be found.`)
  return profile
}

/** What to authorise on for an operation on the instance profile of that name, as `roleResource` does for roles. */
export function instanceProfileResource(
  { account, accountId }: { readonly account: AccountReader; readonly accountId: string },
  name: string,
): { readonly resource: string; readonly context: Readonly<Record<string, ContextValue>> } {
  const profile = account.instanceProfiles.find(nameKey(name))
  return {
    resource: instanceProfileArn(accountId, profile?.path ?? '/', profile?.name ?? name),
    context: awsResourceTagContext(profile?.tags ?? []),
  }
}

/** The instance profiles that have the role, in order of name; after the one whose name's key is `after`, when given. */
export function profilesOfRole(
  account: AccountReader,
  roleId: string,
  after?: string,
): IteratorObject<InstanceProfileRecord> {
  const range = { prefix: pairPrefix(roleId), after: after === undefined ? undefined : pairKey(roleId, after) }
  return account.instanceProfiles.scanBy('role', range)
}

export type InstanceProfileScene = RoleScene & { readonly account: AccountReader }

/** An instance profile with its role, as List operations show it: without tags (IAM API Reference, ListInstanceProfiles). */
export function instanceProfileView(profile: InstanceProfileRecord, scene: InstanceProfileScene): InstanceProfile {
  const role = profile.roleId === undefined ? undefined : scene.account.roles.findBy('id', profile.roleId)
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: instanceProfileArn(scene.accountId, profile.path, profile.name),
    CreateDate: new Date(profile.createdAt),
    Roles: role === undefined ? [] : [roleView(role, scene)],
  }
}

/** As CreateInstanceProfile and GetInstanceProfile show it: with its tags, when it has any. */
export function wholeInstanceProfileView(profile: InstanceProfileRecord, scene: InstanceProfileScene): InstanceProfile {
  const { tags } = profile
  return { ...instanceProfileView(profile, scene), Tags: tags.length === 0 ? undefined : tagsView(tags) }
}
