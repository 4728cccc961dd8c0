/** Why a request is decided as it is. The decision is `decide`'s own. */
import { parseActionName } from '../compile/action-pattern.ts'
import type { Caller } from '../compile/principal-pattern.ts'
import type { PolicySet } from '../compile/policy-set.ts'
import type { AccessRequest, Decision, DecisionSource, PoliciesInForce } from './access-request.ts'
import { decide } from './decide.ts'
import type { Reading } from './evaluate-source.ts'
import { isUnderResourceControl, isUnderServiceControl, ownPolicies } from './evaluate-sources.ts'
import { explainStatement, type StatementExplanation } from './explain-statement.ts'

export interface Explanation {
  readonly decision: Decision
  /** One for each kind of policy that had a say, and for each level of control policies. */
  readonly sources: readonly SourceExplanation[]
}

export interface SourceExplanation {
  readonly source: DecisionSource
  /** Of control policies, from 0 for the organization's root. */
  readonly level: number | undefined
  /** What this kind of policy says by itself. */
  readonly verdict: 'allow' | 'deny' | 'none'
  /** All statements, in the order of policies and documents. */
  readonly statements: readonly StatementExplanation[]
}

/** Never throws: a question that cannot be asked has a decision that says so, and no sources. */
export function explain(request: AccessRequest, policies: PoliciesInForce): Explanation {
  const decision = decide(request, policies)
  try {
    const caller = { principal: request.principal, hasBoundary: policies.boundary !== undefined }
    const sources = applicableSources(request, policies).map((source) => explainSource(source, request, caller))
    return { decision, sources }
  } catch {
    return { decision, sources: [] }
  }
}

interface ApplicableSource {
  readonly source: DecisionSource
  readonly level?: number
  readonly reading: Reading
  readonly policies: PolicySet
}

/** The sources that `evaluateSources` asks, in the order in which deciding ones are named. */
function applicableSources(request: AccessRequest, policies: PoliciesInForce): readonly ApplicableSource[] {
  const { principal } = request
  const { resourceControl = [], serviceControl = [], endpoint, resource } = policies
  const own = ownPolicies(principal, policies)
  const levelsOf = (
    levels: readonly PolicySet[],
    source: Pick<ApplicableSource, 'source' | 'reading'>,
  ): readonly ApplicableSource[] => levels.map((level, index) => ({ ...source, level: index, policies: level }))
  const single = (
    set: PolicySet | 'everything' | undefined,
    source: Pick<ApplicableSource, 'source' | 'reading'>,
  ): readonly ApplicableSource[] => (set === undefined || set === 'everything' ? [] : [{ ...source, policies: set }])
  return [
    ...(isUnderResourceControl(request)
      ? levelsOf(resourceControl, { source: 'resourceControl', reading: 'resourceControl' })
      : []),
    ...(isUnderServiceControl(principal)
      ? levelsOf(serviceControl, { source: 'serviceControl', reading: 'attached' })
      : []),
    ...single(endpoint, { source: 'endpoint', reading: 'resource' }),
    ...single(
      resource?.policies,
      resource?.kind === 'trust' ? { source: 'trust', reading: 'trust' } : { source: 'resource', reading: 'resource' },
    ),
    ...single(own.identity, { source: 'identity', reading: 'attached' }),
    ...single(own.boundary, { source: 'boundary', reading: 'attached' }),
    ...single(own.session, { source: 'session', reading: 'attached' }),
  ]
}

function explainSource(
  { source, level, reading, policies }: ApplicableSource,
  request: AccessRequest,
  caller: Caller,
): SourceExplanation {
  const action = parseActionName(request.action)
  const entries = policies.policies.flatMap((policy) => policy.entries)
  const statements = entries.map((entry) => explainStatement(entry, { request, caller, action, reading }))
  return { source, level, verdict: verdictOf(statements), statements }
}

function verdictOf(statements: readonly StatementExplanation[]): SourceExplanation['verdict'] {
  const applying = statements.filter(({ applies }) => applies)
  if (applying.some(({ statement }) => statement.effect === 'Deny')) return 'deny'
  return applying.length > 0 ? 'allow' : 'none'
}
