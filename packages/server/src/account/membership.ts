/** Who is in which group. */
import { type AccountReader, pairKey, pairPrefix } from './account-tables.ts'
import type { GroupRecord, UserRecord } from './records.ts'

/** The users of a group in the order of their ids, which a rename does not change; after the one with the id `after`, when given. */
export function* membersOf(account: AccountReader, groupId: string, after?: string): Generator<UserRecord> {
  const range = { prefix: pairPrefix(groupId), after: after === undefined ? undefined : pairKey(groupId, after) }
  for (const { userId } of account.memberships.scanBy('group', range)) {
    const user = account.users.findBy('id', userId)
    if (user !== undefined) yield user
  }
}

/** The groups of a user in the order of their ids; after the one with the id `after`, when given. */
export function* groupsOf(account: AccountReader, userId: string, after?: string): Generator<GroupRecord> {
  const range = { prefix: pairPrefix(userId), after: after === undefined ? undefined : pairKey(userId, after) }
  for (const { groupId } of account.memberships.scan(range)) {
    const group = account.groups.findBy('id', groupId)
    if (group !== undefined) yield group
  }
}
