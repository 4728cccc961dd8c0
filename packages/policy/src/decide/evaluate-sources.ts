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
  const asking = { request, caller: { principal, hasBoundary: policies.boundary !== undefined }, evaluation }
  const isResourceControlled = isUnderResourceControl(request)
  assertBoolean(isResourceControlled)
  const isServiceControlled = isUnderServiceControl(principal)
  assertBoolean(isServiceControlled)
  const own = ownPolicies(principal, policies)
  const { resource, endpoint, resourceControl, serviceControl } = policies
  return {
    resourceControl: isResourceControlled ? askLevels(resourceControl, 'resourceControl', asking) : ABSENT,
    serviceControl: isServiceControlled ? askLevels(serviceControl, 'attached', asking) : ABSENT,
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
  readonly identity: PolicySet | 'everything' | undefined
  readonly boundary: PolicySet | undefined
  readonly session: PolicySet | undefined
}

/** None for who belongs to no account. */
export function ownPolicies(principal: Principal, policies: PoliciesInForce): OwnPolicies {
  const { identity = EMPTY, boundary, session } = policies
  switch (principal.kind) {
    case 'root':
      return { identity: 'everything', boundary, session }
    case 'federatedUser': {
      // STS API reference, GetFederationToken: without a session policy "the resulting federated user session has no permissions".
      const isOfRoot = principal.userArn === undefined
      return { identity: isOfRoot ? 'everything' : identity, boundary, session: session ?? EMPTY }
    }
    case 'user':
    case 'roleSession':
      return { identity, boundary, session }
    case 'anonymous':
    case 'service':
    case 'federated':
      return NO_POLICIES
  }
}

const EMPTY = compile([])
const NO_POLICIES: OwnPolicies = { identity: undefined, boundary: undefined, session: undefined }
const EVERYTHING: SourceVerdict = { verdict: 'allow', statement: undefined, grade: GRADES.session }

function askResource({ policies, kind }: ResourcePolicies, asking: Asking): SourceVerdict {
  // A host may not be typed, and a kind that nobody knows would pass for the most permissive one.
  if (kind !== 'grants' && kind !== 'required' && kind !== 'trust') {
    throw new TypeError("the resource's policies have no kind")
  }
  const verdict = evaluateSource(policies, kind === 'trust' ? 'trust' : 'resource', asking)
  assertVerdict(verdict)
  return verdict
}

function askSource(policies: PolicySet | undefined, reading: Reading, asking: Asking): SourceVerdict {
  if (policies === undefined) return ABSENT
  const verdict = evaluateSource(policies, reading, asking)
  assertVerdict(verdict)
  return verdict
}

/** Inside a level one policy that allows is enough, and every level must allow; a deny of any level is a deny. */
function askLevels(levels: readonly PolicySet[] | undefined, reading: Reading, asking: Asking): SourceVerdict {
  if (levels === undefined) return ABSENT
  let lowest: SourceVerdict | undefined
  for (const level of levels) {
    const verdict = askSource(level, reading, asking)
    assertVerdict(verdict)
    if (verdict.verdict === 'deny') return verdict
    if (lowest?.verdict !== 'none') lowest = verdict
  }
  return lowest ?? NONE
}

const VERDICTS: ReadonlySet<unknown> = new Set<SourceVerdict['verdict']>(['allow', 'deny', 'none', 'absent'])

function assertVerdict({ verdict }: SourceVerdict): void {
  if (!VERDICTS.has(verdict)) throw new TypeError('a source of policies has no verdict')
}
