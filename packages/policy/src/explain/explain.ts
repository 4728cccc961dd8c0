/** Why a request is decided as it is. The decision is `decide`'s own, and what it rests on is asked by the same code. */
import { EXPLANATION_STEPS_MAX, StepBudget } from '../context/step-budget.ts'
import type { AccessRequest, Decision, PoliciesInForce } from '../decide/access-request.ts'
import { decide } from '../decide/decide.ts'
import { applicableSources } from './applicable-source.ts'
import { remediesOf, type Remedy } from './remedy.ts'
import { LazySourceExplanation, type SourceExplanation } from './source-explanation.ts'

/**
 * Statements and remedies are worked out when they are read: read them before anything that the request's context answers
 * from changes.
 */
export interface Explanation {
  readonly request: AccessRequest
  readonly decision: Decision
  /** One for each kind of policy that had a say, and for each level of control policies. */
  readonly sources: readonly SourceExplanation[]
  /** What would have to change for the request to be allowed: all of them together. None when it is allowed. */
  readonly remedies: readonly Remedy[]
  /** What has been read of it so far took so many steps; those of the decision are not among them. */
  readonly stepsTaken: number
  /** It took too many steps: of what was read, something could not be worked out, and says so as a failure does. */
  readonly isCutShort: boolean
}

/** Never throws: a question that cannot be asked has a decision that says so, and no sources. */
export function explain(request: AccessRequest, policies: PoliciesInForce): Explanation {
  const decision = decide(request, policies)
  const steps = new StepBudget(EXPLANATION_STEPS_MAX)
  return new LazyExplanation(request, policies, { decision, sources: sourcesOf(request, policies, steps), steps })
}

class LazyExplanation implements Explanation {
  readonly request: AccessRequest
  readonly decision: Decision
  readonly sources: readonly SourceExplanation[]
  readonly #policies: PoliciesInForce
  readonly #steps: StepBudget
  #remedies: readonly Remedy[] | undefined

  constructor(
    request: AccessRequest,
    policies: PoliciesInForce,
    { decision, sources, steps }: Pick<Explanation, 'decision' | 'sources'> & { readonly steps: StepBudget },
  ) {
    this.request = request
    this.decision = decision
    this.sources = sources
    this.#policies = policies
    this.#steps = steps
  }

  get stepsTaken(): number {
    return EXPLANATION_STEPS_MAX - this.#steps.left
  }

  get isCutShort(): boolean {
    return this.#steps.left < 0
  }

  get remedies(): readonly Remedy[] {
    this.#remedies ??= remediesOf(this, this.#policies)
    return this.#remedies
  }
}

function sourcesOf(request: AccessRequest, policies: PoliciesInForce, steps: StepBudget): readonly SourceExplanation[] {
  try {
    const question = {
      request,
      steps,
      caller: { principal: request.principal, hasBoundary: policies.boundary !== undefined },
    }
    return applicableSources(request, policies).map((applicable) => new LazySourceExplanation(applicable, question))
  } catch {
    return []
  }
}
