import { assertBoolean, assertText } from '../assert-answer.ts'
import type { Evaluation } from '../context/evaluation.ts'
import { parseActionName } from './action-pattern.ts'
import type { CompiledPolicy, Entry } from './compile-policy.ts'
import { actionMatches } from './statement-program.ts'

/** Statements of a set whose Action or NotAction matches one action, in order. */
export interface Candidates {
  readonly denies: readonly Entry[]
  readonly allows: readonly Entry[]
}

/** More actions than any service has; beyond them the index answers without remembering. */
const INDEXED_ACTIONS_MAX = 4_096
const INDEXED_LENGTH_MAX = 256

/**
 * Policies of one kind that apply together, as one source, indexed by action.
 *
 * An action's candidates are found when it is first asked for and kept. That is an index over the policies, not a cache of
 * decisions: resource and conditions of every candidate are asked anew for each request.
 */
export class PolicySet {
  readonly policies: readonly CompiledPolicy[]
  readonly #byAction = new Map<string, Candidates>()

  constructor(policies: readonly CompiledPolicy[]) {
    this.policies = policies
  }

  candidates(action: string, evaluation: Evaluation): Candidates {
    const known = this.#byAction.get(action)
    if (known !== undefined) return known
    const candidates = this.#find(action, evaluation)
    if (this.#byAction.size < INDEXED_ACTIONS_MAX && action.length <= INDEXED_LENGTH_MAX)
      this.#byAction.set(action, candidates)
    return candidates
  }

  #find(text: string, evaluation: Evaluation): Candidates {
    const action = parseActionName(text)
    assertText(action.service)
    assertText(action.name)
    const denies: Entry[] = []
    const allows: Entry[] = []
    for (const { program, entries } of this.policies) {
      for (const place of program.byService.get(action.service) ?? program.otherServices) {
        const entry = entries[place]
        if (entry === undefined) throw new RangeError('a statement of a policy is missing')
        const matches = actionMatches(entry.program, action, evaluation)
        assertBoolean(matches)
        if (!matches) continue
        const list = entry.ref.effect === 'Deny' ? denies : allows
        list.push(entry)
      }
    }
    return { denies, allows }
  }
}

/** The order of policies decides only which of several deciding statements is named. */
export function compile(policies: readonly CompiledPolicy[]): PolicySet {
  return new PolicySet([...policies])
}
