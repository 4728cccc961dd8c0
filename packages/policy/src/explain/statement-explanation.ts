/**
 * What one statement says about a request: the same questions as in deciding (action, principal, resource, conditions), only
 * that all are asked and the answers are kept. They are asked when something of the explanation is read, so that explaining a
 * decision costs what is looked at.
 */
import type { ActionName } from '../compile/action-pattern.ts'
import type { Entry, StatementRef } from '../compile/compile-policy.ts'
import { type Caller, type Grade, GRADES } from '../compile/principal-pattern.ts'
import { resolvedResource } from '../compile/resource-pattern.ts'
import { actionMatches } from '../compile/statement-program.ts'
import { type Condition, conditionHolds, resolvedOperand } from '../condition/condition.ts'
import { type Evaluation, readKey } from '../context/evaluation.ts'
import type { ContextValue } from '../context/request-context.ts'
import type { StepBudget } from '../context/step-budget.ts'
import type { AccessRequest } from '../decide/access-request.ts'
import { principalGrade, type Reading, resourceApplies } from '../decide/evaluate-source.ts'

/** What one statement says about a request, element by element. */
export interface StatementExplanation {
  readonly statement: StatementRef
  /** Deciding statements apply. */
  readonly applies: boolean
  /**
   * One thing only keeps it from applying. Where that is the action it is one of the same service at least: of a policy about
   * everything all statements would be near otherwise.
   */
  readonly nearlyApplies: boolean
  /** What is in the way, empty when it applies. */
  readonly failed: readonly ('action' | 'principal' | 'resource' | 'condition' | 'failure')[]
  readonly action: ElementExplanation
  /** Undefined when the statement names no principal. */
  readonly principal: PrincipalExplanation | undefined
  /** Undefined when the statement names no resource. */
  readonly resource: ElementExplanation | undefined
  readonly conditions: readonly ConditionExplanation[]
  /** What was thrown while asking; the statement then neither allows nor lets anything else allow. */
  readonly failure: unknown
}

/** Whether an action or a resource is one of those that a statement names. */
export interface ElementExplanation {
  readonly matches: boolean
  /** NotAction, NotResource. */
  readonly isComplement: boolean
  readonly patterns: readonly ResolvedText[]
}

/** Whether the principal is one of those that a statement names. */
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

/** One key of a condition, and the value that it met. */
export interface ConditionExplanation {
  readonly operator: string
  readonly key: string
  readonly operands: readonly ResolvedText[]
  /** The request's; undefined when the key is not in it. */
  readonly value: ContextValue | undefined
  readonly holds: boolean
}

/** What a statement is asked. */
export interface StatementQuestion {
  readonly request: AccessRequest
  /** The request's action. */
  readonly name: ActionName
  readonly caller: Caller
  readonly reading: Reading
  /** Of the explanation: what one statement takes the others have no more. */
  readonly steps: StepBudget
}

/** Asks when it is read, once. Nothing of it throws. */
export class LazyStatementExplanation implements StatementExplanation {
  readonly #entry: Entry
  readonly #question: StatementQuestion
  #obstacles: number | undefined
  #answers: Answers | undefined

  constructor(entry: Entry, question: StatementQuestion) {
    this.#entry = entry
    this.#question = question
  }

  get statement(): StatementRef {
    return this.#entry.ref
  }

