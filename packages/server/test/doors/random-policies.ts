/** Policies of a user, at random: its own, of its groups, managed ones, and a boundary. */
import type { AccountWriter } from '../../src/account/account-tables.ts'
import type { World } from '../world.ts'
import { ACCOUNT, GROUPS, pick, POLICIES, type Random, SUBJECT } from './random-account.ts'
import { CALLS } from './random-call.ts'

/** Gives the user other policies in place of all that it has. */
export async function changePolicies(world: World, random: Random): Promise<void> {
  await world.change((account, now) => {
    const createdAt = now.toISOString()
    const subject = account.users.find(SUBJECT.toLowerCase())
    if (subject === undefined) throw new Error('the user is gone')
    forget(account, subject.id)
    for (const [at, name] of POLICIES.entries()) {
      const id = `ANPA${at}`
      const versions = { defaultVersion: 1, lastVersion: 1 }
      const tags = random(2) === 0 ? [] : [{ key: 'Team', value: pick(random, VALUES) }]
      account.policies.put({ id, name, path: '/', createdAt, updatedAt: createdAt, ...versions, tags })
      account.policyVersions.put({ policyId: id, version: 1, document: randomDocument(random), createdAt })
    }
    give(account, { ownerId: subject.id, random, createdAt })
    for (const name of GROUPS) {
      const id = `AGPA${name}`
      forget(account, id)
      account.groups.put({ id, name, path: '/', createdAt })
      if (random(3) > 0) continue
      account.memberships.put({ userId: subject.id, groupId: id, addedAt: createdAt })
      give(account, { ownerId: id, random, createdAt })
    }
    const limit = random(2) === 0 ? {} : { boundaryArn: `${ACCOUNT}:policy/${pick(random, POLICIES)}` }
    const { boundaryArn: _, ...unlimited } = subject
    const tags = random(2) === 0 ? [] : [{ key: 'Team', value: pick(random, VALUES) }]
    account.users.put({ ...unlimited, ...limit, tags })
    const letters = { requireSymbols: false, requireNumbers: false, requireUppercase: false, requireLowercase: false }
    account.passwordPolicy.put({ minimumLength: 8, ...letters, allowUsersToChange: random(4) === 0 })
  })
}

function forget(account: AccountWriter, ownerId: string): void {
  const range = { prefix: `${ownerId} ` }
  for (const { name } of account.inlinePolicies.scan(range).toArray()) {
    account.inlinePolicies.delete(`${ownerId} ${name.toLowerCase()}`)
  }
  for (const { policyArn } of account.attachments.scan(range).toArray()) {
    account.attachments.delete(`${ownerId} ${policyArn}`)
  }
  for (const { groupId } of account.memberships.scan(range).toArray())
    account.memberships.delete(`${ownerId} ${groupId}`)
}

interface Gift {
  readonly ownerId: string
  readonly random: Random
  readonly createdAt: string
}

function give(account: AccountWriter, { ownerId, random, createdAt }: Gift): void {
  for (let at = random(3); at > 0; at -= 1) {
    account.inlinePolicies.put({ ownerId, name: `inline-${at}`, document: randomDocument(random) })
  }
  for (let at = random(3); at > 0; at -= 1) {
    const policyArn = `${ACCOUNT}:policy/${pick(random, POLICIES)}`
    account.attachments.put({ ownerId, policyArn, attachedAt: createdAt })
  }
}

function randomDocument(random: Random): string {
  const Statement = Array.from({ length: 1 + random(3) }, () => randomStatement(random))
  return JSON.stringify({ Version: pick(random, ['2012-10-17', '2012-10-17', '2008-10-17']), Statement })
}

function randomStatement(random: Random): object {
  const action = Array.from({ length: 1 + random(3) }, () => randomAction(random))
  const resource = Array.from({ length: 1 + random(2) }, () => pick(random, RESOURCES))
  return {
    Effect: random(4) === 0 ? 'Deny' : 'Allow',
    [random(6) === 0 ? 'NotAction' : 'Action']: action,
    [random(8) === 0 ? 'NotResource' : 'Resource']: resource,
    ...(random(3) === 0 ? { Condition: randomCondition(random) } : {}),
  }
}

