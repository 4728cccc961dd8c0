/** Laws about what elements match: complements and wildcards. */
import type { PolicySource, Question } from '../../reference/question.ts'
import type { SeededRandom } from '../random/seeded-random.ts'
import { type Draw, isAllowed, keepsAllowed, keepsRefused, type Law, type Outcome } from './law.ts'
import { fullAccess, mapPolicies, presentSlot, type StatementSource, statementsOf } from './policy-slots.ts'
import { isOfAccount, isOfRoot, needsPermission } from './reach.ts'

export const LAWS_OF_PATTERNS: readonly Law[] = [
  { name: 'NotAction is the complement of Action', check: complementOf('Action') },
  { name: 'NotResource is the complement of Resource', check: complementOf('Resource') },
  { name: 'NotPrincipal is the complement of Principal in an Allow', check: complementOfPrincipal },
  { name: 'widening a pattern of an Allow never denies', check: (question, draw) => widened(question, draw, 'Allow') },
  { name: 'widening a pattern of a Deny never allows', check: (question, draw) => widened(question, draw, 'Deny') },
  { name: 'one value more of an Allow never denies', check: (question, draw) => lengthened(question, draw, 'Allow') },
  { name: 'one value more of a Deny never allows', check: (question, draw) => lengthened(question, draw, 'Deny') },
]

/** Of the element and its complement exactly one allows, all else being open. */
function complementOf(element: 'Action' | 'Resource'): Law['check'] {
  return (question, draw) => {
    if (!isOfAccount(question) || isOfRoot(question) || !needsPermission(question)) return 'silent'
    const policy = draw.policy('identity')
    const patterns = statementsOf(policy)
      .map((statement) => statement[element] ?? statement[`Not${element}`])
      .find((found) => found !== undefined)
    if (patterns === undefined) return 'silent'
    const other = element === 'Action' ? { Resource: '*' } : { Action: '*' }
    const [plain, negated] = [element, `Not${element}`].map((name) =>
      byIdentity(question, { ...policy, Statement: [{ Effect: 'Allow', ...other, [name]: patterns }] }),
    )
    return plain === undefined || negated === undefined ? 'silent' : exactlyOne(plain, negated)
  }
}

/** Of the caller's own account, and with nothing else that has a say. */
function byIdentity({ request }: Question, policy: PolicySource): Question {
  const { resourceAccount: _, ...own } = request
  const session = request.caller.kind === 'federatedUser' ? { session: [fullAccess('session')] } : {}
  return { request: own, policies: { identity: [policy], ...session } }
}

function exactlyOne(plain: Question, negated: Question): Outcome {
  return isAllowed(plain) === isAllowed(negated) ? { asked: [plain, negated] } : 'holds'
}

/** Asked from another account, where every grade of a match is as good as another. */
function complementOfPrincipal(question: Question, draw: Draw): Outcome {
  if (!needsPermission(question)) return 'silent'
  const principal = statementsOf(draw.policy('resource'))
    .map((statement) => statement['Principal'] ?? statement['NotPrincipal'])
    .find((found) => found !== undefined)
  if (principal === undefined) return 'silent'
  const [plain, negated] = ['Principal', 'NotPrincipal'].map((name) =>
    fromElsewhere(question, { Statement: [{ Effect: 'Allow', [name]: principal, Action: '*', Resource: '*' }] }),
  )
  return plain === undefined || negated === undefined ? 'silent' : exactlyOne(plain, negated)
}

function fromElsewhere({ request }: Question, resource: PolicySource): Question {
  return {
    request: { ...request, resourceAccount: '999900001111' },
    policies: { identity: [fullAccess('identity')], session: [fullAccess('session')], resource },
  }
}

function widened(question: Question, draw: Draw, effect: 'Allow' | 'Deny'): Outcome {
  return changed(question, draw, { effect, change: (pattern) => [widePattern(pattern, draw.random)] })
}

function lengthened(question: Question, draw: Draw, effect: 'Allow' | 'Deny'): Outcome {
  const more = { Action: ['s3:*', 'iam:Get*', 's3:PutObject'], Resource: ['arn:aws:s3:::b/*', 'arn:aws:iam::*:user/*'] }
  return changed(question, draw, {
    effect,
    change: (pattern, element) => [pattern, draw.random.pick(more[element])],
  })
}

interface PatternChange {
  readonly effect: 'Allow' | 'Deny'
  readonly change: (pattern: string, element: 'Action' | 'Resource') => readonly string[]
}

/** Changes the patterns of one slot's Actions and Resources, so that they match no less. */
function changed(question: Question, { random }: Draw, { effect, change }: PatternChange): Outcome {
  const slot = presentSlot(question, random)
  const withMore = (statement: StatementSource, element: 'Action' | 'Resource'): StatementSource => {
    const patterns = [statement[element]].flat().filter((pattern) => typeof pattern === 'string')
    if (patterns.length === 0 || statement['Effect'] !== effect) return statement
    return { ...statement, [element]: patterns.flatMap((pattern) => change(pattern, element)) }
  }
  const after = mapPolicies(question, (policy, held) => {
    if (held !== slot) return policy
    const statements = statementsOf(policy).map((one) => withMore(withMore(one, 'Action'), 'Resource'))
    return { ...policy, Statement: statements }
  })
  return effect === 'Allow' ? keepsAllowed(question, after) : keepsRefused(question, after)
}

/**
 * Some part behind the first colon, of no length or more, becomes a wildcard. A pattern with a variable stays as it is, and so
 * does one that matches everything: an action that is two stars is none.
 */
function widePattern(pattern: string, random: SeededRandom): string {
  if (pattern.includes('$') || pattern === '*') return pattern
  const first = pattern.indexOf(':') + 1
  const from = first + random.below(pattern.length - first + 1)
  const to = from + random.below(pattern.length - from + 1)
  const isOneLetter = to === from + 1 && pattern[from] !== '*' && random.chance(0.5)
  return `${pattern.slice(0, from)}${isOneLetter ? '?' : '*'}${pattern.slice(to)}`
}
