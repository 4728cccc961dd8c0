import type { PolicySource } from './question.ts'

/** A statement as the document has it, each element a list. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny'
  /** Variables are replaced; since version 2012-10-17, user guide, "Version". */
  readonly hasVariables: boolean
  readonly action?: readonly string[]
  readonly notAction?: readonly string[]
  readonly resource?: readonly string[]
  readonly notResource?: readonly string[]
  readonly principal?: readonly PrincipalName[]
  readonly notPrincipal?: readonly PrincipalName[]
  readonly conditions: readonly Condition[]
}

export interface PrincipalName {
  /** `AWS`, `Service`, `Federated`, `CanonicalUser`, or `*` for the bare star. */
  readonly kind: string
  readonly name: string
}

export interface Condition {
  readonly operator: string
  readonly key: string
  readonly operands: readonly string[]
}

/** The statements of a policy in order. What a document must be is not checked, only that types are what they must be. */
export function readPolicy(policy: PolicySource): Statement[] {
  const hasVariables = policy['Version'] === '2012-10-17'
  return list(policy['Statement']).map((source) => readStatement(record(source), hasVariables))
}

function readStatement(source: PolicySource, hasVariables: boolean): Statement {
  const { Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition } = source
  if (Effect !== 'Allow' && Effect !== 'Deny') throw new Error('a statement has no `Effect`')
  return {
    effect: Effect,
    hasVariables,
    ...(Action !== undefined && { action: texts(Action) }),
    ...(NotAction !== undefined && { notAction: texts(NotAction) }),
    ...(Resource !== undefined && { resource: texts(Resource) }),
    ...(NotResource !== undefined && { notResource: texts(NotResource) }),
    ...(Principal !== undefined && { principal: principalNames(Principal) }),
    ...(NotPrincipal !== undefined && { notPrincipal: principalNames(NotPrincipal) }),
    conditions: Condition === undefined ? [] : readConditions(record(Condition)),
  }
}

function principalNames(source: unknown): PrincipalName[] {
  if (source === '*') return [{ kind: '*', name: '*' }]
  return Object.entries(record(source)).flatMap(([kind, names]) => texts(names).map((name) => ({ kind, name })))
}

function readConditions(source: PolicySource): Condition[] {
  return Object.entries(source).flatMap(([operator, block]) =>
    Object.entries(record(block)).map(([key, operands]) => ({ operator, key, operands: texts(operands) })),
  )
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

/** Numbers and booleans may stand without quotes (grammar of policies). */
function texts(value: unknown): string[] {
  return list(value).map((item) => {
    if (typeof item === 'string') return item
    if (typeof item === 'number' || typeof item === 'boolean') return String(item)
    throw new Error('a value of a policy is no text')
  })
}

function record(value: unknown): PolicySource {
  if (!isRecord(value)) throw new Error('a part of a policy is no object')
  return value
}

function isRecord(value: unknown): value is PolicySource {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
