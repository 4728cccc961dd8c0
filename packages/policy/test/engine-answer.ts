/** Asks the engine a question that is plain data. */
import type { AskedValue, Answer, PolicySource, Question } from '../reference/question.ts'
import {
  type AccessRequest,
  compile,
  compilePolicy,
  type CompiledPolicy,
  decide,
  type Decision,
  explain,
  type Explanation,
  lowerCaseAscii,
  parsePolicy,
  type PoliciesInForce,
  type PolicyDocument,
  type PolicySet,
  type RequestContext,
} from '../src/index.ts'

export interface EngineAnswer extends Answer {
  /** Place of the policy in its source, and of the statement in it. */
  readonly statement?: { readonly policy: number; readonly index: number }
}

type ResourcePolicyKind = NonNullable<Question['resourcePolicyKind']>

/** A question in the engine's own terms. */
export interface CompiledQuestion {
  readonly request: AccessRequest
  readonly policies: PoliciesInForce
}

/** Throws for a policy that does not parse and for a decision that failed. */
export function engineAnswer(question: Question): EngineAnswer {
  const decision = decideCompiled(compileQuestion(question))
  if (decision.failure !== undefined) throw new Error('the decision failed', { cause: decision.failure })
  return answerOf(decision)
}

/** The same question, explained. */
export function explainQuestion(question: Question): Explanation {
  const { request, policies } = compileQuestion(question)
  return explain(request, policies)
}

/** Throws for a policy that does not parse. */
export function compileQuestion(question: Question): CompiledQuestion {
  return { request: requestOf(question), policies: policiesOf(question) }
}

export function decideCompiled({ request, policies }: CompiledQuestion): Decision {
  return decide(request, policies)
}

/** What a decision says, with places for names. */
function answerOf({ effect, source, statement }: Decision): EngineAnswer {
  if (statement === undefined) return { effect, source }
  return { effect, source, statement: { policy: Number(statement.policy.name), index: statement.index } }
}

function requestOf({ request }: Question): AccessRequest {
  const { caller, context, ...asked } = request
  return { ...asked, principal: caller, context: contextOf(context) }
}

function policiesOf({ policies, resourcePolicyKind: kind = 'grants' }: Question): PoliciesInForce {
  const known = IN_FORCE.get(policies)
  if (known?.kind === kind) return known.inForce
  const inForce = compiledPolicies(policies, kind)
  IN_FORCE.set(policies, { kind, inForce })
  return inForce
}

/** Policies are named by their place in their source: groups' after the identity's, levels one after another. */
function compiledPolicies(policies: Question['policies'], kind: ResourcePolicyKind): PoliciesInForce {
  const { identity, group, boundary, session, serviceControl, resourceControl, resource, endpoint } = policies
  const isOwnGiven = identity !== undefined || group !== undefined
  return {
    identity: isOwnGiven ? setOf([...(identity ?? []), ...(group ?? [])]) : undefined,
    boundary: boundary && setOf([boundary]),
    session: session && setOf(session),
    serviceControl: serviceControl && levelsOf(serviceControl),
    resourceControl: resourceControl && levelsOf(resourceControl),
    resource:
      resource === undefined && kind === 'grants'
        ? undefined
        : { kind, policies: setOf(resource === undefined ? [] : [resource]) },
    endpoint: endpoint && setOf([endpoint]),
  }
}

// Campaigns ask the same texts millions of times, at the same places: each is made ready once.
const CONTEXTS = new WeakMap<Readonly<Record<string, AskedValue>>, RequestContext>()
const POLICIES = new WeakMap<PolicySource, Map<number, CompiledPolicy>>()
const IN_FORCE = new WeakMap<Question['policies'], { kind: ResourcePolicyKind; inForce: PoliciesInForce }>()

/** A context of given values, whose keys may be in any case. */
function contextOf(values: Readonly<Record<string, AskedValue>>): RequestContext {
  const known = CONTEXTS.get(values)
  if (known !== undefined) return known
  const byKey = new Map(Object.entries(values).map(([key, value]) => [lowerCaseAscii(key), value]))
  const context: RequestContext = { get: (key) => byKey.get(key) }
  CONTEXTS.set(values, context)
  return context
}

function setOf(sources: readonly PolicySource[], first = 0): PolicySet {
  return compile(sources.map((source, index) => compiled(source, first + index)))
}

function levelsOf(levels: readonly (readonly PolicySource[])[]): readonly PolicySet[] {
  let first = 0
  return levels.map((level) => {
    const set = setOf(level, first)
    first += level.length
    return set
  })
}

function compiled(source: PolicySource, place: number): CompiledPolicy {
  const byPlace = POLICIES.get(source) ?? new Map<number, CompiledPolicy>()
  POLICIES.set(source, byPlace)
  const known = byPlace.get(place)
  if (known !== undefined) return known
  const identity = { name: String(place), arn: undefined, attachedTo: 'the question' }
  const policy = compilePolicy(documentOf(source), identity)
  byPlace.set(place, policy)
  return policy
}

function documentOf(source: PolicySource): PolicyDocument {
  const outcome = parsePolicy(JSON.stringify(source))
  if (outcome.ok) return outcome.document
  throw new Error(outcome.findings.map(({ path, detail }) => `${path}: ${detail}`).join('; '))
}
