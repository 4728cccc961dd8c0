/** One form for every kind of use, so that buffer, file and merge are written once. */
import type { ActionLastUsed, KeyLastUsed, KeyUse, PasswordUse, PrincipalUse } from './activity.ts'

/** Who or what was used (`subject`: a key, user or role id), for what (`item`), when, and how (`detail`). */
export interface Use {
  readonly accountId: string
  readonly subject: string
  readonly item: string
  readonly region: string
  readonly detail: string
  readonly time: number
}

/** Not actions: those have a colon. */
export const KEY_ITEM = 'key'
export const PASSWORD_ITEM = 'password'
const ALLOWED = 'allowed'
const DENIED = 'denied'

export function useOfKey({ accountId, accessKeyId, service, region, time }: KeyUse): Use {
  return { accountId, subject: accessKeyId, item: KEY_ITEM, region, detail: service, time }
}

export function useOfPassword({ accountId, userId, time }: PasswordUse): Use {
  return { accountId, subject: userId, item: PASSWORD_ITEM, region: '', detail: '', time }
}

export function useOfPrincipal({ accountId, principalId, action, region, allowed, time }: PrincipalUse): Use {
  return { accountId, subject: principalId, item: action, region, detail: allowed ? ALLOWED : DENIED, time }
}

export function keyLastUsedOf({ detail, region, time }: Use): KeyLastUsed {
  return { service: detail, region, time }
}

/** The uses that are actions, by action. */
export function actionsLastUsedOf(uses: readonly Use[]): readonly ActionLastUsed[] {
  return uses
    .filter(({ item }) => item.includes(':'))
    .map(({ item, region, detail, time }) => ({ action: item, region, allowed: detail === ALLOWED, time }))
    .toSorted((one, other) => (one.action < other.action ? -1 : 1))
}

/**
 * Whether a use replaces another of the same subject and item. Equal times are decided by the text, so that the result does not depend on the
 * order of arrival; the SQL of `sqlite/` has the same rule.
 */
export function isLater(use: Use, than: Use): boolean {
  if (use.time !== than.time) return use.time > than.time
  if (use.region !== than.region) return use.region > than.region
  return use.detail > than.detail
}
