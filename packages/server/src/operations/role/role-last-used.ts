import type { OperationName, RoleLastUsed } from '@iamd/wire'
import type { ReadScene } from '../scene.ts'

/** When and where sessions of the role last asked for something, also what they were denied; empty when they never did. */
export function roleLastUsed(
  activity: Pick<ReadScene<OperationName>['activity'], 'actionsLastUsed'>,
  roleId: string,
): RoleLastUsed {
  const [first, ...others] = activity.actionsLastUsed(roleId)
  if (first === undefined) return {}
  const latest = others.reduce((last, use) => (use.time > last.time ? use : last), first)
  return { LastUsedDate: new Date(latest.time), Region: latest.region }
}
