/**
 * Conditions of a statement: an operator and its qualifier, made ready for one key. What the types of operators do with a value
 * is in their own files; here is what holds for all of them: absent keys, IfExists, negation, sets, malformed operands.
 */
import { asName, lowerCaseAscii } from '../ascii.ts'
import { assertBoolean } from '../assert-answer.ts'
import { assertContextValue, type Evaluation, readKey } from '../context/evaluation.ts'
import { isMultivaluedKey } from '../context/multivalued.ts'
import type { ContextValue } from '../context/request-context.ts'
import type { ConditionBlock, ConditionKey } from '../document/policy-document.ts'
import type { OperatorName, Qualifier } from '../document/operator-name.ts'
import { parseTemplate, resolveTemplate, templateText } from '../match/template.ts'
import { getOperator } from './operators.ts'
import type { OperandSyntax } from './operator.ts'
import { fixedTexts } from './string.ts'

export type Effect = 'Allow' | 'Deny'

/** One operator with one key, ready to be asked. All conditions of a statement must hold. */
export interface Condition {
  /** As the policy has it. */
  readonly operator: string
  readonly key: string
  readonly operands: readonly string[]
  /** Whether variables in its operands stand for something. */
  readonly takesVariables: boolean
  readonly lowerCaseKey: string
  /** The only values of the key for which it can hold; undefined when that depends on more than the policy. */
  readonly values: ReadonlySet<string> | undefined
  /** `value` is what the request has for the key. */
  readonly holds: (value: ContextValue | undefined, evaluation: Evaluation) => boolean
}

export interface ConditionSyntax extends OperandSyntax {
  readonly effect: Effect
}

/** The conditions of one operator, one for each of its keys. */
export function compileConditions(block: ConditionBlock, syntax: ConditionSyntax): readonly Condition[] {
  const { operator } = block
  // The parser lets an unknown operator stand only when it has no keys, and then there is nothing to ask.
  if (operator === undefined) return []
  return block.keys.map((key) => compileCondition(operator, { key, name: block.text.value, syntax }))
}

/** An operand with the request's values in it, for explanations. */
export function resolvedOperand(condition: Condition, operand: string, evaluation: Evaluation): string | undefined {
  if (!condition.takesVariables) return operand
  const resolved = resolveTemplate(parseTemplate(operand, { wildcards: true, variables: true }), evaluation)
  return resolved === undefined ? undefined : templateText(resolved)
}

/** Asks the request for the key and the condition for its answer. */
export function conditionHolds(condition: Condition, evaluation: Evaluation): boolean {
  return condition.holds(readKey(evaluation, condition.lowerCaseKey), evaluation)
}

interface ConditionSource {
  readonly key: ConditionKey
  readonly name: string
  readonly syntax: ConditionSyntax
}

function compileCondition(operatorName: OperatorName, { key, name, syntax }: ConditionSource): Condition {
  const operands = key.values.map(({ value }) => value)
  const lowerCaseKey = asName(lowerCaseAscii(key.key.value))
  const takesVariables = syntax.variables && getOperator(operatorName.operator).takesVariables
  const holds = compileHolds(operatorName, { operands, lowerCaseKey, syntax })
  const values = valuesOf(operatorName, { operands, lowerCaseKey, syntax })
  return { operator: name, key: key.key.value, operands, takesVariables, lowerCaseKey, values, holds }
}

/** Of the one operator that says so by itself. */
function valuesOf(
  { operator, qualifier, ifExists }: OperatorName,
  { operands, lowerCaseKey, syntax }: HoldsSource,
): Condition['values'] {
  const isPlain = operator === 'StringEquals' && qualifier === undefined && !ifExists
  return isPlain && !isMultivaluedKey(lowerCaseKey) ? fixedTexts(operands, syntax) : undefined
}

interface HoldsSource {
  readonly operands: readonly string[]
  readonly lowerCaseKey: string
  readonly syntax: ConditionSyntax
}

function compileHolds(name: OperatorName, { operands, lowerCaseKey, syntax }: HoldsSource): Condition['holds'] {
  const operator = getOperator(name.operator)
  if (operator.kind === 'presence') {
    const test = operator.compile(operands)
    // A multi-valued key without values is not in the request: AWS leaves aws:TagKeys out when there are no tags.
    return (value) => {
      assertContextValue(value)
      return test(value !== undefined && (typeof value === 'string' || value.length > 0))
    }
  }
  // A condition without values never holds, negated or not; with IfExists or ForAllValues only when the key is missing (IAM User
  // Guide, "Access Analyzer policy check reference", the checks about empty arrays).
  const hasOperands = operands.length > 0
  const compare = operator.compile(operands, syntax)
  const { isNegated } = operator
  // A malformed ARN in a policy cannot grant, but counts in a Deny when the request's own ARN is well-formed. Observed.
  const isDeny = syntax.effect === 'Deny'
  const cost = operands.length + 1
  const testOne = (value: string, evaluation: Evaluation): boolean => {
    evaluation.steps.spend(cost + value.length)
    if (!hasOperands) return false
    const comparison = compare(value, evaluation)
    switch (comparison) {
      case 'match':
        return !isNegated
      case 'differ':
        return isNegated
      case 'malformedValue':
        return false
      case 'malformedOperand':
        return isDeny
      default:
        throw new TypeError('a comparison has no outcome')
    }
  }
  const { qualifier, ifExists } = name
  if (qualifier !== undefined)
    return (value, evaluation) => quantify(qualifier, value, (one) => testOne(one, evaluation))
  const whenAbsent = ifExists || (isNegated && hasOperands)
  // Observed: a multi-valued key that is there never matches without a qualifier, whatever the operator, its negation or IfExists.
  // One that is not there is as any other (IAM User Guide, "Condition operators": "the right key is not present").
  const isMultivalued = isMultivaluedKey(lowerCaseKey)
  return (value, evaluation) => {
    assertContextValue(value)
    if (value === undefined || (isMultivalued && typeof value !== 'string' && value.length === 0)) return whenAbsent
    return typeof value === 'string' && !isMultivalued && testOne(value, evaluation)
  }
}

/**
 * Each value is compared, and negated, on its own; the qualifier then asks for all or for any (negative test F-04). A key that
 * is absent or has no values is an empty set: ForAllValues holds for it and ForAnyValue does not, IfExists or not. An empty
 * text is a value as any other: ForAllValues:StringEquals was observed to deny a tag without a value, in September 2026, against
 * what the IAM User Guide used to say of "a null data set, such as an empty string".
 */
function quantify(qualifier: Qualifier, value: ContextValue | undefined, test: (value: string) => boolean): boolean {
  assertContextValue(value)
  if (value === undefined) return qualifier === 'ForAllValues'
  if (typeof value === 'string') return test(value)
  const isEnough = qualifier === 'ForAnyValue'
  for (const one of value) {
    const holds = test(one)
    assertBoolean(holds)
    if (holds === isEnough) return isEnough
  }
  return !isEnough
}
