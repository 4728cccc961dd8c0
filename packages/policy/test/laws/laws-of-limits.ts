/** Laws about policies that only limit, and about whom they reach. */
import type { Question } from '../../reference/question.ts'
import { type Draw, isAllowed, keepsAllowed, keepsAnswer, type Law, type Outcome } from './law.ts'
import {
  addedTo,
  allowsOnly,
  filledWith,
  fullAccess,
  fullDenial,
  type Slot,
  withoutSlots,
  withPolicies,
} from './policy-slots.ts'
import { applies, isCrossAccount, isOfAccount, isOfRoot, needsPermission } from './reach.ts'

export const LAWS_OF_LIMITS: readonly Law[] = [
  { name: 'a boundary never grants', check: neverGrants('boundary') },
  { name: 'a session policy never grants', check: neverGrants('session') },
  { name: 'a service control policy never grants', check: neverGrants('serviceControl') },
  { name: 'a resource control policy never grants', check: neverGrants('resourceControl') },
  { name: 'an endpoint policy never grants', check: neverGrants('endpoint') },
  { name: 'a level of full access changes nothing', check: fullLevel },
  { name: 'service control policies do not reach whom they do not apply to', check: doesNotReach('serviceControl') },
  { name: 'resource control policies do not reach what they do not apply to', check: doesNotReach('resourceControl') },
  { name: 'identity policies do not reach who has none', check: doesNotReach('identity') },
  { name: 'another account needs both sides', check: bothSides },
  { name: 'a resource that must be asked allows nobody by silence', check: mustBeAsked },
  { name: 'a resource policy adds to what identities have in its account', check: resourceAdds },
  { name: 'who needs no permission is not kept by any policy', check: needsNone },
]

/** With the policy no more is allowed than with one that allows everything, and no more than without any. */
function neverGrants(slot: Slot): Law['check'] {
  return (question, draw) => {
    const limited = filledWith(question, slot, draw.policy(slot))
    const isNeeded = slot === 'session' && question.request.caller.kind === 'federatedUser'
    const opened = filledWith(question, slot, fullAccess(slot))
    // A federated user without a session policy has nothing, so only full access compares.
    const outcome = keepsAllowed(limited, opened)
    if (isNeeded || outcome !== 'holds') return outcome
    return keepsAllowed(limited, withoutSlots(question, [slot]))
  }
}

function fullLevel(question: Question, { random }: Draw): Outcome {
  const slot = random.pick(['serviceControl', 'resourceControl'] as const)
  const levels = question.policies[slot] ?? []
  const place = random.below(levels.length + 1)
  const after = withPolicies(question, { [slot]: levels.toSpliced(place, 0, [fullAccess(slot)]) })
  const isEmpty = question.policies[slot]?.length === 0
  return isEmpty ? 'silent' : keepsAnswer(question, after)
}

function doesNotReach(slot: Slot): Law['check'] {
  return (question, draw) => {
    if (applies(question, slot)) return 'silent'
    return keepsAnswer(
      question,
      addedTo(question, slot, draw.random.chance(0.3) ? fullDenial(slot) : draw.policy(slot)),
    )
  }
}

/** Asked of another account's resource, with a resource policy, because few would be allowed otherwise. */
function bothSides({ request, policies, resourcePolicyKind = 'grants' }: Question, draw: Draw): Outcome {
  const resource = draw.policy('resource')
  const identity = [draw.random.chance(0.5) ? fullAccess('identity') : draw.policy('identity')]
  const asked = {
    request: { ...request, resourceAccount: '444455556666' },
    policies: { ...policies, resource, identity },
  }
  const question: Question = { ...asked, resourcePolicyKind }
  if (!isCrossAccount(question) || !needsPermission(question) || !isAllowed(question)) return 'silent'
  const withoutResource = withoutSlots(question, ['resource'])
  const withoutIdentity = withoutSlots(question, ['identity', 'group'])
  if (isAllowed(withoutResource)) return { asked: [question, withoutResource] }
  if (!isOfRoot(question) && isAllowed(withoutIdentity)) return { asked: [question, withoutIdentity] }
  return 'holds'
}

function mustBeAsked(question: Question, draw: Draw): Outcome {
  if (!needsPermission(question)) return 'silent'
  const kind = draw.random.pick(['required', 'trust'] as const)
  const opened = withPolicies(withoutSlots(question, ['resource']), {
    ...(isOfAccount(question) && { identity: [fullAccess('identity')] }),
  })
  const asked = { ...opened, resourcePolicyKind: kind }
  return isAllowed(asked) ? { asked: [asked] } : 'holds'
}

/** What it denies aside. */
function resourceAdds(question: Question, draw: Draw): Outcome {
  if (isCrossAccount(question) || !isOfAccount(question)) return 'silent'
  const policy = allowsOnly(draw.policy('resource'))
  const plain = { ...withoutSlots(question, ['resource']), resourcePolicyKind: 'grants' } as const
  return keepsAllowed(plain, withPolicies(plain, { resource: policy }))
}

function needsNone(question: Question, draw: Draw): Outcome {
  if (question.request.caller.kind === 'anonymous') return 'silent'
  const action = draw.random.pick(['sts:GetCallerIdentity', 'STS:getcalleridentity', 'sts:GetSessionToken'])
  const asked = { ...question, request: { ...question.request, action } }
  return isAllowed(asked) ? 'holds' : { asked: [asked] }
}
