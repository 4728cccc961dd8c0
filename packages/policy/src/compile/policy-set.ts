import type { Evaluation } from '../context/evaluation.ts'
import type { Candidates } from './candidates.ts'
import type { CompiledPolicy, Entry } from './compile-policy.ts'
import { type StatementIndex, statementIndexOf } from './statement-index.ts'

/** Policies of one kind that apply together, as one source. */
export class PolicySet {
  readonly policies: readonly CompiledPolicy[]
  readonly #index: StatementIndex
  #entries: readonly Entry[] | undefined

  constructor(policies: readonly CompiledPolicy[]) {
    this.policies = policies
    this.#index = statementIndexOf(policies.map(({ program }) => program))
  }

  /** All statements, in the order of policies and documents. */
  get entries(): readonly Entry[] {
    this.#entries ??= entriesOf(this.policies)
    return this.#entries
  }

  /** Places among the entries. The actions of these statements match; resource and conditions are still to be asked. */
  candidates(action: string, resource: string, evaluation: Evaluation): Candidates {
    return this.#index.candidates(action, resource, evaluation)
  }
}

/** The order of policies decides only which of several deciding statements is named. */
export function compile(policies: readonly CompiledPolicy[]): PolicySet {
  return new PolicySet([...policies])
}

function entriesOf(policies: readonly CompiledPolicy[]): readonly Entry[] {
  const [first] = policies
  return policies.length === 1 && first !== undefined ? first.entries : policies.flatMap(({ entries }) => entries)
}
