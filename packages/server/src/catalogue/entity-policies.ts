/**
 * The policies of users, groups and roles, with their documents: what decisions are made with, and what the policy simulator shows.
 * Both go through here, so that neither can know of a policy that the other does not.
 */
import { type AccountImage, findSingle, pairPrefix } from '../account/account-tables.ts'
import { groupArn } from '../account/arns.ts'
import { findManagedPolicy, managedPolicyDocument } from './managed-policy.ts'

/** A stored policy that cannot be read. Whoever it applies to is denied: what it would deny is not known. */
export class UnreadablePolicy extends Error {
  override readonly name = 'UnreadablePolicy'
}

export interface PolicyOwner {
  readonly kind: 'user' | 'group' | 'role'
  /** AIDA…, AGPA… or AROA…. */
  readonly id: string
  readonly name: string
  readonly arn: string
}

export interface EntityPolicy {
  /** `passwordPolicy` is what the account's password policy allows to each user by itself. */
  readonly kind: 'inline' | 'managed' | 'passwordPolicy'
  readonly name: string
  /** Of a managed policy; undefined for an inline one. */
  readonly arn: string | undefined
  readonly owner: PolicyOwner
  readonly document: string
}

/** What `policiesOf` needs of an image. */
export type PolicyImage = Pick<AccountImage, 'tables' | 'isDamaged'>

/**
 * Inline and attached policies, of a user those of its groups too; a managed one once, in whatever ways the user has it. Throws
 * UnreadablePolicy when one cannot be read.
 */
export function* policiesOf(image: PolicyImage, accountId: string, owner: PolicyOwner): Generator<EntityPolicy> {
  const seen = new Set<string>()
  for (const policy of everyPolicyOf(image, accountId, owner)) {
    if (policy.arn !== undefined && seen.has(policy.arn)) continue
    if (policy.arn !== undefined) seen.add(policy.arn)
    yield policy
  }
}

/** The permissions boundary of a user or role, if it has one. Throws UnreadablePolicy when it or its owner cannot be read. */
export function findBoundary(image: PolicyImage, owner: PolicyOwner): EntityPolicy | undefined {
  if (owner.kind === 'group') return undefined
  const { users, roles } = image.tables
  const found = (owner.kind === 'user' ? users : roles).findBy('id', owner.id)
  if (found === undefined || image.isDamaged(owner.id)) throw unreadableRecord(owner)
  return found.boundaryArn === undefined ? undefined : managedPolicy(image, found.boundaryArn, owner)
}

function* everyPolicyOf(image: PolicyImage, accountId: string, owner: PolicyOwner): Generator<EntityPolicy> {
  yield* ownPolicies(image, owner)
  if (owner.kind !== 'user') return
  for (const { groupId } of image.tables.memberships.scan({ prefix: pairPrefix(owner.id) })) {
    const group = image.tables.groups.findBy('id', groupId)
    if (group === undefined) throw new UnreadablePolicy(`group \`${groupId}\` of \`${owner.arn}\``)
    const { id, name, path } = group
    yield* ownPolicies(image, { kind: 'group', id, name, arn: groupArn(accountId, path, name) })
  }
  if (findSingle(image.tables.passwordPolicy)?.allowUsersToChange === true) yield ownPassword(owner)
}

function* ownPolicies(image: PolicyImage, owner: PolicyOwner): Generator<EntityPolicy> {
  if (image.isDamaged(owner.id)) throw unreadableRecord(owner)
  for (const { name, document } of image.tables.inlinePolicies.scan({ prefix: pairPrefix(owner.id) })) {
    yield { kind: 'inline', name, arn: undefined, owner, document }
  }
  for (const { policyArn } of image.tables.attachments.scan({ prefix: pairPrefix(owner.id) })) {
    yield managedPolicy(image, policyArn, owner)
  }
}

function managedPolicy({ tables }: PolicyImage, arn: string, owner: PolicyOwner): EntityPolicy {
  const policy = findManagedPolicy(tables, arn)
  const document = policy === undefined ? undefined : managedPolicyDocument(tables, policy)
  if (policy === undefined || document === undefined) throw new UnreadablePolicy(`\`${arn}\``)
  return { kind: 'managed', name: policy.name, arn, owner, document }
}

/** UpdateAccountPasswordPolicy, AllowUsersToChangePassword: "all IAM users in the account" may change their own password and read the rules for it. */
function ownPassword(owner: PolicyOwner): EntityPolicy {
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'iam:ChangePassword', Resource: literalPattern(owner.arn) },
      { Effect: 'Allow', Action: 'iam:GetAccountPasswordPolicy', Resource: '*' },
    ],
  })
  return { kind: 'passwordPolicy', name: 'AllowUsersToChangePassword', arn: undefined, owner, document }
}

/** A pattern that only this very text matches: a path may hold `*`, `?` and `$`. */
function literalPattern(text: string): string {
  return text.replaceAll(/[*?$]/g, (character) => `\${${character}}`)
}

function unreadableRecord({ arn }: PolicyOwner): UnreadablePolicy {
  return new UnreadablePolicy(`a stored record of \`${arn}\``)
}
