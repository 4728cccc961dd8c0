import { assertBoolean } from '../assert-answer.ts'
import type { Evaluation } from '../context/evaluation.ts'
import { assertPrincipal } from '../context/principal.ts'
import { StepBudget, StepBudgetExceeded } from '../context/step-budget.ts'
import type { AccessRequest, Decision, PoliciesInForce } from './access-request.ts'
import { combine } from './combine.ts'
import { evaluateSources, UNASKED } from './evaluate-sources.ts'
import { peculiarityOf } from './peculiarity.ts'

/** Never throws. Whatever fails while deciding is a deny (negative tests O-05, E-8). */
export function decide(request: AccessRequest, policies: PoliciesInForce): Decision {
  try {
    assertRequest(request)
    assertPolicies(policies)
    const { needsNoPermission } = peculiarityOf(request.action)
    assertBoolean(needsNoPermission)
    const isAsked = !needsNoPermission || request.principal.kind === 'anonymous'
    const evaluation: Evaluation = { context: request.context, steps: new StepBudget() }
    const verdicts = isAsked ? evaluateSources(request, policies, evaluation) : UNASKED
    return combine(request, verdicts, { resourceKind: policies.resource?.kind, needsNoPermission })
  } catch (error) {
    return failureOf(error)
  }
}

/** What a host hands in may not be typed. */
function assertRequest({ action, principal, resource, resourceAccount }: AccessRequest): void {
  if (typeof action !== 'string' || typeof resource !== 'string') {
    throw new TypeError('action or resource of a request is not a string')
  }
  if (resourceAccount !== undefined && typeof resourceAccount !== 'string') {
    throw new TypeError('account of a resource is not a string')
  }
  assertPrincipal(principal)
}

function assertPolicies(policies: unknown): void {
  if (typeof policies !== 'object') throw new TypeError('the policies in force are no record')
}

function failureOf(failure: unknown): Decision {
  const budgetExceeded = failure instanceof StepBudgetExceeded
  // Without one the denial would pass for one that a policy makes, and nobody would be told.
  const told = failure ?? new Error('the decision failed, and what was thrown says nothing')
  return { effect: 'implicitDeny', source: 'identity', statement: undefined, budgetExceeded, failure: told }
}
