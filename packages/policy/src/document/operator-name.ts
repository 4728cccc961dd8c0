/** The condition operators of the policy language (IAM User Guide, "Condition operators"). Names are case-sensitive. */
export const CONDITION_OPERATORS = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateEquals',
  'DateNotEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddress',
  'ArnEquals',
  'ArnLike',
  'ArnNotEquals',
  'ArnNotLike',
  'Null',
] as const

export type ConditionOperator = (typeof CONDITION_OPERATORS)[number]

export type Qualifier = 'ForAllValues' | 'ForAnyValue'

/** An operator with what surrounds it: `ForAnyValue:StringLikeIfExists`. */
export interface OperatorName {
  readonly qualifier: Qualifier | undefined
  readonly operator: ConditionOperator
  readonly ifExists: boolean
}

const QUALIFIERS: readonly Qualifier[] = ['ForAllValues', 'ForAnyValue']
const IF_EXISTS = 'IfExists'
const BY_NAME: ReadonlyMap<string, ConditionOperator> = new Map(CONDITION_OPERATORS.map((name) => [name, name]))

/** Undefined for a name that is no operator. */
export function findOperatorName(text: string): OperatorName | undefined {
  const qualifier = QUALIFIERS.find((name) => text.startsWith(`${name}:`))
  const unqualified = qualifier === undefined ? text : text.slice(qualifier.length + 1)
  const ifExists = unqualified.endsWith(IF_EXISTS)
  const operator = BY_NAME.get(ifExists ? unqualified.slice(0, -IF_EXISTS.length) : unqualified)
  if (operator === undefined) return undefined
  // IAM User Guide: IfExists goes with any operator but Null. Null asks whether the key is there, which no set has.
  if (operator === 'Null' && (ifExists || qualifier !== undefined)) return undefined
  return { qualifier, operator, ifExists }
}
