import { assertBoolean, assertText } from '../assert-answer.ts'
import type { Evaluation } from '../context/evaluation.ts'
import { parseActionName } from './action-pattern.ts'
import { CandidateIndex } from './candidate-index.ts'
import type { Candidates, PlacedStatement } from './candidates.ts'
import type { PolicyProgram } from './compile-policy.ts'
import { actionMatches } from './statement-program.ts'

/**
 * Whoever asks may make names of actions up, so that what is kept has a bound: some thousand actions, and patterns at some hundred
 * bytes each. Beyond it everything is forgotten, and found anew when it is asked for.
 */
const INDEXED_ACTIONS_MAX = 4_096
const INDEXED_LENGTH_MAX = 256
const INDEXED_PATTERNS_MAX = 65_536

/**
 * Statements of several documents, indexed by action and by what resources start with.
 *
 * The statements of an action are found when it is first asked for and kept. That is an index over the policies, not a cache of
 * decisions: resource and conditions of every candidate are asked anew for each request.
 */
export class StatementIndex {
  readonly #programs: readonly PolicyProgram[]
  readonly #byAction = new Map<string, CandidateIndex>()
  /** By the places of statements: actions that the same statements are about share an index. */
  readonly #byPlaces = new Map<string, CandidateIndex>()
  #patterns = 0

  constructor(programs: readonly PolicyProgram[]) {
    this.#programs = programs
  }

  /** The statements that may apply. Their actions match; resource and conditions are still to be asked. */
  candidates(action: string, resource: string, evaluation: Evaluation): Candidates {
    const index = this.#byAction.get(action) ?? this.#indexOf(action, evaluation)
    return index.select(resource, evaluation)
  }

  #indexOf(action: string, evaluation: Evaluation): CandidateIndex {
    const found = this.#find(action, evaluation)
    const places = found.map(({ place }) => place).join()
    const index = this.#byPlaces.get(places) ?? this.#keep(places, new CandidateIndex(found, evaluation.steps))
    if (this.#byAction.size >= INDEXED_ACTIONS_MAX) this.#byAction.clear()
    if (action.length <= INDEXED_LENGTH_MAX) this.#byAction.set(action, index)
    return index
  }

  #keep(places: string, index: CandidateIndex): CandidateIndex {
    if (this.#patterns + index.size > INDEXED_PATTERNS_MAX) {
      this.#byAction.clear()
      this.#byPlaces.clear()
      this.#patterns = 0
    }
    this.#byPlaces.set(places, index)
    this.#patterns += index.size
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
