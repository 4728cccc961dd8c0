import { assertBoolean, assertText } from '../assert-answer.ts'
import type { Evaluation } from '../context/evaluation.ts'
import { parseActionName } from './action-pattern.ts'
import { CandidateIndex } from './candidate-index.ts'
import type { Candidates, PlacedStatement } from './candidates.ts'
import type { PolicyProgram } from './compile-policy.ts'
import { actionMatches } from './statement-program.ts'

/** More actions than any service has; beyond them the index answers without remembering. */
const INDEXED_ACTIONS_MAX = 4_096
const INDEXED_LENGTH_MAX = 256

/**
 * Statements of several documents, indexed by action and by what resources start with.
 *
 * The statements of an action are found when it is first asked for and kept. That is an index over the policies, not a cache of
 * decisions: resource and conditions of every candidate are asked anew for each request.
 */
export class StatementIndex {
  readonly #programs: readonly PolicyProgram[]
  readonly #byAction = new Map<string, CandidateIndex>()

  constructor(programs: readonly PolicyProgram[]) {
    this.#programs = programs
  }

  /** The statements that may apply. Their actions match; resource and conditions are still to be asked. */
  candidates(action: string, resource: string, evaluation: Evaluation): Candidates {
    const index = this.#byAction.get(action) ?? this.#indexOf(action, evaluation)
    return index.select(resource, evaluation)
  }

  #indexOf(action: string, evaluation: Evaluation): CandidateIndex {
    const index = new CandidateIndex(this.#find(action, evaluation), evaluation.steps)
    if (this.#byAction.size < INDEXED_ACTIONS_MAX && action.length <= INDEXED_LENGTH_MAX)
      this.#byAction.set(action, index)
    return index
  }

  #find(text: string, evaluation: Evaluation): readonly PlacedStatement[] {
    const action = parseActionName(text)
    assertText(action.service)
    assertText(action.name)
    const found: PlacedStatement[] = []
    let before = 0
    for (const { statements, byService, otherServices } of this.#programs) {
      for (const index of byService.get(action.service) ?? otherServices) {
        const program = statements[index]
        if (program === undefined) throw new RangeError('a statement of a policy is missing')
        const matches = actionMatches(program, action, evaluation)
        assertBoolean(matches)
        if (matches) found.push({ place: before + index, program })
      }
      before += statements.length
    }
    return found
  }
}

/** INVARIANT (indexed once): an index depends on documents only, so that all who have the same policies share one. */
const FIRST: Branch = { index: undefined, next: new WeakMap() }

/** The index of some documents, once it is asked for, and what is known of those and one more. */
interface Branch {
  index: StatementIndex | undefined
  readonly next: WeakMap<PolicyProgram, Branch>
}

/** Of the documents in their order. */
export function statementIndexOf(programs: readonly PolicyProgram[]): StatementIndex {
  let branch = FIRST
  for (const program of programs) {
    const next: Branch = branch.next.get(program) ?? { index: undefined, next: new WeakMap() }
    branch.next.set(program, next)
    branch = next
  }
  branch.index ??= new StatementIndex(programs)
  return branch.index
}
