/** Everything that GetAccountAuthorizationDetails goes through, as one ordered listing over all kinds. */
import type { EntityType } from '@iamd/wire'
import { type AccountReader, nameKey } from '../../account/account-tables.ts'
import { accountOfArn } from '../../account/arns.ts'
import type { GroupRecord, RoleRecord, UserRecord } from '../../account/records.ts'
import { usedPolicyArns } from '../../account/policy/used-policies.ts'
import { findManagedPolicy, type ManagedPolicy } from '../../catalogue/managed-policy.ts'

export type AccountEntity =
  | { readonly kind: 'User'; readonly key: string; readonly user: UserRecord }
  | { readonly kind: 'Group'; readonly key: string; readonly group: GroupRecord }
  | { readonly kind: 'Role'; readonly key: string; readonly role: RoleRecord }
  | { readonly kind: 'LocalManagedPolicy' | 'AWSManagedPolicy'; readonly key: string; readonly policy: ManagedPolicy }

/** How to go through the entities of a kind in the order of their keys, from after that key. */
const KINDS: readonly {
  readonly kind: EntityType
  readonly scan: (account: AccountReader, after: string | undefined) => Iterable<AccountEntity>
}[] = [
  { kind: 'User', scan: users },
  { kind: 'Group', scan: groups },
  { kind: 'Role', scan: roles },
  { kind: 'LocalManagedPolicy', scan: localPolicies },
  { kind: 'AWSManagedPolicy', scan: awsPolicies },
]

/** Users, groups, roles, the account's own policies and those of AWS that are in use; of all kinds when none is given. After that position, when given. */
export function* accountEntities(
  account: AccountReader,
  kinds: readonly EntityType[],
  after: string | undefined,
): Generator<AccountEntity> {
  const { kind: lastKind, key: lastKey } = parsePosition(after)
  const start = KINDS.findIndex(({ kind }) => kind === lastKind)
  for (const { kind, scan } of KINDS.slice(Math.max(0, start))) {
    if (kinds.length > 0 && !kinds.includes(kind)) continue
    yield* scan(account, kind === lastKind ? lastKey : undefined)
  }
}

/** Where an entity stands among all of its account. */
export function entityPosition({ kind, key }: AccountEntity): string {
  return `${kind} ${key}`
}

function parsePosition(position: string | undefined): { readonly kind?: string; readonly key?: string } {
  if (position === undefined) return {}
  const space = position.indexOf(' ')
  return { kind: position.slice(0, space), key: position.slice(space + 1) }
}

function* users(account: AccountReader, after: string | undefined): Generator<AccountEntity> {
  for (const user of account.users.scan({ after })) yield { kind: 'User', key: nameKey(user.name), user }
}

function* groups(account: AccountReader, after: string | undefined): Generator<AccountEntity> {
  for (const group of account.groups.scan({ after })) yield { kind: 'Group', key: nameKey(group.name), group }
}

function* roles(account: AccountReader, after: string | undefined): Generator<AccountEntity> {
  for (const role of account.roles.scan({ after })) yield { kind: 'Role', key: nameKey(role.name), role }
}

function* localPolicies(account: AccountReader, after: string | undefined): Generator<AccountEntity> {
  for (const record of account.policies.scan({ after })) {
    const policy: ManagedPolicy = { kind: 'customer', name: record.name, policy: record }
    yield { kind: 'LocalManagedPolicy', key: nameKey(record.name), policy }
  }
}

/** Those that are attached or a boundary: what limits a user belongs to the picture. One that is no longer in the catalogue has nothing that could be shown. */
function* awsPolicies(account: AccountReader, after: string | undefined): Generator<AccountEntity> {
  for (const arn of usedPolicyArns(account, after)) {
    const policy = accountOfArn(arn) === 'aws' ? findManagedPolicy(account, arn) : undefined
    if (policy !== undefined) yield { kind: 'AWSManagedPolicy', key: arn, policy }
  }
}
