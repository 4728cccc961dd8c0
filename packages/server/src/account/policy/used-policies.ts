/** Managed policies in use: attached to an entity, or the permissions boundary of one. */
import { type AccountReader, pairKey, pairPrefix } from '../account-tables.ts'

/** Sorts after every unique id, of which both indexes have one after each ARN. */
const AFTER_EVERY_ID = '~'

/** The ARN of each managed policy that is in use, once, in order; after that ARN, when given. Costs what it yields. */
export function* usedPolicyArns(account: AccountReader, after?: string): Generator<string> {
  let last = after
  for (;;) {
    last = smallest(nextAttached(account, last), nextBoundary(account, last))
    if (last === undefined) return
    yield last
  }
}

/** Ids of the users and roles whose permissions boundary the policy is, in order; after that id, when given. */
export function* boundedIds(account: AccountReader, arn: string, after?: string): Generator<string> {
  const range = { prefix: pairPrefix(arn), after: after === undefined ? undefined : pairKey(arn, after) }
  // AIDA… comes before AROA….
  for (const { id } of account.users.scanBy('boundary', range)) yield id
  for (const { id } of account.roles.scanBy('boundary', range)) yield id
}

/** Ids of the users, groups and roles that the policy is attached to, in order; after that id, when given. */
export function* attachedIds(account: AccountReader, arn: string, after?: string): Generator<string> {
  const range = { prefix: pairPrefix(arn), after: after === undefined ? undefined : pairKey(arn, after) }
  for (const { ownerId } of account.attachments.scanBy('policy', range)) yield ownerId
}

/** The ids that are in either of two ordered sequences, once, in order. */
export function* mergeIds(one: Iterable<string>, other: Iterable<string>): Generator<string> {
  const [left, right] = [Iterator.from(one), Iterator.from(other)]
  let [a, b] = [nextOf(left), nextOf(right)]
  for (let id = smallest(a, b); id !== undefined; id = smallest(a, b)) {
    yield id
    if (a === id) a = nextOf(left)
    if (b === id) b = nextOf(right)
  }
}

export function isAttached(account: AccountReader, arn: string): boolean {
  return attachedIds(account, arn).some(() => true)
}

export function isBoundary(account: AccountReader, arn: string): boolean {
  return boundedIds(account, arn).some(() => true)
}

function nextAttached(account: AccountReader, last: string | undefined): string | undefined {
  const [next] = account.attachments.scanBy('policy', { after: behind(last) }).take(1)
  return next?.policyArn
}

function nextBoundary(account: AccountReader, last: string | undefined): string | undefined {
  const range = { after: behind(last) }
  const [user] = account.users.scanBy('boundary', range).take(1)
  const [role] = account.roles.scanBy('boundary', range).take(1)
  return smallest(user?.boundaryArn, role?.boundaryArn)
}

function nextOf(ids: Iterator<string, unknown>): string | undefined {
  const next = ids.next()
  return next.done === true ? undefined : next.value
}

function behind(last: string | undefined): string | undefined {
  return last === undefined ? undefined : pairKey(last, AFTER_EVERY_ID)
}

function smallest(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return one < other ? one : other
}
