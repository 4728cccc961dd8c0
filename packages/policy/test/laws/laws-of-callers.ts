/** Laws about who asks: root, anonymous callers, strangers, sessions and chains of roles. */
import type { Caller, PolicySource, Question } from '../../reference/question.ts'
import { type Draw, isAllowed, keepsAllowed, keepsAnswer, type Law, type Outcome } from './law.ts'
import { addedTo, fullAccess, withoutSlots, withPolicies } from './policy-slots.ts'
import { isCrossAccount, needsPermission } from './reach.ts'

export const LAWS_OF_CALLERS: readonly Law[] = [
  { name: 'root is limited only by organizations, endpoints and what a resource policy denies', check: rootIsLimited },
  { name: 'root has whatever a user of its account has by its own policies', check: rootHasMost },
  { name: 'anonymous callers get what a stranger gets whose own side allows all', check: anonymousIsStranger },
  { name: 'a statement that names somebody else changes nothing', check: namesSomebodyElse },
  { name: 'a federated user never exceeds its user', check: federatedNeverExceeds },
]

/** An account that no policy knows. */
const STRANGER = {
  kind: 'user',
  accountId: '999900001111',
  arn: 'arn:aws:iam::999900001111:user/nobody',
  id: 'AIDANOBODY00000000001',
} as const

function asRoot(question: Question): Question | undefined {
  const { caller } = question.request
  if (!('accountId' in caller)) return undefined
  const { accountId, canonicalUserId, isManagementAccount } = caller
  const root: Caller = {
    kind: 'root',
    accountId,
    ...(canonicalUserId !== undefined && { canonicalUserId }),
    ...(isManagementAccount !== undefined && { isManagementAccount }),
  }
  const asked = { ...question, request: { ...question.request, caller: root } }
  return withoutSlots(asked, ['boundary', 'session'])
}

function rootIsLimited(question: Question, draw: Draw): Outcome {
  const root = asRoot(question)
  if (root === undefined || isCrossAccount(question)) return 'silent'
  const indifferent = keepsAnswer(root, withPolicies(root, { identity: [draw.policy('identity')] }))
  if (indifferent !== 'holds') return indifferent
  const free = withoutSlots(root, ['serviceControl', 'resourceControl', 'endpoint', 'resource'])
  const asked = { ...free, resourcePolicyKind: 'grants' } as const
  return isAllowed(asked) ? 'holds' : { asked: [asked] }
}

/** Where no policy but those of the organization has a say besides the caller's own. */
function rootHasMost(question: Question): Outcome {
  if (question.request.caller.kind === 'root' || isCrossAccount(question)) return 'silent'
  if (question.request.caller.kind === 'roleSession' && question.request.caller.isServiceLinked === true)
    return 'silent'
  const own = { ...withoutSlots(question, ['resource', 'endpoint']), resourcePolicyKind: 'grants' } as const
  const root = asRoot(own)
  return root === undefined ? 'silent' : keepsAllowed(own, root)
}

/** The owner is the same to both, and organizations reach neither's own side. */
function anonymousIsStranger(question: Question): Outcome {
  if (!needsPermission({ ...question, request: { ...question.request, caller: STRANGER } })) return 'silent'
  const plain = withoutSlots(question, ['identity', 'group', 'boundary', 'session', 'serviceControl'])
  const request = { ...plain.request, resourceAccount: '111122223333' }
  const anonymous = { ...plain, request: { ...request, caller: { kind: 'anonymous' } } } as const
  const asked = { ...plain, request: { ...request, caller: STRANGER } }
  const stranger = withPolicies(asked, { identity: [fullAccess('identity')] })
  return isAllowed(anonymous) === isAllowed(stranger) ? 'holds' : { asked: [anonymous, stranger] }
}

const OTHERS = [
  { AWS: STRANGER.arn },
  { AWS: [STRANGER.accountId, `arn:aws:iam::${STRANGER.accountId}:root`] },
  { AWS: STRANGER.id },
  { Service: 'nobody.amazonaws.com' },
  { Federated: `arn:aws:iam::${STRANGER.accountId}:saml-provider/nobody` },
  { CanonicalUser: 'f'.repeat(64) },
]
const ABOUT_OTHERS = OTHERS.flatMap((principal): readonly PolicySource[] =>
  ['Allow', 'Deny'].map((effect) => ({
    Statement: [{ Effect: effect, Principal: principal, Action: '*', Resource: '*' }],
  })),
)

function namesSomebodyElse(question: Question, { random }: Draw): Outcome {
  const slot = random.pick(['resource', 'endpoint'] as const)
  if (question.policies[slot] === undefined) return 'silent'
  return keepsAnswer(question, addedTo(question, slot, random.pick(ABOUT_OTHERS)))
}

/** Silent where a policy knows the federated user by its own name: then it is somebody else than its user. */
function federatedNeverExceeds(question: Question, draw: Draw): Outcome {
  const { caller } = question.request
  if (caller.kind !== 'federatedUser' || caller.userArn === undefined || caller.userId === undefined) return 'silent'
  if (JSON.stringify(question.policies).includes(caller.arn)) return 'silent'
  const federated = draw.random.chance(0.5) ? addedTo(question, 'session', draw.policy('session')) : question
  const { userArn: arn, userId: id, accountId, canonicalUserId, isManagementAccount } = caller
  const user: Caller = {
    kind: 'user',
    arn,
    id,
    accountId,
    ...(canonicalUserId !== undefined && { canonicalUserId }),
    ...(isManagementAccount !== undefined && { isManagementAccount }),
  }
  const asked = withoutSlots({ ...federated, request: { ...federated.request, caller: user } }, ['session'])
  return keepsAllowed(federated, asked)
}
