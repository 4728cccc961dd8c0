/** Operations whose `UserName` may be left out: "it defaults to the principal making the request" (IAM API Reference). */
import type { ContextValue } from '@iamd/policy'
import type { Fault } from '@iamd/wire'
import type { AccountReader } from './account-tables.ts'
import type { Principal } from './principal.ts'
import type { UserRecord } from './records.ts'
import { getUser, userResource } from './user.ts'

/** The name that is given, or the caller's own; undefined for the root user asking for itself. */
export function nameOrCaller(userName: string | undefined, principal: Principal): string | undefined {
  return userName ?? (principal.kind === 'user' ? principal.name : undefined)
}

/** The user of that name, or the caller, where only a user will do. */
export function getUserOrCaller(
  {
    account,
    principal,
    error,
  }: {
    readonly account: AccountReader
    readonly principal: Principal
    readonly error: (code: 'NoSuchEntity' | 'ValidationError', message: string) => Fault
  },
  userName: string | undefined,
): UserRecord {
  const name = nameOrCaller(userName, principal)
  // Observed of callers that are no users.
  if (name === undefined) throw error('ValidationError', 'Must specify userName when calling with non-User credentials')
  return getUser(account, name, error)
}

/** What to authorise on: the user of that name, or the caller. */
export function userOrCallerResource(
  view: { readonly account: AccountReader; readonly accountId: string; readonly principal: Principal },
  userName: string | undefined,
): { readonly resource: string; readonly context?: Readonly<Record<string, ContextValue>> } {
  const name = nameOrCaller(userName, view.principal)
  return name === undefined ? { resource: view.principal.arn } : userResource(view, name)
}
