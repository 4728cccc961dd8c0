import type { Caller } from '../../reference/question.ts'
import { ROLE_ARN, USER_ARN } from './random-conditions.ts'
import type { SeededRandom } from './seeded-random.ts'

export const ACCOUNT = '111122223333'
export const OTHER_ACCOUNT = '444455556666'

const SESSION_ARN = `arn:aws:sts::${ACCOUNT}:assumed-role/dev/ada`
const FEDERATED_ARN = `arn:aws:sts::${ACCOUNT}:federated-user/bo`
const USER_ID = 'AIDAEXAMPLEADA000001'
const ROLE_ID = 'AROAEXAMPLEDEV000001'
const CANONICAL_ID = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be'
const SERVICE = 'ec2.amazonaws.com'
const PROVIDER = 'accounts.google.com'

const KINDS = [
  'user',
  'user',
  'user',
  'roleSession',
  'roleSession',
  'roleSession',
  'federatedUser',
  'federatedUser',
  'root',
  'anonymous',
  'service',
  'federated',
] as const

/** Names of the callers, and of others that are near them. */
const NAMES: readonly (readonly [kind: string, name: string])[] = [
  ['AWS', ACCOUNT],
  ['AWS', `arn:aws:iam::${ACCOUNT}:root`],
  ['AWS', USER_ARN],
  ['AWS', USER_ID],
  ['AWS', ROLE_ARN],
  ['AWS', ROLE_ID],
  ['AWS', SESSION_ARN],
  ['AWS', FEDERATED_ARN],
  ['AWS', OTHER_ACCOUNT],
  ['AWS', `arn:aws:iam::${OTHER_ACCOUNT}:root`],
  ['AWS', `arn:aws:iam::${OTHER_ACCOUNT}:user/ada`],
  ['AWS', `arn:aws:sts::${ACCOUNT}:assumed-role/dev/other`],
  ['CanonicalUser', CANONICAL_ID],
  ['Service', SERVICE],
  ['Service', 's3.amazonaws.com'],
  ['Federated', PROVIDER],
  ['Federated', `arn:aws:iam::${ACCOUNT}:saml-provider/idp`],
]

/** Where the names of each kind of caller stand among those. */
const NAMES_OF: Readonly<Record<Caller['kind'], readonly [first: number, last: number]>> = {
  user: [2, 4],
  roleSession: [4, 7],
  federatedUser: [7, 8],
  root: [0, 2],
  anonymous: [0, 17],
  service: [13, 15],
  federated: [15, 17],
}

/** Every kind of caller, now and then of an account that manages its organization. */
export function randomCaller(random: SeededRandom): Caller {
  const inAccount = {
    accountId: ACCOUNT,
    ...(random.chance(0.3) && { canonicalUserId: CANONICAL_ID }),
    ...(random.chance(0.12) && { isManagementAccount: true }),
  }
  const kind = random.pick(KINDS)
  switch (kind) {
    case 'anonymous':
      return { kind }
    case 'service':
      return { kind, name: SERVICE }
    case 'federated':
      return { kind, provider: random.chance(0.7) ? PROVIDER : `arn:aws:iam::${ACCOUNT}:saml-provider/idp` }
    case 'root':
      return { kind, ...inAccount }
    case 'user':
      return { kind, arn: USER_ARN, id: USER_ID, ...inAccount }
    case 'roleSession': {
      const isServiceLinked = random.chance(0.1)
      const role = { arn: SESSION_ARN, roleArn: ROLE_ARN, roleId: ROLE_ID, ...(isServiceLinked && { isServiceLinked }) }
      return { kind, ...role, ...inAccount }
    }
    case 'federatedUser': {
      const maker = random.chance(0.8) ? { userArn: USER_ARN, userId: USER_ID } : {}
      return { kind, arn: FEDERATED_ARN, ...maker, ...inAccount }
    }
  }
}

/** The element Principal: everybody, or some names, more often than not one of the caller's. */
export function randomPrincipal(random: SeededRandom, { kind }: Caller): unknown {
  if (random.chance(0.2)) return '*'
  if (random.chance(0.15)) return { AWS: '*' }
  if (random.chance(0.04)) return { Service: '*' }
  const [first, last] = NAMES_OF[kind]
  const own = random.chance(0.6) ? [random.pick(NAMES.slice(first, last))] : []
  return mapOf([...own, ...random.some(NAMES, own.length === 0 ? 1 : 0, 2)])
}

/** The element NotPrincipal: names, often all that one caller has. */
export function randomNotPrincipal(random: SeededRandom): unknown {
  const account = random.pick([...NAMES.slice(0, 2), ...NAMES.slice(0, 2), ...NAMES.slice(12, 13)])
  const names = random.pick([
    NAMES.slice(2, 3),
    NAMES.slice(3, 4),
    [NAMES.slice(4, 5), NAMES.slice(6, 7)].flat(),
    [NAMES.slice(5, 6), NAMES.slice(6, 7)].flat(),
    NAMES.slice(7, 8),
    NAMES.slice(13, 14),
    NAMES.slice(15, 16),
    [],
  ])
  const listed = [...(random.chance(0.85) ? [account] : []), ...names.filter(() => random.chance(0.9))]
  const others = random.chance(0.25) || listed.length === 0 ? [random.pick(NAMES)] : []
  return mapOf([...listed, ...others])
}

function mapOf(names: readonly (readonly [kind: string, name: string])[]): Record<string, string | string[]> {
  const byKind = Map.groupBy(names, ([kind]) => kind)
  return Object.fromEntries(
    [...byKind].map(([kind, group]) => {
      const list = [...new Set(group.map(([, name]) => name))]
      const [only] = list
      return [kind, list.length === 1 && only !== undefined ? only : list]
    }),
  )
}
