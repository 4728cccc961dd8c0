/**
 * Principal and NotPrincipal of a statement (IAM User Guide, "AWS JSON policy elements: Principal" and "NotPrincipal"), and
 * how closely a statement names who asks: that says what an Allow of a resource's policy makes up for.
 */
import { assertBoolean } from '../assert-answer.ts'
import type { Effect } from '../condition/condition.ts'
import type { AccountPrincipal, Principal } from '../context/principal.ts'
import type { PrincipalElement } from '../document/policy-document.ts'

/** Names compare as exact texts: there are no partial wildcards. */
export interface PrincipalPattern {
  readonly isComplement: boolean
  /** A bare `*`. */
  readonly namesEveryone: boolean
  /** `{"AWS": "*"}`, which means neither services nor federated callers; true of a bare `*` also. */
  readonly namesAllOfAws: boolean
  /** Account numbers, those of root ARNs included. */
  readonly accounts: ReadonlySet<string>
  /** ARNs and unique ids. */
  readonly entities: ReadonlySet<string>
  readonly services: ReadonlySet<string>
  readonly federated: ReadonlySet<string>
  readonly canonicalUsers: ReadonlySet<string>
}

/**
 * What the naming makes up for when the resource's policy allows and is in the caller's account (IAM User Guide, "Policy
 * evaluation logic": the table of resource-based policies and implicit denies in other policy types). Higher covers more.
 */
export const GRADES = {
  /** The statement does not mean the caller. */
  unmatched: 0,
  /** The caller's account, which may then let its principals in: identity, boundary and session policies must allow too. */
  account: 1,
  /** A role, or the user behind a federated user: makes up for the identity's policies. */
  identity: 2,
  /** A user: makes up for its permissions boundary too. */
  boundary: 3,
  /** A session, or everyone: makes up for session policies too. */
  session: 4,
} as const

export type Grade = (typeof GRADES)[keyof typeof GRADES]

/** Sorts what an element names by kind. A kind that the language has not names nobody. */
export function compilePrincipals({ isComplement, principals }: PrincipalElement): PrincipalPattern {
  const valuesOf = (type: string): readonly string[] =>
    principals.filter((principal) => principal.type === type).map(({ value }) => value.value)
  const aws = valuesOf('AWS')
  // As in a bare `*`: `{"*": "ann"}` has a kind that there is not.
  const namesEveryone = valuesOf('*').includes('*')
  return {
    isComplement,
    namesEveryone,
    namesAllOfAws: namesEveryone || aws.includes('*'),
    accounts: new Set(aws.map(accountOf).filter((account) => account !== undefined)),
    // What means an account, or everyone, is nobody's ARN or id, whatever a host says that a principal is called.
    entities: new Set(aws.filter((value) => value !== '*' && accountOf(value) === undefined)),
    services: new Set(valuesOf('Service')),
    federated: new Set(valuesOf('Federated').filter((value) => value !== '*')),
    canonicalUsers: new Set(valuesOf('CanonicalUser')),
  }
}

/** Who asks, as statements name it. */
export interface Caller {
  readonly principal: Principal
  /** A permissions boundary is attached to the principal. */
  readonly hasBoundary: boolean
}

/** For a statement with an effect: a NotPrincipal is read to the caller's disadvantage either way. */
export function matchPrincipal(
  pattern: PrincipalPattern,
  caller: Caller,
  { effect }: { readonly effect: Effect },
): Grade {
  const { principal } = caller
  if (!pattern.isComplement) return gradeOf(pattern, principal)
  // A NotPrincipal means everyone else, and so names nobody in particular.
  const isListed = effect === 'Deny' ? isSpared(pattern, caller) : gradeOf(pattern, principal) !== GRADES.unmatched
  assertBoolean(isListed)
  return isListed ? GRADES.unmatched : GRADES.session
}

