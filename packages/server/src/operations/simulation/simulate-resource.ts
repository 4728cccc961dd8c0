/** One action on one resource: asked of the engine that decides every call, and of nothing else. */
import {
  compile,
  type Decision,
  explain,
  type Explanation,
  type PoliciesInForce,
  type PolicySet,
  type SourceExplanation,
  type StatementRef,
} from '@iamd/policy'
import type { PolicyEvaluationDecisionType, Statement } from '@iamd/wire'
import type { SimulatedCaller } from './simulated-caller.ts'
import { type GivenContext, simulatedContext } from './simulated-context.ts'
import { missingKeys } from './missing-keys.ts'
import { type SimulatedPolicy, type SourceType, statementView } from './simulated-policy.ts'

/** Everything that a simulation is about but its actions and resources. */
export interface SimulatedWorld {
  readonly caller: SimulatedCaller
  readonly given: GivenContext
  readonly identity: readonly SimulatedPolicy[]
  readonly boundary: SimulatedPolicy | undefined
  /** One list for each level, from the organization's root down to the account; empty when none limits. */
  readonly serviceControl: readonly (readonly SimulatedPolicy[])[]
  readonly resourcePolicy: SimulatedPolicy | undefined
  /** The account that owns resources whose ARN does not say so. */
  readonly resourceOwner: string | undefined
}

export interface ResourceOutcome {
  readonly decision: PolicyEvaluationDecisionType
  readonly matched: readonly Statement[]
  readonly missing: readonly string[]
  readonly allowedByBoundary: boolean | undefined
  readonly allowedByOrganizations: boolean | undefined
  /** What each kind of policy says, across accounts. */
  readonly details: Readonly<Partial<Record<SourceType, PolicyEvaluationDecisionType>>> | undefined
  /** What failed while deciding, or while finding out why. */
  readonly failure: unknown
  /** What finding out why took, as the engine counts. */
  readonly steps: number
}

/** Policies of the world, ready to decide with; they are the same for all its actions and resources. */
export class ResourceSimulator {
  readonly #world: SimulatedWorld
  readonly #policies: PoliciesInForce
  readonly #byIdentity: ReadonlyMap<StatementRef['policy'], SimulatedPolicy>

  constructor(world: SimulatedWorld) {
    this.#world = world
    const { identity, boundary, serviceControl, resourcePolicy } = world
    this.#policies = {
      identity: setOf(identity),
      boundary: boundary === undefined ? undefined : setOf([boundary]),
      serviceControl: serviceControl.length === 0 ? undefined : serviceControl.map(setOf),
      resource: resourcePolicy === undefined ? undefined : { policies: setOf([resourcePolicy]), kind: 'grants' },
    }
    const all = [...identity, ...(boundary ? [boundary] : []), ...(resourcePolicy ? [resourcePolicy] : [])]
    this.#byIdentity = new Map(all.map((policy) => [policy.compiled.identity, policy]))
  }

  simulate(action: string, resource: string): ResourceOutcome {
    const { caller, given } = this.#world
    const resourceAccount = this.#resourceAccount(resource)
    const context = simulatedContext(given, caller.defaults)
    const { principal } = caller
    const request = { principal, action, resource, resourceAccount, context }
    const explanation = explain(request, this.#policies)
    const isCrossAccount = resourceAccount !== undefined && resourceAccount !== principal.accountId
    const outcome = this.#outcomeOf(explanation, isCrossAccount)
    // Half of what matched would be told as if it were all.
    const cut = explanation.isCutShort ? new Error('the explanation took too many steps') : undefined
    return { ...outcome, failure: explanation.decision.failure ?? cut, steps: explanation.stepsTaken }
  }

  /**
   * Without a resource's policy AWS asks the caller's policies only, whoever owns the resource: what else its account would say is not
   * part of the simulation.
   */
  #resourceAccount(resource: string): string | undefined {
    const { resourceOwner, resourcePolicy } = this.#world
    if (resourcePolicy === undefined) return undefined
    const named = resource.split(':')[4]
    return resourceOwner ?? (named === '' ? undefined : named)
  }

  #outcomeOf(
    { decision, sources }: Pick<Explanation, 'decision' | 'sources'>,
    isCrossAccount: boolean,
  ): Omit<ResourceOutcome, 'failure' | 'steps'> {
    const levels = sources.filter(({ source }) => source === 'serviceControl')
    const allowedByOrganizations = levels.length === 0 ? undefined : levels.every(isAllow)
    const simple = { decision: DECISIONS[decision.effect], allowedByOrganizations }
    // API reference, EvaluationResult: when an SCP denies, the simulation ends, and nothing else is said.
    if (allowedByOrganizations === false) {
      return { ...simple, matched: [], missing: [], allowedByBoundary: undefined, details: undefined }
    }
    const boundary = sources.find(({ source }) => source === 'boundary')
    return {
      ...simple,
      matched: this.#matched(decision, sources),
      missing: decision.effect === 'implicitDeny' ? missingKeys([...this.#byIdentity.values()], this.#world.given) : [],
      allowedByBoundary: boundary === undefined ? undefined : isAllow(boundary),
      details: isCrossAccount ? detailsOf(sources) : undefined,
    }
  }

  /** Those that make the decision: every Allow that applies of identities and resources, or every Deny. */
  #matched({ effect }: Decision, sources: readonly SourceExplanation[]): readonly Statement[] {
    if (effect === 'implicitDeny') return []
    const wanted = effect === 'allow' ? 'Allow' : 'Deny'
    const asked = sources.filter(
      ({ source }) => source !== 'serviceControl' && (source !== 'boundary' || wanted === 'Deny'),
    )
    return asked
      .flatMap(({ statements }) => statements)
      .filter(({ applies, statement }) => applies && statement.effect === wanted)
      .flatMap(({ statement }) => {
        const policy = this.#byIdentity.get(statement.policy)
        return policy === undefined ? [] : [statementView(policy, statement)]
      })
  }
}

const DECISIONS: Readonly<Record<Decision['effect'], PolicyEvaluationDecisionType>> = {
  allow: 'allowed',
  explicitDeny: 'explicitDeny',
  implicitDeny: 'implicitDeny',
}

const VERDICTS: Readonly<Record<SourceExplanation['verdict'], PolicyEvaluationDecisionType>> = {
  allow: 'allowed',
  deny: 'explicitDeny',
  none: 'implicitDeny',
}

const SOURCE_TYPES: ReadonlyMap<SourceExplanation['source'], SourceType> = new Map([
  ['identity', 'IAM Policy'],
  ['resource', 'Resource Policy'],
  ['boundary', 'Permissions Boundary Policy'],
])

function detailsOf(sources: readonly SourceExplanation[]): ResourceOutcome['details'] {
  const details: Partial<Record<SourceType, PolicyEvaluationDecisionType>> = {}
  for (const { source, verdict } of sources) {
    const type = SOURCE_TYPES.get(source)
    if (type !== undefined) details[type] = VERDICTS[verdict]
  }
  return details
}

function isAllow({ verdict }: SourceExplanation): boolean {
  return verdict === 'allow'
}

function setOf(policies: readonly SimulatedPolicy[]): PolicySet {
  return compile(policies.map(({ compiled }) => compiled))
}
