import type { Evaluation } from '../context/evaluation.ts'
import { StepBudget, StepBudgetExceeded } from '../context/step-budget.ts'
import type { AccessRequest, Decision, PrincipalPolicies } from './access-request.ts'
import { evaluateSource, type SourceVerdict } from './evaluate-source.ts'

/** Never throws. Whatever fails while deciding is a deny (negative tests O-05, E-8). */
export function decide(request: AccessRequest, principal: PrincipalPolicies): Decision {
  try {
    const steps = new StepBudget()
    const identity = evaluateIdentity(request, principal, { context: request.context, steps })
    return combine(principal.kind, identity)
  } catch (error) {
    return failureOf(error)
  }
}

function evaluateIdentity(
  request: AccessRequest,
  principal: PrincipalPolicies,
  evaluation: Evaluation,
): SourceVerdict | undefined {
  if (typeof request.action !== 'string' || typeof request.resource !== 'string') {
    throw new TypeError('action or resource of a request is not a string')
  }
  return principal.kind === 'identity' ? evaluateSource(principal.policies, request, evaluation) : undefined
}

/**
 * INVARIANT (one allow): this is the only place that makes an allow, from an explicit verdict of every source that has a say.
 * The next kinds of policy are further verdicts here.
 */
function combine(kind: PrincipalPolicies['kind'], identity: SourceVerdict | undefined): Decision {
  if (kind === 'root') return { effect: 'allow', source: 'root', statement: undefined, ...SOUND }
  switch (identity?.verdict) {
    case 'deny':
      return { effect: 'explicitDeny', source: 'identity', statement: identity.statement, ...SOUND }
    case 'allow':
      return { effect: 'allow', source: 'identity', statement: identity.statement, ...SOUND }
    case 'none':
    case undefined:
      return { effect: 'implicitDeny', source: 'identity', statement: undefined, ...SOUND }
  }
}

const SOUND = { budgetExceeded: false, failure: undefined } as const

function failureOf(failure: unknown): Decision {
  const budgetExceeded = failure instanceof StepBudgetExceeded
  return { effect: 'implicitDeny', source: 'identity', statement: undefined, budgetExceeded, failure }
}