const ACCOUNT_NUMBER = /^\d{12}$/
const ROOT_ARN = /^arn:[^:]+:iam::(\d{12}):root$/

/** The account that a value of AWS stands for: its number and its root user's ARN mean the same. */
function accountOf(value: string): string | undefined {
  return ACCOUNT_NUMBER.test(value) ? value : ROOT_ARN.exec(value)?.[1]
}

function gradeOf(pattern: PrincipalPattern, principal: Principal): Grade {
  switch (principal.kind) {
    case 'anonymous':
      return pattern.namesAllOfAws ? GRADES.session : GRADES.unmatched
    case 'service':
      return gradeOutside(namesService(pattern, principal.name))
    case 'federated':
      return gradeOutside(namesProvider(pattern, principal.provider))
    case 'root':
    case 'user':
    case 'roleSession':
    case 'federatedUser':
      return pattern.namesAllOfAws ? GRADES.session : namedGrade(pattern, principal)
  }
}

/** Of who belongs to no account. */
function gradeOutside(isNamed: boolean): Grade {
  assertBoolean(isNamed)
  return isNamed ? GRADES.session : GRADES.unmatched
}

function namesService({ namesEveryone, services }: PrincipalPattern, name: string): boolean {
  return namesEveryone || services.has(name) || services.has('*')
}

/** `{"Federated": "*"}` names nobody, and is not among them: AWS knows no such principal, and it would let every provider in. */
function namesProvider({ namesEveryone, federated }: PrincipalPattern, provider: string): boolean {
  return namesEveryone || federated.has(provider)
}

function namedGrade(pattern: PrincipalPattern, principal: AccountPrincipal): Grade {
  const { entities } = pattern
  switch (principal.kind) {
    case 'user':
      if (entities.has(principal.arn) || entities.has(principal.id)) return GRADES.boundary
      break
    case 'roleSession':
      if (entities.has(principal.arn)) return GRADES.session
      if (entities.has(principal.roleArn) || entities.has(principal.roleId)) return GRADES.identity
      break
    case 'federatedUser':
      if (entities.has(principal.arn)) return GRADES.session
      if (principal.userArn !== undefined && entities.has(principal.userArn)) return GRADES.identity
      if (principal.userId !== undefined && entities.has(principal.userId)) return GRADES.identity
      break
    case 'root':
      break
  }
  const { accountId, canonicalUserId } = principal
  if (pattern.accounts.has(accountId)) return GRADES.account
  const isCanonical = canonicalUserId !== undefined && pattern.canonicalUsers.has(canonicalUserId)
  return isCanonical ? GRADES.account : GRADES.unmatched
}

/**
 * Whether a Deny with NotPrincipal leaves the caller alone: only when it lists every name of the caller's, its account first
 * (IAM User Guide, "NotPrincipal": "you must also specify the account ARN of the not-denied principal", and role and session).
 */
function isSpared(pattern: PrincipalPattern, { principal, hasBoundary }: Caller): boolean {
  switch (principal.kind) {
    case 'anonymous':
      return false
    case 'service':
      return namesService(pattern, principal.name)
    case 'federated':
      return namesProvider(pattern, principal.provider)
    case 'root':
    case 'user':
    case 'roleSession':
    case 'federatedUser':
      // "A Deny will always deny any IAM principal that has a permissions boundary policy attached" (the same page).
      if (hasBoundary) return false
      return pattern.namesAllOfAws || (pattern.accounts.has(principal.accountId) && listsEntity(pattern, principal))
  }
}

function listsEntity({ entities }: PrincipalPattern, principal: AccountPrincipal): boolean {
  switch (principal.kind) {
    case 'root':
      return true
    case 'user':
      return entities.has(principal.arn) || entities.has(principal.id)
    case 'roleSession':
      return entities.has(principal.arn) && (entities.has(principal.roleArn) || entities.has(principal.roleId))
    case 'federatedUser':
      return entities.has(principal.arn)
  }
}
