import { assertBoolean, assertText } from '../assert-answer.ts'
import type { Evaluation } from '../context/evaluation.ts'
import { parseActionName } from './action-pattern.ts'
import { CandidateIndex } from './candidate-index.ts'
import type { Candidates } from './candidates.ts'
import type { CompiledPolicy, Entry } from './compile-policy.ts'
import { actionMatches } from './statement-program.ts'

/** More actions than any service has; beyond them the index answers without remembering. */
const INDEXED_ACTIONS_MAX = 4_096
const INDEXED_LENGTH_MAX = 256

/**
 * Policies of one kind that apply together, as one source, indexed by action and by what resources start with.
 *
 * The statements of an action are found when it is first asked for and kept. That is an index over the policies, not a cache of
 * decisions: resource and conditions of every candidate are asked anew for each request.
 */
export class PolicySet {
  readonly policies: readonly CompiledPolicy[]
  readonly #byAction = new Map<string, CandidateIndex>()

  constructor(policies: readonly CompiledPolicy[]) {
    this.policies = policies
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

  #find(text: string, evaluation: Evaluation): readonly Entry[] {
    const action = parseActionName(text)
    assertText(action.service)
    assertText(action.name)
    const found: Entry[] = []
    for (const { program, entries } of this.policies) {
      for (const place of program.byService.get(action.service) ?? program.otherServices) {
        const entry = entries[place]
        if (entry === undefined) throw new RangeError('a statement of a policy is missing')
        const matches = actionMatches(entry.program, action, evaluation)
        assertBoolean(matches)
        if (matches) found.push(entry)
      }
    }
    return found
  }
}

/** The order of policies decides only which of several deciding statements is named. */
export function compile(policies: readonly CompiledPolicy[]): PolicySet {
  return new PolicySet([...policies])
}
