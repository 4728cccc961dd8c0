/**
 * What one statement says about a request: the same questions as in deciding (action, principal, resource, conditions), only
 * that all are asked and the answers are kept.
 */
import type { ActionName } from '../compile/action-pattern.ts'
import type { Entry, StatementRef } from '../compile/compile-policy.ts'
import { type Caller, type Grade, GRADES } from '../compile/principal-pattern.ts'
import { resolvedResource } from '../compile/resource-pattern.ts'
import { actionMatches } from '../compile/statement-program.ts'
import { type Condition, conditionHolds, resolvedOperand } from '../condition/condition.ts'
import { type Evaluation, readKey } from '../context/evaluation.ts'
import type { ContextValue } from '../context/request-context.ts'
import { StepBudget } from '../context/step-budget.ts'
import type { AccessRequest } from './access-request.ts'
import { principalGrade, type Reading, resourceApplies } from './evaluate-source.ts'

export interface StatementExplanation {
  readonly statement: StatementRef
  /** Deciding statements apply; those that fail by one question nearly did. */
  readonly applies: boolean
  /** What is in the way, empty when it applies. */
  readonly failed: readonly ('action' | 'principal' | 'resource' | 'condition' | 'failure')[]
  readonly action: ElementExplanation
  /** Undefined when the statement names no principal and need not. */
  readonly principal: PrincipalExplanation | undefined
  /** Undefined when the statement names no resource. */
  readonly resource: ElementExplanation | undefined
  readonly conditions: readonly ConditionExplanation[]
  /** What was thrown while asking; the statement then neither allows nor lets anything else allow. */
  readonly failure: unknown
}

export interface ElementExplanation {
  readonly matches: boolean
  /** NotAction, NotResource. */
  readonly isComplement: boolean
  readonly patterns: readonly ResolvedText[]
}

export interface PrincipalExplanation {
  readonly matches: boolean
  /** NotPrincipal. */
  readonly isComplement: boolean
  /** How closely it names the principal: by its account, its role, itself; `GRADES` says what each makes up for. */
  readonly grade: Grade
}

/** A text of the policy, and what it is with this request's values in place of variables. */
export interface ResolvedText {
  readonly text: string
  /** In the policy's syntax: a `*` from a variable is `${*}`. Undefined when a variable has no value. */
  readonly resolved: string | undefined
}

export interface ConditionExplanation {
  readonly operator: string
  readonly key: string
  readonly operands: readonly ResolvedText[]
  /** The request's; undefined when the key is not in it. */
  readonly value: ContextValue | undefined
  readonly holds: boolean
}

export interface StatementQuestion {
  readonly request: AccessRequest
  readonly caller: Caller
  readonly action: ActionName
  readonly reading: Reading
}

/** Asks one statement all that deciding asks, and keeps every answer. Never throws. */
export function explainStatement(
  { program, ref }: Entry,
  { request, caller, action, reading }: StatementQuestion,
): StatementExplanation {
  // Every statement gets the steps of a whole decision: an explanation need not stop where a decision must.
  const evaluation: Evaluation = { context: request.context, steps: new StepBudget() }
  const { actions, principals, resources } = program
  let failure: unknown
  const asked = <Answer>(ask: () => Answer, otherwise: Answer): Answer => {
    try {
      return ask()
    } catch (error) {
      failure = error
      return otherwise
    }
  }
  const actionElement = {
    matches: asked(() => actionMatches(program, action, evaluation), false),
    isComplement: actions.isComplement,
    patterns: actions.patterns.map(({ source }) => ({ text: source, resolved: source })),
  }
  const grade = asked(() => principalGrade(program, reading, caller), GRADES.unmatched)
  const isNamed = grade !== GRADES.unmatched
  const isResource = asked(() => resourceApplies(program, reading, { request, caller, evaluation }), false)
  const resourceElement = resources && {
    matches: isResource,
    isComplement: resources.isComplement,
    patterns: resources.patterns.map((pattern) => ({
      text: pattern.source,
      resolved: asked(() => resolvedResource(pattern, evaluation), undefined),
    })),
  }
  const conditions = program.conditions.map((condition): ConditionExplanation => {
    const { operator, key, operands } = condition
    const unknown = { operator, key, operands: operands.map(unresolved), value: undefined, holds: false }
    return asked(() => explainCondition(condition, evaluation), unknown)
  })
  const failed = [
    ...(actionElement.matches ? [] : (['action'] as const)),
    ...(isNamed ? [] : (['principal'] as const)),
    ...(isResource ? [] : (['resource'] as const)),
    ...(conditions.every(({ holds }) => holds) ? [] : (['condition'] as const)),
    ...(failure === undefined ? [] : (['failure'] as const)),
  ]
  return {
    statement: ref,
    applies: failed.length === 0,
    failed,
    action: actionElement,
    principal: principals && { matches: isNamed, isComplement: principals.isComplement, grade },
    resource: resourceElement,
    conditions,
    failure,
  }
}

function unresolved(text: string): ResolvedText {
  return { text, resolved: undefined }
}

function explainCondition(condition: Condition, evaluation: Evaluation): ConditionExplanation {
  const { operator, key, operands, lowerCaseKey } = condition
  return {
    operator,
    key,
    operands: operands.map((text) => ({ text, resolved: resolvedOperand(condition, text, evaluation) })),
    value: readKey(evaluation, lowerCaseKey),
    holds: conditionHolds(condition, evaluation),
  }
}
