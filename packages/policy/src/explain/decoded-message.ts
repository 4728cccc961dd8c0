/**
 * What DecodeAuthorizationMessage answers: why a request was denied, as JSON (STS API reference, DecodeAuthorizationMessage,
 * and messages that AWS's users have published).
 */
import { lowerCaseAscii } from '../ascii.ts'
import type { Principal } from '../context/principal.ts'
import type { ContextValue } from '../context/request-context.ts'
import type { Explanation } from './explain.ts'
import type { ElementExplanation, StatementExplanation } from './statement-explanation.ts'

/**
 * The message of an explanation. `known` are keys of the request that its host wants told; those that conditions asked for are
 * told anyway.
 */
export function decodedMessage(
  { request, decision, sources }: Explanation,
  known: Readonly<Record<string, ContextValue>> = {},
): string {
  const statements = sources.flatMap((source) => source.statements)
  const isExplicit = decision.effect === 'explicitDeny'
  // What allows is told of neither kind of denial: the lists of published messages are empty when nothing denies.
  const matched = statements.filter(({ applies, statement }) => isExplicit && applies && statement.effect === 'Deny')
  return JSON.stringify({
    allowed: decision.effect === 'allow',
    explicitDeny: isExplicit,
    matchedStatements: items(matched.map((statement) => statementItem(statement, request.principal))),
    failures: items([]),
    context: {
      principal: principalItem(request.principal),
      action: request.action,
      resource: request.resource,
      conditions: items(conditionItems(statements, known)),
    },
  })
}

interface Items<Item> {
  readonly items: readonly Item[]
}

function items<Item>(list: readonly Item[]): Items<Item> {
  return { items: list }
}

interface ValueItem {
  readonly value: string
}

function valueItems(values: readonly string[]): Items<ValueItem> {
  return items(values.map((value) => ({ value })))
}

function statementItem(
  { statement, action, resource, conditions }: StatementExplanation,
  principal: Principal,
): Readonly<Record<string, unknown>> {
  return {
    statementId: statement.sid ?? '',
    effect: statement.effect.toUpperCase(),
    principals: valueItems([entityId(principal)]),
    principalGroups: items([]),
    actions: textsOf(action),
    resources: textsOf(resource),
    conditions: items(
      conditions.map(({ key, operands }) => ({ key, values: valueItems(operands.map(({ text }) => text)) })),
    ),
  }
}

function textsOf(element: ElementExplanation | undefined): Items<ValueItem> {
  return valueItems(element?.patterns.map(({ text }) => text) ?? [])
}

interface PrincipalItem {
  readonly id: string
  readonly name?: string
  readonly arn?: string
}

function principalItem(principal: Principal): PrincipalItem {
  switch (principal.kind) {
    case 'anonymous':
    case 'service':
    case 'federated':
      return { id: entityId(principal) }
    case 'root':
      return { id: principal.accountId, arn: `arn:aws:iam::${principal.accountId}:root` }
    case 'user':
      return { id: principal.id, name: lastPart(principal.arn), arn: principal.arn }
    case 'roleSession':
      return { id: `${principal.roleId}:${lastPart(principal.arn)}`, arn: principal.arn }
    case 'federatedUser':
      return { id: entityId(principal), arn: principal.arn }
  }
}

/** The unique id of what policies are attached to. */
function entityId(principal: Principal): string {
  switch (principal.kind) {
    case 'anonymous':
      return 'anonymous'
    case 'service':
      return principal.name
    case 'federated':
      return principal.provider
    case 'root':
      return principal.accountId
    case 'user':
      return principal.id
    case 'roleSession':
      return principal.roleId
    case 'federatedUser':
      return `${principal.accountId}:${lastPart(principal.arn)}`
  }
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

interface ConditionItem {
  readonly key: string
  readonly values: Items<ValueItem>
}

/** Each key once, whatever its case, in the spelling that is met first. */
function conditionItems(
  statements: readonly StatementExplanation[],
  known: Readonly<Record<string, ContextValue>>,
): readonly ConditionItem[] {
  const found = new Map<string, ConditionItem>()
  const add = (key: string, value: ContextValue | undefined): void => {
    const folded = lowerCaseAscii(key)
    if (value === undefined || found.has(folded)) return
    found.set(folded, { key, values: valueItems(typeof value === 'string' ? [value] : value) })
  }
  for (const [key, value] of Object.entries(known)) add(key, value)
  for (const { conditions } of statements) for (const { key, value } of conditions) add(key, value)
  return [...found.values()]
}
