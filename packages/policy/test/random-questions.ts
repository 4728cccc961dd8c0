/**
 * Random questions about access, directed by types, from a seed: every kind of caller and of principal, every kind of policy with every
 * other, one account or two, and in the statements every operator with every qualifier.
 */
import type { PolicySource, Question } from '../reference/question.ts'
import { OTHER_ACCOUNT, ACCOUNT, randomCaller, randomNotPrincipal, randomPrincipal } from './random/random-callers.ts'
import { randomCondition, randomContext, ROLE_ARN, USER_ARN } from './random/random-conditions.ts'
import { makeText } from './random/random-values.ts'
import { type SeededRandom, seededRandom } from './random/seeded-random.ts'

/** Questions that are asked of the same policies: reading those takes longest. */
export const QUESTIONS_PER_WORLD = 16

type Caller = Question['request']['caller']

/** What a policy is for decides which elements it may have, and whom it had better name. */
interface Purpose {
  readonly kind: 'identity' | 'resource' | 'trust' | 'endpoint' | 'resourceControl'
  readonly caller: Caller
  readonly isNarrow?: boolean
}

const ACTIONS = [
  's3:GetObject',
  's3:GetObject',
  's3:PutObject',
  'iam:GetUser',
  'kms:Decrypt',
  'kms:RetireGrant',
  'sts:AssumeRole',
  'S3:getobject',
  'sts:GetSessionToken',
  'sts:GetCallerIdentity',
]
const ACTION_PATTERNS = [
  '*',
  's3:*',
  's3:Get*',
  'S3:GETOBJECT',
  's3:?etObject',
  's3:PutObject',
  'iam:*',
  'iam:GetUser',
  'kms:*',
  'sts:*',
  'kms:Re*t*',
  's3:*Object',
  's3:Get',
  '*:*',
  '*:get*',
  's?:*',
  'sts:AssumeRole',
]
const RESOURCES = [
  'arn:aws:s3:::b',
  'arn:aws:s3:::b/ada',
  'arn:aws:s3:::b/x:y',
  'arn:aws:s3:::b/*',
  'arn:aws:s3:::b/ada\n',
  USER_ARN,
  ROLE_ARN,
  '*',
]
const RESOURCE_PATTERNS = [
  '*',
  'arn:aws:s3:::*',
  'arn:aws:s3:::b/*',
  'arn:aws:s3:::b',
  'arn:aws:s3*',
  'arn:aws:s3:::?',
  'arn:*:ada',
  'arn:aws:s3:::b/${aws:username}',
  'arn:aws:s3:::b/${aws:username}*',
  'arn:aws:s3:::${*}',
  'arn:aws:s3:::b/${*}',
  "arn:aws:s3:::b/${aws:PrincipalTag/none, 'ada'}",
  'arn:aws:s3:::b/${aws:PrincipalTag/none}',
  'arn:aws:s3:::b/???',
  'arn:aws:s3:::b/${aws:TagKeys}',
  'arn:aws:iam::*:user/*',
  `arn:aws:iam::${ACCOUNT}:*`,
  'arn:aws:iam::*:*${aws:username}',
  'arn:aws:s3:${aws:username}::b',
  "arn:aws:iam::${aws:PrincipalTag/none, '111122223333'}:user/ada",
  'arn:aws:s3:::B',
  'arn:aws:*/ada',
]

/** The questions of a world: worlds are numbered, and the same for the same seed. */
export function randomQuestions(seed: number, world: number): Question[] {
  const random = seededRandom(seed, world)
  const { caller, policies, resourcePolicyKind } = randomWorld(random)
  const contexts = Array.from({ length: QUESTIONS_PER_WORLD / 4 }, () => randomContext(random))
  return Array.from({ length: QUESTIONS_PER_WORLD }, () => ({
    request: randomRequest(random, caller, random.pick(contexts)),
    policies,
    resourcePolicyKind,
  }))
}

function randomRequest(
  random: SeededRandom,
  caller: Caller,
  context: Question['request']['context'],
): Question['request'] {
  const account = random.pick([undefined, undefined, ACCOUNT, OTHER_ACCOUNT, OTHER_ACCOUNT])
  const isManaging = 'accountId' in caller && caller.isManagementAccount === true
  const isOwnedByManagementAccount =
    account === OTHER_ACCOUNT || !('accountId' in caller) ? random.chance(0.12) : isManaging
  return {
    caller,
    action: random.pick(ACTIONS),
    resource: random.chance(0.8) ? random.pick(RESOURCES) : `arn:aws:s3:::${makeText(random, false)}`,
    context,
    ...(account !== undefined && { resourceAccount: account }),
    ...(isOwnedByManagementAccount && { isOwnedByManagementAccount }),
  }
}

