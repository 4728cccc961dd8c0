/** Access keys: whose they are, how they are found and shown. The secret itself is dealt with where a key is made. */
import type { AccessKeyMetadata, Fault } from '@iamd/wire'
import { type AccountReader, pairPrefix } from './account-tables.ts'
import type { Principal } from './principal.ts'
import type { AccessKeyRecord } from './records.ts'
import { nameOrCaller } from './user-or-caller.ts'
import { getUser } from './user.ts'

/** A user, or the root user, which has no name. */
export interface KeyOwner {
  /** AIDA…, or the account number. */
  readonly id: string
  readonly name: string | undefined
}

/** The user of that name or NoSuchEntity; the caller when no name is given. */
export function getKeyOwner(
  { account, accountId, principal, error }: OwnerScene,
  userName: string | undefined,
): KeyOwner {
  const name = nameOrCaller(userName, principal)
  return name === undefined ? { id: accountId, name } : getUser(account, name, error)
}

interface OwnerScene {
  readonly account: AccountReader
  readonly accountId: string
  readonly principal: Principal
  readonly error: NoSuchEntity
}

type NoSuchEntity = (code: 'NoSuchEntity', message: string) => Fault

/** Where a key stands among its owner's keys: by age, then by id. */
export function accessKeyPosition({ createdAt, id }: AccessKeyRecord): string {
  return `${createdAt}/${id}`
}

/** The keys of an owner, oldest first; after the one at that position, when given. */
export function accessKeysOf(account: AccountReader, ownerId: string, after?: string): IteratorObject<AccessKeyRecord> {
  const prefix = pairPrefix(ownerId)
  return account.accessKeys.scanBy('owner', { prefix, after: after === undefined ? undefined : prefix + after })
}

/** The key of that id if it is the owner's; a key of somebody else is as unknown as one that is not there. */
export function getAccessKey(
  account: AccountReader,
  { ownerId, id }: { readonly ownerId: string; readonly id: string },
  error: NoSuchEntity,
): AccessKeyRecord {
  const key = account.accessKeys.find(id)
  if (key === undefined || key.ownerId !== ownerId) {
    throw error('NoSuchEntity', `The Access Key with id ${id} cannot be found.`)
  }
  return key
}

/** A key as ListAccessKeys shows it: never with its secret. Keys of the root user have no user name. */
export function accessKeyView({ id, status, createdAt }: AccessKeyRecord, { name }: KeyOwner): AccessKeyMetadata {
  return { UserName: name, AccessKeyId: id, Status: status, CreateDate: new Date(createdAt) }
}