function randomAction(random: Random): string {
  const name = pick(random, [...CALLS.keys()])
  const patterns = [
    '*',
    'iam:*',
    'IAM:Get*',
    'iam:*User*',
    'iam:*Policy',
    'iam:?et*',
    'sts:*',
    `iam:${name}`,
    `iam:${name}`,
  ]
  return pick(random, [...patterns, `iam:${name.toLowerCase()}`])
}

const RESOURCES = [
  '*',
  '*',
  `${ACCOUNT}:*`,
  `${ACCOUNT}:user/*`,
  `${ACCOUNT}:user/\${aws:username}`,
  `${ACCOUNT}:user/*/\${aws:username}`,
  `${ACCOUNT}:user/team/*`,
  `${ACCOUNT}:user/B?b`,
  `${ACCOUNT}:group/*`,
  `${ACCOUNT}:group/Te?m`,
  `${ACCOUNT}:policy/*`,
  `${ACCOUNT}:policy/\${aws:PrincipalTag/Team, 'Readers'}`,
  'arn:aws:iam::999999999999:*',
]

const VALUES = ['red', 'blue', 'Ann', 'Readers'] as const

/** Operator, key and values. */
const CONDITIONS: readonly (readonly [string, string, readonly string[]])[] = [
  ['StringEquals', 'aws:username', [SUBJECT]],
  ['StringNotEquals', 'aws:username', [SUBJECT]],
  ['StringLike', 'aws:userid', ['AIDA*']],
  ['StringEquals', 'aws:PrincipalTag/Team', ['red', '${aws:username}']],
  ['StringEquals', 'aws:ResourceTag/Team', ['${aws:PrincipalTag/Team}']],
  ['StringNotEqualsIfExists', 'iam:ResourceTag/Team', ['blue']],
  ['StringEquals', 'aws:RequestTag/Team', ['red', 'blue']],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['Team']],
  ['ForAnyValue:StringLike', 'aws:TagKeys', ['C*']],
  ['StringEquals', 'aws:TagKeys', ['Team']],
  ['Null', 'aws:TagKeys', ['true']],
  ['ArnEquals', 'iam:PolicyARN', [`${ACCOUNT}:policy/R*`]],
  ['ArnNotLike', 'iam:PolicyARN', [`${ACCOUNT}:policy/*s`]],
  ['StringEquals', 'iam:PermissionsBoundary', [`${ACCOUNT}:policy/Limit`]],
  ['Null', 'iam:PermissionsBoundary', ['false']],
  ['ArnLike', 'aws:PrincipalArn', [`${ACCOUNT}:user/*`]],
  ['IpAddress', 'aws:SourceIp', ['192.0.2.0/24']],
  ['NotIpAddress', 'aws:SourceIp', ['192.0.2.0/24', '198.51.100.7']],
  ['Bool', 'aws:SecureTransport', ['true']],
  ['BoolIfExists', 'aws:MultiFactorAuthPresent', ['true']],
  ['DateGreaterThan', 'aws:CurrentTime', ['2026-11-22T00:00:00Z']],
  ['NumericLessThan', 'aws:EpochTime', ['1763812800']],
  ['StringEquals', 'aws:RequestedRegion', ['us-east-1']],
  ['StringLike', 'aws:UserAgent', ['aws-cli/*']],
]

function randomCondition(random: Random): object {
  const condition: Record<string, Record<string, readonly string[]>> = {}
  for (let at = 1 + random(2); at > 0; at -= 1) {
    const [operator, key, values] = pick(random, CONDITIONS)
    condition[operator] = { ...condition[operator], [key]: values }
  }
  return condition
}

/** Every key that a condition or a variable of the policies asks for. */
export const CONTEXT_KEYS: readonly string[] = [...new Set(CONDITIONS.map(([, key]) => key))]
