/** What one kind of policy says about a request by itself, and each of its statements. */
import { parseActionName } from '../compile/action-pattern.ts'
import type { StatementRef } from '../compile/compile-policy.ts'
import type { Caller, Grade } from '../compile/principal-pattern.ts'
import type { StepBudget } from '../context/step-budget.ts'
import type { AccessRequest, DecisionSource } from '../decide/access-request.ts'
import { evaluateSource, NONE, type SourceVerdict } from '../decide/evaluate-source.ts'
import type { ApplicableSource } from './applicable-source.ts'
import { LazyStatementExplanation, type StatementExplanation } from './statement-explanation.ts'

/** What one kind of policy says about a request, or one level of control policies. */
export interface SourceExplanation {
  readonly source: DecisionSource
  /** Of control policies, from 0 for the organization's root. */
  readonly level: number | undefined
  /** What this kind of policy says by itself; `none` also for one that could not be asked. */
  readonly verdict: 'allow' | 'deny' | 'none'
  /** The statement that the verdict rests on. */
  readonly statement: StatementRef | undefined
  /** How closely that statement names the principal; the highest for policies that are attached to it. */
  readonly grade: Grade
  /** All statements, in the order of policies and documents. */
  readonly statements: readonly StatementExplanation[]
}

/** Who asks for what. */
export interface SourceQuestion {
  readonly request: AccessRequest
  readonly caller: Caller
  /** For all that is asked. */
  readonly steps: StepBudget
}

/** The verdict is asked at once, statements when they are read. Nothing of it throws. */
export class LazySourceExplanation implements SourceExplanation {
  readonly source: DecisionSource
  readonly level: number | undefined
  readonly verdict: SourceExplanation['verdict']
  readonly statement: StatementRef | undefined
  readonly grade: Grade
  readonly #applicable: ApplicableSource
  readonly #question: SourceQuestion
  #statements: readonly StatementExplanation[] | undefined

  constructor(applicable: ApplicableSource, question: SourceQuestion) {
    const { verdict, statement, grade } = verdictOf(applicable, question)
    this.source = applicable.source
    this.level = applicable.level
    this.verdict = verdict === 'absent' ? 'none' : verdict
    this.statement = statement
    this.grade = grade
    this.#applicable = applicable
    this.#question = question
  }

  get statements(): readonly StatementExplanation[] {
    this.#statements ??= this.#explainStatements()
    return this.#statements
  }

  #explainStatements(): readonly StatementExplanation[] {
    const { policies, reading } = this.#applicable
    const { action } = this.#question.request
    const name = parseActionName(typeof action === 'string' ? action : '')
    const question = { ...this.#question, reading, name }
    return policies.entries.map((entry) => new LazyStatementExplanation(entry, question))
  }
}

function verdictOf({ policies, reading }: ApplicableSource, { request, caller, steps }: SourceQuestion): SourceVerdict {
  try {
    const evaluation = { context: request.context, steps }
    return evaluateSource(policies, reading, { ...caller, request, evaluation })
  } catch {
    return NONE
  }
}
