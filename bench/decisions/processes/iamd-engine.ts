/** iamd's engine as the bench drives it: what a service does that has the facts of a call at hand and asks about it. */
import {
  type AccessRequest,
  compile,
  compilePolicy,
  type ContextValue,
  parsePolicy,
  type PoliciesInForce,
  type PolicyDocument,
  type RequestContext,
} from '@iamd/policy'
import type { BenchQuestion, CallFacts, PolicyText } from '../workloads/workload.ts'

/** Policies as AWS stores them. */
export function textsOf(policies: readonly PolicyText[]): readonly string[] {
  return policies.map((policy) => JSON.stringify(policy))
}

/** All of them attached to one user. Nothing is kept from one call to the next. */
export function policiesInForce(texts: readonly string[]): PoliciesInForce {
  const policies = texts.map((text, index) =>
    compilePolicy(parsedPolicy(text), { name: `policy-${index}`, arn: undefined, attachedTo: 'the user' }),
  )
  return { identity: compile(policies) }
}

/** Throws for a text that is no policy. */
export function parsedPolicy(text: string): PolicyDocument {
  const outcome = parsePolicy(text)
  if (outcome.ok) return outcome.document
  throw new Error(outcome.findings.map(({ path, detail }) => `${path}: ${detail}`).join('\n'))
}

/** Made anew for each decision, with nothing worked out before it is asked for. */
export function accessRequest({ action, resource, facts, keys }: BenchQuestion): AccessRequest {
  const { accountId, userArn: arn, userId: id } = facts
  return { principal: { kind: 'user', accountId, arn, id }, action, resource, context: new CallContext(facts, keys) }
}

class CallContext implements RequestContext {
  readonly #facts: CallFacts
  readonly #keys: Readonly<Record<string, string>>

  constructor(facts: CallFacts, keys: Readonly<Record<string, string>>) {
    this.#facts = facts
    this.#keys = keys
  }

  get(key: string): ContextValue | undefined {
    switch (key) {
      case 'aws:username':
        return this.#facts.userName
      case 'aws:userid':
        return this.#facts.userId
      case 'aws:principalarn':
        return this.#facts.userArn
      case 'aws:principalaccount':
        return this.#facts.accountId
      case 'aws:sourceip':
        return this.#facts.sourceIp
      case 'aws:requestedregion':
        return this.#facts.region
      case 'aws:useragent':
        return this.#facts.userAgent
      case 'aws:currenttime':
        return this.#facts.time
      case 'aws:securetransport':
        return this.#facts.isSecureTransport ? 'true' : 'false'
      case 'aws:multifactorauthpresent':
        return this.#facts.hasMultiFactorAuth ? 'true' : 'false'
      default:
        return this.#keys[key]
    }
  }
}
