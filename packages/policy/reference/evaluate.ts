/**
 * What AWS would answer, written from its rules and as plainly as they are: the specification that the engine is compared with. It
 * shares nothing with the engine, and no care is taken to be fast. Rules: user guide, "Policy evaluation logic".
 */
import { foldCase, readContext } from './context.ts'
import type { Coverage } from './covers.ts'
import type { Answer, Caller, DecidingSource, PolicySource, Question } from './question.ts'
import { verdictOf, verdictOfLevels } from './verdict.ts'
import type { Place, Reader, Verdict } from './verdict.ts'

export interface ReferenceAnswer extends Answer {
  /** The statement that denied or allowed; none where nothing is said, or nobody needs to be asked. */
  readonly statement?: Place
}

/** A kind of policy that has a say. */
interface Say extends Verdict {
  readonly source: DecidingSource
}

/** User guide, "GetSessionToken" (no policy controls it), and the API's page of GetCallerIdentity (also under an explicit deny). */
const NEEDS_NO_PERMISSION = new Set(['sts:getcalleridentity', 'sts:getsessiontoken'])

/** The decision, the kind of policy that made it, and its statement. */
export function referenceAnswer(question: Question): ReferenceAnswer {
  const { caller, action } = question.request
  if (caller.kind !== 'anonymous' && NEEDS_NO_PERMISSION.has(foldCase(action))) {
    return { effect: 'allow', source: 'accountId' in caller ? identitySource(caller) : resourceSource(question) }
  }

  const says = new Map(saysOf(question).map((say) => [say.source, say]))
  for (const { source, deny } of says.values()) {
    if (deny !== undefined) return { effect: 'explicitDeny', source, statement: deny }
  }
  const missing = mustAllow(question, coverageBy(says)).find((source) => says.has(source) && !allows(says, source))
  return missing === undefined ? allowed(question, says) : { effect: 'implicitDeny', source: missing }
}

/** All that have a say, in the order in which they are named when several deny. */
function saysOf(question: Question): Say[] {
  const { request, policies } = question
  const { caller, action } = request
  const hasIdentity = 'accountId' in caller
  const isServiceLinked = caller.kind === 'roleSession' && caller.isServiceLinked === true
  const { boundary, resource, endpoint, serviceControl, resourceControl } = policies
  const reader = {
    request,
    context: readContext(request.context),
    readsPrincipal: false,
    hasBoundary: hasIdentity && boundary !== undefined,
  }
  const asResource = { ...reader, readsPrincipal: true }
  const says: Say[] = []
  const add = (source: DecidingSource, verdict: Verdict): void => void says.push({ source, ...verdict })

  const isControlled = !isServiceLinked && request.isOwnedByManagementAccount !== true
  if (resourceControl !== undefined && isControlled && foldCase(action) !== 'kms:retiregrant') {
    add('resourceControl', verdictOfLevels(resourceControl, reader))
  }
  if (serviceControl !== undefined && hasIdentity && !isServiceLinked && caller.isManagementAccount !== true) {
    add('serviceControl', verdictOfLevels(serviceControl, reader))
  }
  if (endpoint !== undefined) add('endpoint', verdictOf([endpoint], asResource))
  add(resourceSource(question), verdictOf(listOf(resource), asResource))
  if (!hasIdentity) return says

  add('identity', identityVerdict(caller, policies, reader))
  if (boundary !== undefined) add('boundary', verdictOf([boundary], reader))
  const session = policies.session ?? (caller.kind === 'federatedUser' ? [] : undefined)
  if (session !== undefined) add('session', verdictOf(session, reader))
  return says
}

/** Nothing needs to allow the root user what it does, nor a session that it made (user guide, "GetFederationToken"). */
function identityVerdict(caller: Caller, policies: Question['policies'], reader: Reader): Verdict {
  const verdict = verdictOf([...(policies.identity ?? []), ...(policies.group ?? [])], reader)
  const isOfRoot = identitySource(caller) === 'root'
  return isOfRoot ? { ...verdict, allow: verdict.allow ?? { policy: 0, index: 0, covers: 3 } } : verdict
}

/** What must allow, in the order in which it is named when it does not. */
function mustAllow({ request, resourcePolicyKind = 'grants' }: Question, covers: Coverage): DecidingSource[] {
  const { caller } = request
  const outer: DecidingSource[] = ['resourceControl', 'serviceControl', 'endpoint']
  const identitySide: DecidingSource[] = ['identity', 'boundary', 'session']
  const resourceSide: DecidingSource[] = ['resource', 'trust']
  if (!('accountId' in caller)) return [...outer, ...resourceSide]
  // Both accounts must agree, however the resource names the caller.
  if (isCrossAccount(request)) return [...outer, ...identitySide, ...resourceSide]
  const uncovered = identitySide.slice(covers)
  return resourcePolicyKind === 'grants' ? [...outer, ...uncovered] : [...outer, ...resourceSide, ...uncovered]
}

function coverageBy(says: ReadonlyMap<DecidingSource, Say>): Coverage {
  return resourceSay(says)?.allow?.covers ?? 0
}

/**
 * Which policy an allow is said to come from; no page says it, so this is a convention: identity policies where they, the boundary and
 * the session allow by themselves, also when the resource's policy had to as well; else the resource's policy. A root user needs none.
 */
function allowed(question: Question, says: ReadonlyMap<DecidingSource, Say>): ReferenceAnswer {
  const identitySide = ['identity', 'boundary', 'session'] as const
  const isEnough = says.has('identity') && identitySide.every((source) => !says.has(source) || allows(says, source))
  if (!isEnough) return allowBy(resourceSource(question), resourceSay(says))
  const source = identitySource(question.request.caller)
  return source === 'root' ? { effect: 'allow', source } : allowBy(source, says.get(source))
}

function allowBy(source: DecidingSource, say: Say | undefined): ReferenceAnswer {
  if (say?.allow === undefined) throw new Error('nothing allows')
  return { effect: 'allow', source, statement: { policy: say.allow.policy, index: say.allow.index } }
}

function resourceSay(says: ReadonlyMap<DecidingSource, Say>): Say | undefined {
  return says.get('resource') ?? says.get('trust')
}

function allows(says: ReadonlyMap<DecidingSource, Say>, source: DecidingSource): boolean {
  return says.get(source)?.allow !== undefined
}

function resourceSource({ resourcePolicyKind }: Question): 'resource' | 'trust' {
  return resourcePolicyKind === 'trust' ? 'trust' : 'resource'
}

function isCrossAccount({ caller, resourceAccount }: Question['request']): boolean {
  return 'accountId' in caller && resourceAccount !== undefined && resourceAccount !== caller.accountId
}

function identitySource(caller: Caller): 'identity' | 'root' {
  const isOfRoot = caller.kind === 'root' || (caller.kind === 'federatedUser' && caller.userArn === undefined)
  return isOfRoot ? 'root' : 'identity'
}

function listOf(policy: PolicySource | undefined): PolicySource[] {
  return policy === undefined ? [] : [policy]
}
