/**
 * The one place where what the sources say becomes a decision (IAM User Guide, "Policy evaluation logic").
 *
 * Several sources may deny at once, and AWS names one. Explicit denies come before implicit ones, and both are looked for in
 * the order of its flow chart: resource control, service control, endpoint, resource, identity, boundary, session.
 */
import { assertBoolean, assertText } from '../assert-answer.ts'
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
    const missing = missingSource(verdicts, { relation, resourceKind, resourceSource })
    if (missing !== 'nothing') return { effect: 'implicitDeny', source: missing, statement: undefined, ...SOUND }
  }
  const { source, statement } = basisOf(request.principal, verdicts, { relation, resourceSource })
  assertText(source)
  return { effect: 'allow', source, statement, ...SOUND }
}

const SOUND = { budgetExceeded: false, failure: undefined } as const

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
  if (resourceControl.verdict === 'deny') return denialBy('resourceControl', resourceControl)
  if (serviceControl.verdict === 'deny') return denialBy('serviceControl', serviceControl)
  if (endpoint.verdict === 'deny') return denialBy('endpoint', endpoint)
  if (resource.verdict === 'deny') return denialBy(resourceSource, resource)
  if (identity.verdict === 'deny') return denialBy('identity', identity)
  if (boundary.verdict === 'deny') return denialBy('boundary', boundary)
  if (session.verdict === 'deny') return denialBy('session', session)
  return undefined
}

function denialBy(source: DecisionSource, { statement }: SourceVerdict): Decision {
  return { effect: 'explicitDeny', source, statement, ...SOUND }
}

interface Standing {
  readonly relation: Relation
  readonly resourceSource: DecisionSource
}

interface ResourceStanding extends Standing {
  readonly resourceKind: ResourcePolicies['kind'] | undefined
}

/** The first source without whose word there is no access. */
function missingSource(verdicts: Verdicts, standing: ResourceStanding): DecisionSource | 'nothing' {
  const { resourceControl, serviceControl, endpoint, resource } = verdicts
  if (!LETS[resourceControl.verdict]) return 'resourceControl'
  if (!LETS[serviceControl.verdict]) return 'serviceControl'
  if (!LETS[endpoint.verdict]) return 'endpoint'
  const { relation, resourceKind, resourceSource } = standing
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

/** What an allow rests on: the principal's own policies when they are enough, else the resource's. */
function basisOf(
  principal: Principal,
  { identity, boundary, session, resource }: Verdicts,
  { relation, resourceSource }: Standing,
): Pick<Decision, 'source' | 'statement'> {
  const isInAccount = IS_IN_ACCOUNT[relation]
  assertBoolean(isInAccount)
  const isOwn = isInAccount && LETS[identity.verdict] && LETS[boundary.verdict] && LETS[session.verdict]
  if (!isOwn) return { source: resourceSource, statement: resource.statement }
  const isRoot = principal.kind === 'root' || (principal.kind === 'federatedUser' && principal.userArn === undefined)
  return { source: isRoot ? 'root' : 'identity', statement: identity.statement }
}
