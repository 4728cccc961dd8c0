/** A statement as the engine asks it: three questions, which enforcement and explanation both go through. */
import { assertBoolean } from '../assert-answer.ts'
import type { Evaluation } from '../context/evaluation.ts'
import { compileConditions, type Condition, type Effect } from '../condition/condition.ts'
import type { ListElement, PolicyDocument, Statement } from '../document/policy-document.ts'
import type { Position } from '../json/line-index.ts'
import { type ActionName, type ActionPattern, compileAction, matchAction } from './action-pattern.ts'
import { compilePrincipals, type PrincipalPattern } from './principal-pattern.ts'
import { compileResource, matchResource, type ResourcePattern } from './resource-pattern.ts'

export interface StatementProgram {
  /** Place in the document, from 0. */
  readonly index: number
  readonly sid: string | undefined
  readonly effect: Effect
  /** Undefined when the statement has neither Principal nor NotPrincipal. */
  readonly principals: PrincipalPattern | undefined
  readonly actions: PatternList<ActionPattern>
  /** Undefined when the statement has neither Resource nor NotResource, as in trust policies. */
  readonly resources: ResourceList | undefined
  readonly conditions: readonly Condition[]
  readonly start: Position
  /** Behind the closing brace. */
  readonly end: Position
}

export interface PatternList<Pattern> {
  /** NotAction, NotResource: matches what no pattern matches. */
  readonly isComplement: boolean
  readonly patterns: readonly Pattern[]
}

export interface ResourceList extends PatternList<ResourcePattern> {
  /** A pattern is `*` alone, as in most statements of guardrails. */
  readonly hasEverything: boolean
}

/** Undefined for a statement that cannot apply to anything. */
export function compileStatement(
  statement: Statement,
  index: number,
  { version, lines }: PolicyDocument,
): StatementProgram | undefined {
  const effect = effectOf(statement)
  const { action, principal, resource } = statement
  if (effect === undefined || action === undefined) return undefined
  const variables = version === '2012-10-17'
  return {
    index,
    sid: statement.sid?.value,
    effect,
    principals: principal && compilePrincipals(principal),
    actions: patternList(action, compileAction),
    resources: resource && resourceList(resource, variables),
    conditions: statement.conditions.flatMap((block) => compileConditions(block, { variables, effect })),
    start: lines.positionAt(statement.start),
    end: lines.positionAt(statement.end),
  }
}

/** Whether Action or NotAction lets the statement speak of the action. Throws StepBudgetExceeded. */
export function actionMatches({ actions }: StatementProgram, action: ActionName, { steps }: Evaluation): boolean {
  const { isComplement, patterns } = actions
  for (const pattern of patterns) {
    const matches = matchAction(pattern, action, steps)
    assertBoolean(matches)
    if (matches) return !isComplement
  }
  return isComplement
}

/** The same of Resource or NotResource. Throws what the request's context throws, too. */
export function resourceMatches(
  { isComplement, patterns, hasEverything }: ResourceList,
  resource: string,
  evaluation: Evaluation,
): boolean {
  evaluation.steps.spend(1)
  if (hasEverything) return !isComplement
  for (const pattern of patterns) {
    const matches = matchResource(pattern, resource, evaluation)
    assertBoolean(matches)
    if (matches) return !isComplement
  }
  return isComplement
}

/** What may not be stored must still be safe to decide with: a misspelt Allow grants nothing, and any Deny denies. */
function effectOf({ effect }: Statement): Effect | undefined {
  if (effect.value === 'Allow') return 'Allow'
  return effect.value.startsWith('D') || effect.value.startsWith('d') ? 'Deny' : undefined
}

function patternList<Pattern>(element: ListElement, compile: (source: string) => Pattern): PatternList<Pattern> {
  return { isComplement: element.isComplement, patterns: element.values.map(({ value }) => compile(value)) }
}

function resourceList(element: ListElement, variables: boolean): ResourceList {
  const list = patternList(element, (source) => compileResource(source, { variables }))
  return { ...list, hasEverything: list.patterns.some(({ source }) => source === '*') }
}
