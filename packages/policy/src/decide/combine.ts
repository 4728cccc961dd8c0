/**
 * The one place where what the sources say becomes a decision (IAM User Guide, "Policy evaluation logic").
 *
 * Several sources may deny at once, and AWS names one. Explicit denies come before implicit ones, and both are looked for in
 * the order of its flow chart: resource control, service control, endpoint, resource, identity, boundary, session.
 */
import { assertBoolean } from '../assert-answer.ts'
import { type Grade, GRADES } from '../compile/principal-pattern.ts'
import type { Principal } from '../context/principal.ts'
import type { AccessRequest, Decision, DecisionSource, ResourcePolicies } from './access-request.ts'
import type { SourceVerdict } from './evaluate-source.ts'
import type { Verdicts } from './evaluate-sources.ts'

/** What else the combination depends on. */
export interface Circumstances {
  /** Of the resource's policies, if there are any. */
  readonly resourceKind: ResourcePolicies['kind'] | undefined
  /** The action needs no permission. */
  readonly needsNoPermission: boolean
}

/**
 * INVARIANT (one allow): this is the only place that makes an allow, from an explicit answer of every source that has a say.
 * Every test below is for the very answer that lets the request pass, so that a missing or malformed one stops it.
 */
export function combine(request: AccessRequest, verdicts: Verdicts, circumstances: Circumstances): Decision {
  const { resourceKind, needsNoPermission } = circumstances
  const relation = relationOf(request)
  const resourceSource = resourceKind === 'trust' ? 'trust' : 'resource'
  if (!needsNoPermission || request.principal.kind === 'anonymous') {
    const denial = explicitDenial(verdicts, resourceSource)
    if (denial !== undefined) return denial
    const missing = missingSource(verdicts, relation, resourceKind)
    if (missing !== 'nothing') return decisionBy('implicitDeny', missing, undefined)
  }
  // It rests on the principal's own policies when they are enough, else on the resource's.
  const isOwn = IS_IN_ACCOUNT[relation] && areEnough(verdicts)
  assertBoolean(isOwn)
  if (!isOwn) return decisionBy('allow', resourceSource, verdicts.resource.statement)
  const isRoot = isOfRoot(request.principal)
  assertBoolean(isRoot)
  return decisionBy('allow', isRoot ? 'root' : 'identity', verdicts.identity.statement)
}

function decisionBy(effect: Decision['effect'], source: DecisionSource, statement: Decision['statement']): Decision {
  return { effect, source, statement, budgetExceeded: false, failure: undefined }
}

/** Where the principal stands to the resource: `outside` is who belongs to no account. */
type Relation = 'outside' | 'sameAccount' | 'crossAccount'

/** Without `resourceAccount` the resource is the principal's own, or nobody's. */
export function relationOf({ principal, resourceAccount }: AccessRequest): Relation {
  switch (principal.kind) {
    case 'anonymous':
    case 'service':
    case 'federated':
      return 'outside'
    case 'root':
    case 'user':
    case 'roleSession':
    case 'federatedUser':
      return resourceAccount === undefined || resourceAccount === principal.accountId ? 'sameAccount' : 'crossAccount'
  }
}

function explicitDenial(verdicts: Verdicts, resourceSource: DecisionSource): Decision | undefined {
  const { resourceControl, serviceControl, endpoint, resource, identity, boundary, session } = verdicts
  if (resourceControl.verdict === 'deny')
    return decisionBy('explicitDeny', 'resourceControl', resourceControl.statement)
  if (serviceControl.verdict === 'deny') return decisionBy('explicitDeny', 'serviceControl', serviceControl.statement)
  if (endpoint.verdict === 'deny') return decisionBy('explicitDeny', 'endpoint', endpoint.statement)
  if (resource.verdict === 'deny') return decisionBy('explicitDeny', resourceSource, resource.statement)
  if (identity.verdict === 'deny') return decisionBy('explicitDeny', 'identity', identity.statement)
  if (boundary.verdict === 'deny') return decisionBy('explicitDeny', 'boundary', boundary.statement)
  if (session.verdict === 'deny') return decisionBy('explicitDeny', 'session', session.statement)
  return undefined
}

/** The first source without whose word there is no access. */
function missingSource(
  verdicts: Verdicts,
  relation: Relation,
  resourceKind: Circumstances['resourceKind'],
): DecisionSource | 'nothing' {
  const { resourceControl, serviceControl, endpoint, resource } = verdicts
  if (!LETS[resourceControl.verdict]) return 'resourceControl'
  if (!LETS[serviceControl.verdict]) return 'serviceControl'
  if (!LETS[endpoint.verdict]) return 'endpoint'
  const resourceSource = resourceKind === 'trust' ? 'trust' : 'resource'
  switch (relation) {
    case 'outside':
      return resource.verdict === 'allow' ? 'nothing' : resourceSource
    case 'crossAccount': {
      const own = missingOwnSource(verdicts, GRADES.unmatched)
      return own === 'nothing' && resource.verdict !== 'allow' ? resourceSource : own
    }
    case 'sameAccount': {
      if (resource.verdict === 'allow') return missingOwnSource(verdicts, resource.grade)
      const isEnough = (resourceKind === 'grants' && resource.verdict === 'none') || resource.verdict === 'absent'
      return isEnough ? missingOwnSource(verdicts, GRADES.unmatched) : resourceSource
    }
  }
}

/** Of the principal's own policies, but for what the grade of the resource's Allow makes up for. */
function missingOwnSource({ identity, boundary, session }: Verdicts, grade: Grade): DecisionSource | 'nothing' {
  const isIdentityMet = identity.verdict === 'allow' || (identity.verdict === 'none' && grade >= GRADES.identity)
  if (!isIdentityMet) return 'identity'
  const isBoundaryMet = LETS[boundary.verdict] || (boundary.verdict === 'none' && grade >= GRADES.boundary)
  if (!isBoundaryMet) return 'boundary'
  const isSessionMet = LETS[session.verdict] || (session.verdict === 'none' && grade >= GRADES.session)
  return isSessionMet ? 'nothing' : 'session'
}

/** Whether a source that limits lets the request pass. */
const LETS: Readonly<Record<SourceVerdict['verdict'], boolean>> = {
  allow: true,
  absent: true,
  none: false,
  deny: false,
}

const IS_IN_ACCOUNT: Readonly<Record<Relation, boolean>> = { outside: false, sameAccount: true, crossAccount: true }

function areEnough({ identity, boundary, session }: Verdicts): boolean {
  return LETS[identity.verdict] && LETS[boundary.verdict] && LETS[session.verdict]
}

/** The root user, and the sessions that it makes. */
function isOfRoot(principal: Principal): boolean {
  return principal.kind === 'root' || (principal.kind === 'federatedUser' && principal.userArn === undefined)
}
