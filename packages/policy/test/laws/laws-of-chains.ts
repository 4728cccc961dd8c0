/**
 * A credential never exceeds its source: a user assumes a role, with session policies, that assumes another, and so on. What the
 * end of a chain reaches is never more when any link is narrowed, and never more than its last role has by itself.
 */
import type { Caller, PolicySource, Question } from '../../reference/question.ts'
import type { SeededRandom } from '../random/seeded-random.ts'
import { type Draw, isAllowed, type Law, type Outcome } from './law.ts'
import { fullAccess, fullDenial, withoutSlots } from './policy-slots.ts'

export const LAWS_OF_CHAINS: readonly Law[] = [
  { name: 'a credential never exceeds its source', check: neverExceeds },
  { name: 'narrowing a link of a chain never widens its end', check: narrowedLink },
]

const DEPTH_MAX = 5
const ACCOUNT = '111122223333'

/** A caller with what limits it; each but the first is a role that the one before has assumed. */
interface Link {
  readonly caller: Caller
  readonly policies: Question['policies']
  /** The trust policy of this link's role; the first has none. */
  readonly trust: PolicySource | undefined
}

/** From one to five links, more often open than not, so that most chains hold. */
function randomChain(draw: Draw): readonly Link[] {
  const { random } = draw
  const callers = Array.from({ length: 1 + random.below(DEPTH_MAX) }, (_, index) => callerAt(index))
  return callers.map((caller, index) => {
    const before = callers[index - 1]
    const identity = [random.chance(0.75) ? fullAccess('identity') : draw.policy('identity'), draw.policy('identity')]
    const session = random.chance(0.8) ? [fullAccess('session')] : [draw.policy('session')]
    const policies = {
      identity,
      ...(index > 0 && random.chance(0.4) && { session }),
      ...(random.chance(0.1) && { boundary: draw.policy('boundary') }),
    }
    return { caller, policies, trust: before && randomTrust(before, draw) }
  })
}

function callerAt(index: number): Caller {
  if (index === 0) {
    return { kind: 'user', accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/ada`, id: 'AIDAEXAMPLEADA000001' }
  }
  const role = `link-${index}`
  return {
    kind: 'roleSession',
    accountId: ACCOUNT,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/ada`,
    roleArn: `arn:aws:iam::${ACCOUNT}:role/${role}`,
    roleId: `AROAEXAMPLELINK0000${index}`,
  }
}

function randomTrust(before: Caller, draw: Draw): PolicySource {
  if (draw.random.chance(0.1)) return draw.policy('resource')
  const name = draw.random.pick([ACCOUNT, '*', ...namesOf(before), ...namesOf(before)])
  return { Statement: [{ Effect: 'Allow', Principal: { AWS: name }, Action: 'sts:AssumeRole' }] }
}

function namesOf(caller: Caller): readonly string[] {
  if (caller.kind === 'roleSession') return [caller.arn, caller.roleArn, caller.roleId]
  return caller.kind === 'user' ? [caller.arn, caller.id] : []
}

/** Each link is asked whether it may assume the next, and the last what is asked. */
function questionsOf(chain: readonly Link[], question: Question): readonly Question[] {
  return chain.map((link, index) => {
    const next = chain[index + 1]
    const { context } = question.request
    if (next?.trust === undefined) {
      const { resource } = question.policies
      return {
        request: { ...question.request, caller: link.caller, resourceAccount: ACCOUNT },
        policies: { ...link.policies, ...(resource && { resource }) },
      }
    }
    const role = next.caller.kind === 'roleSession' ? next.caller.roleArn : '*'
    return {
      request: { caller: link.caller, action: 'sts:AssumeRole', resource: role, context },
      policies: { ...link.policies, resource: next.trust },
      resourcePolicyKind: 'trust',
    }
  })
}

/** What the chain's end may do is done only if every link before it holds. */
function reaches(chain: readonly Link[], question: Question): boolean {
  return questionsOf(chain, question).every(isAllowed)
}

function neverExceeds(question: Question, draw: Draw): Outcome {
  const chain = randomChain(draw)
  const asked = questionsOf(chain, question)
  const end = asked.at(-1)
  if (end === undefined || !asked.every(isAllowed)) return 'silent'
  const source = withoutSlots(end, ['session', 'boundary'])
  return isAllowed(source) ? 'holds' : { asked: [end, source] }
}

function narrowedLink(question: Question, draw: Draw): Outcome {
  const chain = randomChain(draw)
  const place = draw.random.below(chain.length)
  const narrow = chain.map((link, index) => (index === place ? narrowed(link, draw) : link))
  if (!reaches(narrow, question)) return 'silent'
  return reaches(chain, question)
    ? 'holds'
    : { asked: [...questionsOf(chain, question), ...questionsOf(narrow, question)] }
}

/** One policy that denies more, or a limit where there was none. */
function narrowed(link: Link, draw: Draw): Link {
  const { policies } = link
  const { session, boundary, identity = [] } = policies
  const denied = denialOf(draw.random)
  const narrower: readonly Question['policies'][] = [
    { ...policies, identity: [...identity, denied] },
    { ...policies, session: session === undefined ? [draw.policy('session')] : [...session, denied] },
    { ...policies, ...(boundary === undefined && { boundary: draw.policy('boundary') }) },
  ]
  return { ...link, policies: draw.random.pick(narrower) }
}

function denialOf(random: SeededRandom): PolicySource {
  return random.pick([fullDenial('identity'), DENY_ASSUMING, DENY_READING, DENY_READING])
}

const DENY_ASSUMING: PolicySource = { Statement: [{ Effect: 'Deny', Action: 'sts:AssumeRole', Resource: '*' }] }
const DENY_READING: PolicySource = { Statement: [{ Effect: 'Deny', Action: 's3:Get*', Resource: '*' }] }
