/** Which kinds of policies have a say about a request, and what each of them says. */
import { assertBoolean } from '../assert-answer.ts'
import { compile, type PolicySet } from '../compile/policy-set.ts'
import { GRADES } from '../compile/principal-pattern.ts'
import type { Evaluation } from '../context/evaluation.ts'
import type { Principal } from '../context/principal.ts'
import type { AccessRequest, PoliciesInForce, ResourcePolicies } from './access-request.ts'
import { ABSENT, type Asking, evaluateSource, NONE, type Reading, type SourceVerdict } from './evaluate-source.ts'
import { peculiarityOf } from './peculiarity.ts'

/** What every source says. */
export interface Verdicts {
  readonly resourceControl: SourceVerdict
  readonly serviceControl: SourceVerdict
  readonly endpoint: SourceVerdict
  readonly resource: SourceVerdict
  readonly identity: SourceVerdict
  readonly boundary: SourceVerdict
  readonly session: SourceVerdict
}

/** When nothing is asked of any source. */
export const UNASKED: Verdicts = {
  resourceControl: ABSENT,
  serviceControl: ABSENT,
  endpoint: ABSENT,
  resource: ABSENT,
  identity: ABSENT,
  boundary: ABSENT,
  session: ABSENT,
}

/** Asks every source that is there and has a say. Throws what a context throws, and StepBudgetExceeded. */
export function evaluateSources(request: AccessRequest, policies: PoliciesInForce, evaluation: Evaluation): Verdicts {
  const { principal } = request
  const asking = { request, principal, hasBoundary: policies.boundary !== undefined, evaluation }
  const own = ownPolicies(principal, policies)
  const { resource, endpoint, resourceControl, serviceControl } = policies
  return {
    resourceControl: resourceControl === undefined ? ABSENT : askResourceControl(resourceControl, asking),
    serviceControl: serviceControl === undefined ? ABSENT : askServiceControl(serviceControl, asking),
    endpoint: askSource(endpoint, 'resource', asking),
    resource: resource === undefined ? ABSENT : askResource(resource, asking),
    identity: own.identity === 'everything' ? EVERYTHING : askSource(own.identity, 'attached', asking),
    boundary: askSource(own.boundary, 'attached', asking),
    session: askSource(own.session, 'attached', asking),
  }
}

/** Whether service control policies of its organization limit the principal (Organizations User Guide, "SCPs"). */
export function isUnderServiceControl(principal: Principal): boolean {
  switch (principal.kind) {
    case 'root':
    case 'user':
    case 'federatedUser':
      return principal.isManagementAccount !== true
    case 'roleSession':
      return principal.isManagementAccount !== true && principal.isServiceLinked !== true
    case 'anonymous':
    case 'service':
    case 'federated':
      return false
  }
}

/** Whether resource control policies limit what is done to the resource, by whoever does it (Organizations User Guide, "RCPs"). */
export function isUnderResourceControl({ principal, action, isOwnedByManagementAccount }: AccessRequest): boolean {
  const isServiceLinked = principal.kind === 'roleSession' && principal.isServiceLinked === true
  const { isExemptFromResourceControl } = peculiarityOf(action)
  assertBoolean(isExemptFromResourceControl)
  return isOwnedByManagementAccount !== true && !isServiceLinked && !isExemptFromResourceControl
}

/** Policies of the principal itself. */
export interface OwnPolicies {
  /** `everything` is what the root user may do, to whom no identity policy applies. */
  readonly identity?: PolicySet | 'everything' | undefined
  readonly boundary?: PolicySet | undefined
  readonly session?: PolicySet | undefined
}

/** None for who belongs to no account. */
export function ownPolicies(principal: Principal, policies: PoliciesInForce): OwnPolicies {
  switch (principal.kind) {
    case 'root':
      return { identity: 'everything', boundary: policies.boundary, session: policies.session }
    case 'federatedUser': {
      const { identity = EMPTY, boundary, session = EMPTY } = policies
      // STS API reference, GetFederationToken: without a session policy "the resulting federated user session has no permissions".
      return { identity: principal.userArn === undefined ? 'everything' : identity, boundary, session }
    }
    case 'user':
    case 'roleSession':
      // The usual case makes no record of its own.
      return policies.identity === undefined ? { ...policies, identity: EMPTY } : policies
    case 'anonymous':
    case 'service':
    case 'federated':
      return NO_POLICIES
  }
}

const EMPTY = compile([])
const NO_POLICIES: OwnPolicies = {}
const EVERYTHING: SourceVerdict = { verdict: 'allow', statement: undefined, grade: GRADES.session }

function askResourceControl(levels: readonly PolicySet[], asking: Asking): SourceVerdict {
  const isLimited = isUnderResourceControl(asking.request)
  assertBoolean(isLimited)
  return isLimited ? askLevels(levels, 'resourceControl', asking) : ABSENT
}

function askServiceControl(levels: readonly PolicySet[], asking: Asking): SourceVerdict {
  const isLimited = isUnderServiceControl(asking.principal)
  assertBoolean(isLimited)
  return isLimited ? askLevels(levels, 'attached', asking) : ABSENT
}

function askResource({ policies, kind }: ResourcePolicies, asking: Asking): SourceVerdict {
  // A host may not be typed, and a kind that nobody knows would pass for the most permissive one.
  if (kind !== 'grants' && kind !== 'required' && kind !== 'trust') {
    throw new TypeError("the resource's policies have no kind")
  }
  return askSet(policies, kind === 'trust' ? 'trust' : 'resource', asking)
}

function askSource(policies: PolicySet | undefined, reading: Reading, asking: Asking): SourceVerdict {
  return policies === undefined ? ABSENT : askSet(policies, reading, asking)
}

function askSet(policies: PolicySet, reading: Reading, asking: Asking): SourceVerdict {
  const verdict = evaluateSource(policies, reading, asking)
  assertVerdict(verdict)
  return verdict
}

/** Inside a level one policy that allows is enough, and every level must allow; a deny of any level is a deny. */
function askLevels(levels: readonly PolicySet[], reading: Reading, asking: Asking): SourceVerdict {
  let lowest: SourceVerdict | undefined
  for (const level of levels) {
    const verdict = askSet(level, reading, asking)
    assertVerdict(verdict)
    if (verdict.verdict === 'deny') return verdict
    if (lowest?.verdict !== 'none') lowest = verdict
  }
  return lowest ?? NONE
}

function assertVerdict({ verdict }: SourceVerdict): void {
  if (verdict !== 'allow' && verdict !== 'deny' && verdict !== 'none') {
    throw new TypeError('a source of policies has no verdict')
  }
}
