import { type AccountReader, pairPrefix } from '../account/account-tables.ts'

/** AWS's sentence about the policies that keep their owner (a user, group or role id) from being deleted; undefined when it has none. */
export function policyConflict(account: AccountReader, ownerId: string): string | undefined {
  const prefix = pairPrefix(ownerId)
  if (account.inlinePolicies.scan({ prefix }).some(() => true)) {
    return 'Cannot delete entity, must delete policies first.'
  }
  if (account.attachments.scan({ prefix }).some(() => true)) {
    return 'Cannot delete entity, must detach all policies first.'
  }
  return undefined
}
