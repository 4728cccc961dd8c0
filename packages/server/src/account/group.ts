/** Groups: how they are found, named and shown. */
import type { Fault, Group } from '@iamd/wire'
import { type AccountReader, nameKey } from './account-tables.ts'
import { groupArn } from './arns.ts'
import type { GroupRecord } from './records.ts'

export function findGroup(account: AccountReader, name: string): GroupRecord | undefined {
  return account.groups.find(nameKey(name))
}

/** The group of that name, or the fault that AWS answers when there is none. */
export function getGroup(
  account: AccountReader,
  name: string,
  error: (code: 'NoSuchEntity', message: string) => Fault,
): GroupRecord {
  const group = findGroup(account, name)
  if (group === undefined) throw error('NoSuchEntity', `The group with name ${name} cannot be found.`)
  return group
}

/**
 * What to authorise on for an operation on the group of that name: the stored group's ARN, or that of the name as it was asked
 * for in the root path. Groups have no tags, and so no condition keys of their own.
 */
export function groupResource(
  { account, accountId }: { readonly account: AccountReader; readonly accountId: string },
  name: string,
): { readonly resource: string } {
  const group = findGroup(account, name)
  return { resource: groupArn(accountId, group?.path ?? '/', group?.name ?? name) }
}

/** A group as every operation shows it. */
export function groupView(group: GroupRecord, accountId: string): Group {
  return {
    Path: group.path,
    GroupName: group.name,
    GroupId: group.id,
    Arn: groupArn(accountId, group.path, group.name),
    CreateDate: new Date(group.createdAt),
  }
}
