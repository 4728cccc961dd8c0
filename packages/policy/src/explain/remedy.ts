/** What would have to change for a request that is denied to be allowed, as data. */
import type { StatementRef } from '../compile/compile-policy.ts'
import { type Grade, GRADES } from '../compile/principal-pattern.ts'
import type { AccessRequest, Decision, DecisionSource, PoliciesInForce } from '../decide/access-request.ts'
import { relationOf } from '../decide/combine.ts'
import { isUnderResourceControl, isUnderServiceControl } from '../decide/evaluate-sources.ts'
import type { SourceExplanation } from './source-explanation.ts'
import type { StatementExplanation } from './statement-explanation.ts'

/** One change that a denied request needs to be allowed. */
export type Remedy =
  /** This statement must go, or no longer match: while it stands, nothing else helps. */
  | {
      readonly kind: 'removeDeny'
      readonly source: DecisionSource
      readonly level: number | undefined
      readonly statement: StatementRef
    }
  /** One of these places must allow the action on the resource. */
  | {
      readonly kind: 'addAllow'
      readonly action: string
      readonly resource: string
      readonly places: readonly AllowPlace[]
    }
  /** The decision failed, and is a deny for that reason alone. */
  | { readonly kind: 'mendFailure'; readonly failure: unknown }

/** A policy that may be the one to allow. */
export interface AllowPlace {
  readonly source: DecisionSource
  /** Of control policies, from 0 for the organization's root. */
  readonly level: number | undefined
  /** How closely its statement must name the principal at least; undefined where policies name none. */
  readonly grade: Grade | undefined
  /** Allows of it that one thing only keeps from applying. */
  readonly nearMisses: readonly StatementExplanation[]
}

/** A decision and what each source says. */
export interface Denied {
  readonly request: AccessRequest
  readonly decision: Decision
  readonly sources: readonly SourceExplanation[]
}

/** All of them together make an allow of the denial; none for a request that is allowed. */
export function remediesOf({ request, decision, sources }: Denied, policies: PoliciesInForce): readonly Remedy[] {
  if (decision.effect === 'allow') return []
  if (decision.failure !== undefined) return [{ kind: 'mendFailure', failure: decision.failure }]
  const { action, resource } = request
  const missing = missingPlaces(request, policies, sources)
  return [
    ...sources.flatMap(denials),
    ...missing.map((places): Remedy => ({ kind: 'addAllow', action, resource, places })),
  ]
}

function denials({ source, level, statements }: SourceExplanation): readonly Remedy[] {
  return statements
    .filter(({ applies, statement }) => applies && statement.effect === 'Deny')
    .map(({ statement }) => ({ kind: 'removeDeny', source, level, statement }))
}

type Places = readonly AllowPlace[]

/** For each allow that is missing, the places that can give it. */
function missingPlaces(
  request: AccessRequest,
  policies: PoliciesInForce,
  sources: readonly SourceExplanation[],
): readonly Places[] {
  const { resourceControl, serviceControl } = policies
  const endpoint = sources.find(({ source }) => source === 'endpoint')
  return [
    ...(isUnderResourceControl(request) ? missingLevels('resourceControl', resourceControl, sources) : []),
    ...(isUnderServiceControl(request.principal) ? missingLevels('serviceControl', serviceControl, sources) : []),
    ...(endpoint === undefined || bestGrade(endpoint) !== GRADES.unmatched
      ? []
      : [[placeIn(endpoint, GRADES.account)]]),
    ...missingOfResourceAndOwn(request, policies, sources),
  ]
}

function missingLevels(
  source: DecisionSource,
  levels: readonly unknown[] | undefined,
  sources: readonly SourceExplanation[],
): readonly Places[] {
  if (levels?.length === 0) return [[{ source, level: 0, grade: undefined, nearMisses: [] }]]
  const asked = sources.filter((one) => one.source === source && bestGrade(one) === GRADES.unmatched)
  return asked.map((one) => [placeIn(one)])
}

/** What covers a kind of the principal's own policies when the resource's policy says it. */
const COVER = { identity: GRADES.identity, boundary: GRADES.boundary, session: GRADES.session } as const

function missingOfResourceAndOwn(
  request: AccessRequest,
  policies: PoliciesInForce,
  sources: readonly SourceExplanation[],
): readonly Places[] {
  const kind = policies.resource?.kind ?? 'grants'
  const resource = sources.find(({ source }) => source === 'resource' || source === 'trust')
  const grade = resource === undefined ? GRADES.unmatched : bestGrade(resource)
  const relation = relationOf(request)
  const isResourceNeeded = relation !== 'sameAccount' || kind !== 'grants'
  const missing: Places[] = []
  if (isResourceNeeded && grade === GRADES.unmatched) missing.push([resourcePlace(resource, GRADES.account)])
  if (relation === 'outside') return missing
  for (const own of ['identity', 'boundary', 'session'] as const) {
    const found = sources.find(({ source }) => source === own)
    // A user or role without the kind of policy is not limited by it, nor is the root user by policies of identities.
    if (found === undefined || bestGrade(found) !== GRADES.unmatched) continue
    if (relation === 'crossAccount') missing.push([placeIn(found)])
    else if (grade < COVER[own]) missing.push([placeIn(found), resourcePlace(resource, COVER[own])])
  }
  return missing
}

/** Of the Allows that apply, whatever denies. */
function bestGrade({ statements }: SourceExplanation): Grade {
  let best: Grade = GRADES.unmatched
  for (const explanation of statements) {
    if (explanation.statement.effect !== 'Allow' || !explanation.applies) continue
    // Read last: it is worked out in full.
    const { principal } = explanation
    const grade = principal === undefined ? GRADES.session : principal.grade
    if (grade > best) best = grade
  }
  return best
}

function placeIn({ source, level, statements }: SourceExplanation, grade?: Grade): AllowPlace {
  const nearMisses = statements.filter(({ nearlyApplies, statement }) => nearlyApplies && statement.effect === 'Allow')
  return { source, level, grade, nearMisses }
}

function resourcePlace(resource: SourceExplanation | undefined, grade: Grade): AllowPlace {
  return resource === undefined
    ? { source: 'resource', level: undefined, grade, nearMisses: [] }
    : placeIn(resource, grade)
}
