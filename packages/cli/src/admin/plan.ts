import type { AccessKeyStatus, Tag } from '../account/account-api.ts'
import type { AccountState } from './account-state.ts'
import type { AdminRequest, RootLock } from './admin-request.ts'

/** One thing that must be in the account in the end, in the words of its maker. */
export type Thing =
  | { readonly kind: 'group'; readonly groupName: string }
  | { readonly kind: 'policy'; readonly groupName: string; readonly policyArn: string }
  | { readonly kind: 'user'; readonly userName: string; readonly path: string; readonly tags: readonly Tag[] }
  | { readonly kind: 'membership'; readonly userName: string; readonly groupName: string }
  | { readonly kind: 'password'; readonly userName: string; readonly isResetRequired: boolean }
  | { readonly kind: 'access key'; readonly userName: string }

/** What has to be made, what is there already, and what the person should know before saying yes. */
export type Plan = {
  /** The names as they are spelt in the account, or will be. */
  readonly userName: string
  readonly groupName: string
  readonly present: readonly Thing[]
  readonly missing: readonly Thing[]
  readonly notices: readonly string[]
  /** The keys of the root user to lock at the end, and how. */
  readonly rootLock: { readonly how: RootLock; readonly accessKeyIds: readonly string[] } | undefined
}

/**
 * What `iamd admin create` will do in this state: only what is missing. Nothing that is there is ever changed, so a
 * second run has nothing to do. Users and groups are named as they are spelt there, which may differ in case.
 */
export function planAdministrator(request: AdminRequest, state: AccountState): Plan {
  const groupName = state.group?.name ?? request.groupName
  const userName = state.user?.name ?? request.userName
  const things = thingsOf(request, state, { groupName, userName })
  const isPresent = (thing: Thing): boolean => isThere(thing, state)
  return {
    userName,
    groupName,
    present: things.filter(isPresent),
    missing: things.filter((thing) => !isPresent(thing)),
    notices: [...groupNotices(state), ...userNotices(request, state), ...rootNotices(state)],
    rootLock: request.rootLock === undefined ? undefined : planRootLock(request.rootLock, state.rootKeys ?? []),
  }
}

// The order in which they are made: what the user may do comes first, and the secrets come last, so that a failure
// on the way leaves as few of them behind as possible.
function thingsOf(
  request: AdminRequest,
  { user, policyArn }: AccountState,
  { groupName, userName }: Pick<Plan, 'groupName' | 'userName'>,
): readonly Thing[] {
  const { path, tags, requiresPasswordReset: isResetRequired } = request
  return [
    { kind: 'group', groupName },
    { kind: 'policy', groupName, policyArn },
    { kind: 'user', userName, path: user?.path ?? path, tags: user?.tags ?? tags },
    { kind: 'membership', userName, groupName },
    ...(request.wantsConsole ? [{ kind: 'password', userName, isResetRequired } as const] : []),
    ...(request.wantsProgrammatic ? [{ kind: 'access key', userName } as const] : []),
  ]
}

function isThere(thing: Thing, { group, user }: AccountState): boolean {
  switch (thing.kind) {
    case 'group':
      return group !== undefined
    case 'policy':
      return group?.policyArns.includes(thing.policyArn) === true
    case 'user':
      return user !== undefined
    case 'membership':
      return user?.groupNames.includes(thing.groupName) === true
    case 'password':
      return user?.hasPassword === true
    case 'access key':
      return user !== undefined && user.accessKeys.length > 0
    default:
      return thing satisfies never
  }
}

function groupNotices({ group, user, policyArn }: AccountState): readonly string[] {
  if (group === undefined || group.policyArns.includes(policyArn)) return []
  const others = group.userNames.filter((name) => name !== user?.name)
  if (others.length === 0) return []
  return [
    `group \`${group.name}\` is there and gives AdministratorAccess to its other members too: ${others.join(', ')}`,
  ]
}

function userNotices(request: AdminRequest, { user }: AccountState): readonly string[] {
  if (user === undefined) return []
  const notices: string[] = []
  if (request.path !== '/' && request.path !== user.path)
    notices.push(`user \`${user.name}\` keeps its path \`${user.path}\``)
  const lacking = request.tags.filter(
    ({ key, value }) => !user.tags.some((tag) => tag.key === key && tag.value === value),
  )
  if (lacking.length > 0)
    notices.push(`user \`${user.name}\` keeps its tags; not set: ${lacking.map(({ key }) => key).join(', ')}`)
  if (request.wantsConsole && user.hasPassword) notices.push('the password stays as it is')
  if (request.wantsProgrammatic && user.accessKeys.length > 0) {
    notices.push(`no second access key is made; there is ${user.accessKeys.map(describeKey).join(' and ')}`)
  }
  return notices
}

function rootNotices({ rootKeys }: AccountState): readonly string[] {
  return rootKeys?.length === 0 ? ['the root user has no access key that would have to be locked'] : []
}

function describeKey({ id, isActive }: AccessKeyStatus): string {
  return isActive ? id : `${id} (inactive)`
}

function planRootLock(how: RootLock, keys: readonly AccessKeyStatus[]): NonNullable<Plan['rootLock']> {
  const open = how === 'delete' ? keys : keys.filter(({ isActive }) => isActive)
  return { how, accessKeyIds: open.map(({ id }) => id) }
}
