import type { Caller } from './question.ts'
import type { PrincipalName, Statement } from './read-policy.ts'

/**
 * How many of identity policies, boundary and session policies, in this order, need not allow by themselves when a resource's policy
 * names a caller so (user guide, "Policy evaluation logic": within a single account).
 */
export type Coverage = 0 | 1 | 2 | 3

const GRADES: readonly Coverage[] = [3, 2, 1, 0]

interface Name extends PrincipalName {
  readonly covers: Coverage
}

/** What a statement of a resource's policy covers for the caller; nothing when it does not speak of the caller. */
export function coverageOf(statement: Statement, caller: Caller, hasBoundary: boolean): Coverage | undefined {
  const { effect, principal, notPrincipal } = statement
  if (notPrincipal !== undefined) {
    if (effect === 'Deny') return isSpared(notPrincipal, caller, hasBoundary) ? undefined : 3
    // Whoever has a name in the list is excepted, and everybody else is meant, anonymous callers too.
    const isExcepted = namesOf(caller).some((names) => isListed(notPrincipal, names))
    return isExcepted || speaksOfAll(notPrincipal, caller) ? undefined : 3
  }
  // Without an element Principal (which only policies of other kinds have) a statement speaks of everybody.
  if (principal === undefined) return 3
  const matched = namesOf(caller)
    .flat()
    .filter((name) => isListed(principal, [name]))
    .map(({ covers }) => covers)
  if (speaksOfAll(principal, caller)) return 3
  return GRADES.find((grade) => matched.includes(grade))
}

/** `*` is everybody; `{"AWS": "*"}` neither services nor who comes from a provider (observed of trust policies). */
function speaksOfAll(principal: readonly PrincipalName[], caller: Caller): boolean {
  const kindOfCaller = caller.kind === 'service' ? 'Service' : caller.kind === 'federated' ? undefined : 'AWS'
  return principal.some(({ kind, name }) => name === '*' && (kind === '*' || kind === kindOfCaller))
}

/**
 * A Deny with NotPrincipal spares only whose every name is listed: the account, then the user, or the role and its session
 * (user guide, "NotPrincipal"). With a boundary nobody is spared (same page, "Key points").
 */
function isSpared(notPrincipal: readonly PrincipalName[], caller: Caller, hasBoundary: boolean): boolean {
  if (caller.kind === 'anonymous' || hasBoundary) return false
  return speaksOfAll(notPrincipal, caller) || namesSparing(caller).every((names) => isListed(notPrincipal, names))
}

function isListed(list: readonly PrincipalName[], names: readonly PrincipalName[]): boolean {
  return names.some((name) => list.some((listed) => listed.kind === name.kind && listed.name === name.name))
}

/** What a caller is called, one list for each thing that it is. */
function namesOf(caller: Caller): Name[][] {
  switch (caller.kind) {
    case 'anonymous':
      return []
    case 'service':
      return [[{ kind: 'Service', name: caller.name, covers: 3 }]]
    case 'federated':
      return [[{ kind: 'Federated', name: caller.provider, covers: 3 }]]
    case 'root':
      return [accountNames(caller)]
    case 'user':
      return [accountNames(caller), [aws(caller.arn, 2), aws(caller.id, 2)]]
    case 'roleSession':
      return [accountNames(caller), [aws(caller.roleArn, 1), aws(caller.roleId, 1)], [aws(caller.arn, 3)]]
    case 'federatedUser':
      return [accountNames(caller), userNames(caller), [aws(caller.arn, 3)]]
  }
}

/**
 * A federated user is spared without its user being listed: the session is what the list names. The account must be listed by
 * its number or root ARN, which is what the page says.
 */
function namesSparing(caller: Caller): Name[][] {
  const names = namesOf(caller).map((list) => list.filter(({ kind }) => kind !== 'CanonicalUser'))
  return caller.kind === 'federatedUser' ? names.filter((_, place) => place !== 1) : names
}

function accountNames({ accountId, canonicalUserId }: { accountId: string; canonicalUserId?: string }): Name[] {
  const names = [aws(accountId, 0), aws(`arn:aws:iam::${accountId}:root`, 0)]
  if (canonicalUserId !== undefined) names.push({ kind: 'CanonicalUser', name: canonicalUserId, covers: 0 })
  return names
}

function userNames({ userArn, userId }: { userArn?: string; userId?: string }): Name[] {
  return [userArn, userId].filter((name) => name !== undefined).map((name) => aws(name, 1))
}

function aws(name: string, covers: Coverage): Name {
  return { kind: 'AWS', name, covers }
}
