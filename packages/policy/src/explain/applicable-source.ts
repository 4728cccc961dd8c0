import type { PolicySet } from '../compile/policy-set.ts'
import type { AccessRequest, DecisionSource, PoliciesInForce } from '../decide/access-request.ts'
import type { Reading } from '../decide/evaluate-source.ts'
import { isUnderResourceControl, isUnderServiceControl, ownPolicies } from '../decide/evaluate-sources.ts'

/** A kind of policy that has a say about a request, or one level of it. */
export interface ApplicableSource {
  readonly source: DecisionSource
  /** Of control policies, from 0 for the organization's root. */
  readonly level: number | undefined
  readonly reading: Reading
  readonly policies: PolicySet
}

/** The sources that a decision asks, in the order in which those that deny are named. */
export function applicableSources(request: AccessRequest, policies: PoliciesInForce): readonly ApplicableSource[] {
  const { principal } = request
  const { endpoint, resource, resourceControl, serviceControl } = policies
  const own = ownPolicies(principal, policies)
  const found: ApplicableSource[] = []
  const add = (source: DecisionSource, reading: Reading, set: PolicySet | undefined): void => {
    if (set !== undefined) found.push({ source, level: undefined, reading, policies: set })
  }
  const addLevels = (source: DecisionSource, reading: Reading, levels: readonly PolicySet[] = []): void => {
    for (const [level, set] of levels.entries()) found.push({ source, level, reading, policies: set })
  }
  if (isUnderResourceControl(request)) addLevels('resourceControl', 'resourceControl', resourceControl)
  if (isUnderServiceControl(principal)) addLevels('serviceControl', 'attached', serviceControl)
  add('endpoint', 'resource', endpoint)
  if (resource?.kind === 'trust') add('trust', 'trust', resource.policies)
  else add('resource', 'resource', resource?.policies)
  add('identity', 'attached', own.identity === 'everything' ? undefined : own.identity)
  add('boundary', 'attached', own.boundary)
  add('session', 'attached', own.session)
  return found
}
