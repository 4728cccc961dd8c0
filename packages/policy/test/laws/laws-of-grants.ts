/** Laws about what a resource's policy makes up for, by how closely it names who asks (user guide: the table of implicit denies). */
import type { Caller, PolicySource, Question } from '../../reference/question.ts'
import { type Draw, isAllowed, keepsAllowed, keepsAnswer, type Law, type Outcome } from './law.ts'
import { allowsOnly, fullAccess, remembered, statementsOf, withoutSlots, withPolicies } from './policy-slots.ts'
import { isCrossAccount, isOfAccount, needsPermission } from './reach.ts'

export const LAWS_OF_GRANTS: readonly Law[] = [
  { name: 'a grant to an account gives nobody there what their own policies do not', check: grantToAccount },
  {
    name: 'a grant to a role, or to the user of a federated user, stays within boundary and session',
    check: grantToSource,
  },
  { name: 'a grant to a session or to everybody makes up for all that is silent', check: grantToSession },
  { name: 'a grant to a user makes up for identity and boundary', check: grantToUser },
  {
    name: 'a federated user without a session policy has only what its session is granted',
    check: federatedHasNothing,
  },
]

/** The statements of a policy that allow, but for one principal only. */
function grantTo(principal: string): (policy: PolicySource) => PolicySource {
  return (policy) => {
    const statements = statementsOf(allowsOnly(policy)).map(({ NotPrincipal: _, ...statement }) => ({
      ...statement,
      Principal: { AWS: principal },
    }))
    return { ...policy, Statement: statements }
  }
}

const GRANTS = new Map<string, (policy: PolicySource) => PolicySource>()

/** Each grant of each policy is one document. */
function granted(policy: PolicySource, principal: string): PolicySource {
  const grant = GRANTS.get(principal) ?? remembered(grantTo(principal))
  GRANTS.set(principal, grant)
  return grant(policy)
}

/** Asked by an account about its own, with a resource policy that only adds, and says this of that principal. */
function withGrant(question: Question, policy: PolicySource, principal: string): Question | undefined {
  if (!isOfAccount(question) || isCrossAccount(question) || !needsPermission(question)) return undefined
  return { ...withPolicies(question, { resource: granted(policy, principal) }), resourcePolicyKind: 'grants' }
}

function grantToAccount(question: Question, draw: Draw): Outcome {
  const { caller } = question.request
  if (!('accountId' in caller)) return 'silent'
  const principal = draw.random.pick([caller.accountId, `arn:aws:iam::${caller.accountId}:root`])
  const asked = withGrant(question, draw.policy('resource'), principal)
  return asked === undefined ? 'silent' : keepsAnswer(withoutSlots(asked, ['resource']), asked)
}

/** What it allows is allowed to an identity that may do everything, within the same limits and without the grant. */
function grantToSource(question: Question, draw: Draw): Outcome {
  const names = sourceNames(question.request.caller)
  if (names.length === 0) return 'silent'
  const asked = withGrant(question, draw.policy('resource'), draw.random.pick(names))
  if (asked === undefined) return 'silent'
  const within = withPolicies(withoutSlots(asked, ['resource', 'group']), { identity: [fullAccess('identity')] })
  return keepsAllowed(asked, within)
}

function sourceNames(caller: Caller): readonly string[] {
  if (caller.kind === 'roleSession') return [caller.roleArn, caller.roleId]
  if (caller.kind !== 'federatedUser') return []
  return [caller.userArn, caller.userId].filter((name) => name !== undefined)
}

/** Own policies that only allow, and too little, are of no more weight than those that allow everything. */
function grantToSession(question: Question, draw: Draw): Outcome {
  const { caller } = question.request
  if (caller.kind !== 'roleSession' && caller.kind !== 'federatedUser') return 'silent'
  return madeUpFor(question, draw, { names: [caller.arn, '*'], slots: ['identity', 'boundary', 'session'] })
}

function grantToUser(question: Question, draw: Draw): Outcome {
  const { caller } = question.request
  if (caller.kind !== 'user') return 'silent'
  return madeUpFor(question, draw, { names: [caller.arn, caller.id], slots: ['identity', 'boundary'] })
}

interface MadeUp {
  readonly names: readonly string[]
  readonly slots: readonly ('identity' | 'boundary' | 'session')[]
}

function madeUpFor(question: Question, draw: Draw, { names, slots }: MadeUp): Outcome {
  const plain = withoutSlots(question, ['identity', 'group', 'boundary', 'session'])
  const asked = withGrant(plain, draw.policy('resource'), draw.random.pick(names))
  if (asked === undefined) return 'silent'
  const silent = { identity: [NOTHING], boundary: NOTHING, session: [NOTHING] }
  const open = {
    identity: [fullAccess('identity')],
    boundary: fullAccess('boundary'),
    session: [fullAccess('session')],
  }
  const kept = { ...open, ...Object.fromEntries(slots.map((slot) => [slot, silent[slot]])) }
  // The grant allows what it allows to a caller whose own side is empty, so the resource's statement must be what applies.
  const bare = withPolicies(withoutSlots(asked, ['resource']), kept)
  if (isAllowed(bare)) return { asked: [bare] }
  const applies = crossAccount(asked, open)
  return keepsAllowed(applies, withPolicies(asked, kept))
}

/** Asked from the point of another owner, where only whether the grant applies counts and not how closely it names. */
function crossAccount(question: Question, policies: Question['policies']): Question {
  const request = { ...question.request, resourceAccount: '999900001111' }
  return withPolicies({ ...question, request }, policies)
}

const NOTHING: PolicySource = { Statement: [{ Effect: 'Allow', Action: 'none:None', Resource: 'arn:aws:none:::none' }] }

function federatedHasNothing(question: Question, draw: Draw): Outcome {
  const { caller } = question.request
  if (caller.kind !== 'federatedUser' || !needsPermission(question)) return 'silent'
  const opened = withPolicies(withoutSlots(question, ['session', 'resource']), { identity: [fullAccess('identity')] })
  const own = { ...opened, resourcePolicyKind: 'grants' } as const
  const names = [caller.accountId, ...sourceNames(caller)]
  const asked = withPolicies(own, { resource: granted(draw.policy('resource'), draw.random.pick(names)) })
  return [own, asked].some(isAllowed) ? { asked: [own, asked] } : 'holds'
}
