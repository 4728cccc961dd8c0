/**
 * Why a request is decided as it is. The decision is `decide`'s own, and every statement is asked the same three questions
 * as there (action, resource, conditions), only that all are asked and the answers are kept.
 */
import { type ActionName, parseActionName } from '../compile/action-pattern.ts'
import type { Entry, StatementRef } from '../compile/compile-policy.ts'
import { resolvedResource } from '../compile/resource-pattern.ts'
import { actionMatches, resourceMatches } from '../compile/statement-program.ts'
import { type Condition, conditionHolds, resolvedOperand } from '../condition/condition.ts'
import { type Evaluation, readKey } from '../context/evaluation.ts'
import type { ContextValue } from '../context/request-context.ts'
import { StepBudget } from '../context/step-budget.ts'
import type { AccessRequest, Decision, DecisionSource, PrincipalPolicies } from './access-request.ts'
import { decide } from './decide.ts'

export interface Explanation {
  readonly decision: Decision
  /** One for each kind of policy that had a say; none for the root user. */
  readonly sources: readonly SourceExplanation[]
}

export interface SourceExplanation {
  readonly source: DecisionSource
  /** What this kind of policy says by itself. */
  readonly verdict: 'allow' | 'deny' | 'none'
  /** All statements, in the order of policies and documents. */
  readonly statements: readonly StatementExplanation[]
}

export interface StatementExplanation {
  readonly statement: StatementRef
  /** Deciding statements apply; those that fail by one question nearly did. */
  readonly applies: boolean
  /** What is in the way, empty when it applies. */
  readonly failed: readonly ('action' | 'resource' | 'condition' | 'failure')[]
  readonly action: ElementExplanation
  readonly resource: ElementExplanation
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

/** Never throws: a question that cannot be asked has a decision that says so, and no sources. */
export function explain(request: AccessRequest, principal: PrincipalPolicies): Explanation {
  const decision = decide(request, principal)
  try {
    return { decision, sources: explainSources(request, principal) }
  } catch {
    return { decision, sources: [] }
  }
}

function explainSources(request: AccessRequest, principal: PrincipalPolicies): readonly SourceExplanation[] {
  if (principal.kind === 'root') return []
  const action = parseActionName(request.action)
  const entries = principal.policies.policies.flatMap((policy) => policy.entries)
  const statements = entries.map((entry) => explainStatement(entry, request, action))
  return [{ source: 'identity', verdict: verdictOf(statements), statements }]
}

function verdictOf(statements: readonly StatementExplanation[]): SourceExplanation['verdict'] {
  const applying = statements.filter(({ applies }) => applies)
  if (applying.some(({ statement }) => statement.effect === 'Deny')) return 'deny'
  return applying.length > 0 ? 'allow' : 'none'
}

function explainStatement({ program, ref }: Entry, request: AccessRequest, action: ActionName): StatementExplanation {
  // Every statement gets the steps of a whole decision: an explanation need not stop where a decision must.
  const evaluation: Evaluation = { context: request.context, steps: new StepBudget() }
  const { actions, resources } = program
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
  const resourceElement = {
    matches: asked(() => resourceMatches(program, request.resource, evaluation), false),
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
    ...(resourceElement.matches ? [] : (['resource'] as const)),
    ...(conditions.every(({ holds }) => holds) ? [] : (['condition'] as const)),
    ...(failure === undefined ? [] : (['failure'] as const)),
  ]
  return {
    statement: ref,
    applies: failed.length === 0,
    failed,
    action: actionElement,
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