  // Most statements of a principal are about other services, and nothing else of them need be asked to say so.
  get applies(): boolean {
    return concernsService(this.#entry, this.#question) && this.#countObstacles() === 0
  }

  get nearlyApplies(): boolean {
    if (!concernsService(this.#entry, this.#question)) return false
    const obstacles = this.#countObstacles()
    if (obstacles === OBSTACLE_BITS.action) return namesService(this.#entry, this.#question)
    // A number with one bit set has none in common with the number before it.
    return obstacles !== 0 && (obstacles & (obstacles - 1)) === 0
  }

  get failed(): StatementExplanation['failed'] {
    const failed = FAILED[this.#countObstacles()]
    if (failed === undefined) throw new RangeError('a statement has an unknown obstacle')
    return failed
  }

  get action(): ElementExplanation {
    return this.#read().action
  }

  get principal(): PrincipalExplanation | undefined {
    return this.#read().principal
  }

  get resource(): ElementExplanation | undefined {
    return this.#read().resource
  }

  get conditions(): readonly ConditionExplanation[] {
    return this.#read().conditions
  }

  get failure(): unknown {
    return this.#read().failure
  }

  #read(): Answers {
    this.#answers ??= answersOf(this.#entry, this.#question)
    return this.#answers
  }

  /** As a set of bits. What fails is asked again, each question by itself. */
  #countObstacles(): number {
    this.#obstacles ??= obstaclesOf(this.#entry, this.#question) ?? bitsOf(this.#read().failed)
    return this.#obstacles
  }
}

/** What can be in the way, in the order in which it is told. */
const OBSTACLES = ['action', 'principal', 'resource', 'condition', 'failure'] as const

/** A bit for each, from the lowest on. */
const OBSTACLE_BITS = { action: 1, principal: 2, resource: 4, condition: 8, failure: 16 } as const

/** Every set of obstacles as a list, by its bits. */
const FAILED: readonly StatementExplanation['failed'][] = Array.from({ length: 1 << OBSTACLES.length }, (_, bits) =>
  OBSTACLES.filter((obstacle) => (bits & OBSTACLE_BITS[obstacle]) !== 0),
)

function bitsOf(failed: StatementExplanation['failed']): number {
  return failed.reduce((bits, obstacle) => bits | OBSTACLE_BITS[obstacle], 0)
}

/** Whether the statement may be about some action of the service. */
function concernsService({ program }: Entry, { name }: StatementQuestion): boolean {
  const { isComplement, patterns } = program.actions
  if (isComplement) return true
  for (const { service } of patterns) if (service === undefined || service === name.service) return true
  return false
}

function namesService({ program }: Entry, { name }: StatementQuestion): boolean {
  const { isComplement, patterns } = program.actions
  return !isComplement && patterns.some(({ service }) => service === name.service)
}

/** Undefined when something fails. */
function obstaclesOf({ program }: Entry, question: StatementQuestion): number | undefined {
  const { request, name, caller, reading, steps } = question
  const { principal, hasBoundary } = caller
  const evaluation: Evaluation = { context: request.context, steps }
  try {
    const isResource = resourceApplies(program, reading, { request, principal, hasBoundary, evaluation })
    return (
      (actionMatches(program, name, evaluation) ? 0 : OBSTACLE_BITS.action) |
      (principalGrade(program, reading, caller) === GRADES.unmatched ? OBSTACLE_BITS.principal : 0) |
      (isResource ? 0 : OBSTACLE_BITS.resource) |
      (allHold(program.conditions, evaluation) ? 0 : OBSTACLE_BITS.condition)
    )
  } catch {
    return undefined
  }
}

/** All are asked, because one that fails is told although another does not hold. */
function allHold(conditions: readonly Condition[], evaluation: Evaluation): boolean {
  let holds = true
  for (const condition of conditions) if (!conditionHolds(condition, evaluation)) holds = false
  return holds
}

type Answers = Omit<StatementExplanation, 'statement' | 'applies' | 'nearlyApplies'>

/** Asks, and keeps what is thrown. */
class Asker {
  failure: unknown

  ask<Answer>(question: () => Answer, otherwise: Answer): Answer {
    try {
      return question()
    } catch (error) {
      this.failure = error
      return otherwise
    }
  }
}

function answersOf({ program }: Entry, { request, name, caller, reading, steps }: StatementQuestion): Answers {
  const evaluation: Evaluation = { context: request.context, steps }
  const asker = new Asker()
  const { actions, principals, resources } = program
  const isAction = asker.ask(() => actionMatches(program, name, evaluation), false)
  const grade = asker.ask(() => principalGrade(program, reading, caller), GRADES.unmatched)
  const isNamed = grade !== GRADES.unmatched
  const isResource = asker.ask(() => resourceApplies(program, reading, { ...caller, request, evaluation }), false)
  const resourceTexts = resources?.patterns.map((pattern) => ({
    text: pattern.source,
    resolved: asker.ask(() => resolvedResource(pattern, evaluation), undefined),
  }))
  const conditions = program.conditions.map((condition) =>
    asker.ask(() => explainCondition(condition, evaluation), unknownCondition(condition)),
  )
  const { failure } = asker
  return {
    failed: [
      ...(isAction ? [] : (['action'] as const)),
      ...(isNamed ? [] : (['principal'] as const)),
      ...(isResource ? [] : (['resource'] as const)),
      ...(conditions.every(({ holds }) => holds) ? [] : (['condition'] as const)),
      ...(failure === undefined ? [] : (['failure'] as const)),
    ],
    action: {
      matches: isAction,
      isComplement: actions.isComplement,
      patterns: actions.patterns.map(({ source }) => ({ text: source, resolved: source })),
    },
    principal: principals && { matches: isNamed, isComplement: principals.isComplement, grade },
    resource: resources && {
      matches: isResource,
      isComplement: resources.isComplement,
      patterns: resourceTexts ?? [],
    },
    conditions,
    failure,
  }
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

/** When the context fails. */
function unknownCondition({ operator, key, operands }: Condition): ConditionExplanation {
  return {
    operator,
    key,
    operands: operands.map((text) => ({ text, resolved: undefined })),
    value: undefined,
    holds: false,
  }
}
