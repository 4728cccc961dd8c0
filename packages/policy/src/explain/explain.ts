/** Why a request is decided as it is. The decision is `decide`'s own, and what it rests on is asked by the same code. */
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
}

/** Never throws: a question that cannot be asked has a decision that says so, and no sources. */
export function explain(request: AccessRequest, policies: PoliciesInForce): Explanation {
  const decision = decide(request, policies)
  return new LazyExplanation(request, policies, { decision, sources: sourcesOf(request, policies) })
}

class LazyExplanation implements Explanation {
  readonly request: AccessRequest
  readonly decision: Decision
  readonly sources: readonly SourceExplanation[]
  readonly #policies: PoliciesInForce
  #remedies: readonly Remedy[] | undefined

  constructor(
    request: AccessRequest,
    policies: PoliciesInForce,
    { decision, sources }: Pick<Explanation, 'decision' | 'sources'>,
  ) {
    this.request = request
    this.decision = decision
    this.sources = sources
    this.#policies = policies
  }

  get remedies(): readonly Remedy[] {
    this.#remedies ??= remediesOf(this, this.#policies)
    return this.#remedies
  }
}

function sourcesOf(request: AccessRequest, policies: PoliciesInForce): readonly SourceExplanation[] {
  try {
    const question = {
      request,
      caller: { principal: request.principal, hasBoundary: policies.boundary !== undefined },
    }
    return applicableSources(request, policies).map((applicable) => new LazySourceExplanation(applicable, question))
  } catch {
    return []
  }
}