function randomWorld(random: SeededRandom): Pick<Question, 'policies'> & {
  readonly caller: Caller
  readonly resourcePolicyKind: NonNullable<Question['resourcePolicyKind']>
} {
  const caller = randomCaller(random)
  const resourcePolicyKind = random.pick(['grants', 'grants', 'grants', 'grants', 'required', 'trust'] as const)
  // The root user and sessions that it made have no policies of their own.
  const isOfRoot = caller.kind === 'root' || (caller.kind === 'federatedUser' && caller.userArn === undefined)
  const hasGroups = caller.kind === 'user' || caller.kind === 'federatedUser'
  const given = <T>(probability: number, make: () => T): T | undefined =>
    random.chance(probability) ? make() : undefined
  const policies = {
    identity: given(isOfRoot ? 0 : 0.85, () => randomPolicies(random, { kind: 'identity', caller })),
    group: given(isOfRoot || !hasGroups ? 0 : 0.3, () => randomPolicies(random, { kind: 'identity', caller })),
    boundary: given(isOfRoot ? 0 : 0.3, () => randomPolicy(random, { kind: 'identity', caller })),
    session: given(caller.kind === 'federatedUser' ? 0.8 : caller.kind === 'roleSession' ? 0.4 : 0.1, () =>
      randomPolicies(random, { kind: 'identity', caller }),
    ),
    serviceControl: given(0.3, () => randomLevels(random, { kind: 'identity', caller })),
    resourceControl: given(0.3, () => randomLevels(random, { kind: 'resourceControl', caller })),
    resource: given(0.65, () =>
      randomPolicy(random, { kind: resourcePolicyKind === 'trust' ? 'trust' : 'resource', caller }),
    ),
    endpoint: given(0.25, () => randomPolicy(random, { kind: 'endpoint', caller })),
  }
  const isGiven = ([, policy]: readonly [string, unknown]): boolean => policy !== undefined
  return { caller, resourcePolicyKind, policies: Object.fromEntries(Object.entries(policies).filter(isGiven)) }
}

function randomLevels(random: SeededRandom, purpose: Purpose): PolicySource[][] {
  const levels = Array.from({ length: 1 + random.below(3) }, () => randomPolicies(random, purpose))
  // Most levels of organizations allow all, and deny some.
  for (const level of levels)
    if (random.chance(0.75)) level.splice(random.below(level.length + 1), 0, fullAccess(purpose))
  return random.chance(0.02) ? [] : levels
}

function randomPolicies(random: SeededRandom, purpose: Purpose): PolicySource[] {
  const count = random.pick([0, 1, 1, 1, 2, 3])
  return Array.from({ length: count }, () => randomPolicy(random, purpose))
}

function randomPolicy(random: SeededRandom, purpose: Purpose): PolicySource {
  const version = random.pick(['2012-10-17', '2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17', undefined])
  // Long policies are read through an index by whoever is clever: their statements are narrow, so that few apply.
  const isLong = random.chance(0.02)
  const length = isLong ? 8 + random.below(40) : 1 + random.below(3)
  const statements = Array.from({ length }, () => randomStatement(random, { ...purpose, isNarrow: isLong }))
  const [only] = statements
  return {
    ...(version !== undefined && { Version: version }),
    Statement: statements.length === 1 && random.chance(0.5) ? only : statements,
  }
}

function randomStatement(random: SeededRandom, { kind, caller, isNarrow = false }: Purpose): PolicySource {
  const isDeny = random.chance(isNarrow ? 0.08 : 0.22)
  const principal = (): PolicySource => {
    if (kind === 'identity') return {}
    if (kind === 'resourceControl') return { Principal: random.chance(0.8) ? '*' : { AWS: '*' } }
    const isExcepting = kind !== 'trust' && random.chance(isDeny ? 0.4 : 0.04)
    return isExcepting ? { NotPrincipal: randomNotPrincipal(random) } : { Principal: randomPrincipal(random, caller) }
  }
  const isWhole = (probability: number): boolean =>
    random.chance(isNarrow ? 0.06 : isDeny ? probability / 2 : probability)
  return {
    Effect: isDeny ? 'Deny' : 'Allow',
    ...principal(),
    ...(isWhole(0.6) ? { Action: '*' } : listed(random, 'Action', ACTION_PATTERNS)),
    ...(kind === 'trust' ? {} : isWhole(0.6) ? { Resource: '*' } : listed(random, 'Resource', RESOURCE_PATTERNS)),
    ...(random.chance(0.55) && { Condition: randomCondition(random) }),
  }
}

function listed(random: SeededRandom, element: 'Action' | 'Resource', patterns: readonly string[]): PolicySource {
  const isMade = element === 'Resource' && random.chance(0.25)
  const values = isMade ? [`arn:aws:s3:::${makeText(random, true)}`] : random.some(patterns, 1, 3)
  const name = random.chance(0.2) ? `Not${element}` : element
  return { [name]: values.length === 1 && random.chance(0.7) ? values[0] : values }
}

function fullAccess({ kind }: Purpose): PolicySource {
  const principal = kind === 'resourceControl' ? { Principal: '*' } : {}
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...principal, Action: '*', Resource: '*' }] }
}
