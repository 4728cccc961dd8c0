/**
 * Trust policies as they are stored: users and roles by their unique ids, so that an entity that is made anew under an old name is not
 * trusted; and as they are shown: with ARNs for those that still exist (IAM User Guide, "AWS JSON policy elements: Principal").
 */
import { parsePolicy, type PolicyDocument } from '@iamd/policy'
import type { Fault } from '@iamd/wire'
import { type AccountReader, nameKey } from '../account-tables.ts'
import { accountOfArn, roleArn, userArn } from '../arns.ts'
import { assertStorable } from '../policy/policy-document.ts'
import type { RoleRecord, TrustedEntity } from '../records.ts'

/** The account with that number, when this installation has it. */
export type FindAccount = (accountId: string) => AccountReader | undefined

interface BindScene {
  readonly accountId: string
  readonly findAccount: FindAccount
  readonly error: (code: 'MalformedPolicyDocument', message: string) => Fault
}

/** Throws MalformedPolicyDocument for a text that cannot be a trust policy, or that names a user or role that is not there. */
export function bindTrustPolicy(text: string, scene: BindScene): Pick<RoleRecord, 'trustPolicy' | 'trusted'> {
  const document = assertStorable(text, { kind: 'trust', error: scene.error })
  const trusted = new Map<string, TrustedEntity>()
  const trustPolicy = replacePrincipals(text, document, (principal) => {
    const entity = findEntity(principal, scene)
    if (entity === undefined) return undefined
    trusted.set(entity.id, entity)
    return entity.id
  })
  return { trustPolicy, trusted: [...trusted.values()] }
}

/** The text with the ARNs that its users and roles have now; those that were deleted stand in it as AIDA… and AROA…. */
export function trustPolicyText(
  { trustPolicy, trusted }: Pick<RoleRecord, 'trustPolicy' | 'trusted'>,
  findAccount: FindAccount,
): string {
  if (trusted.length === 0) return trustPolicy
  const parsed = parsePolicy(trustPolicy, 'trust')
  if (!parsed.ok) return trustPolicy
  const accountIds = new Map(trusted.map(({ id, accountId }) => [id, accountId]))
  return replacePrincipals(trustPolicy, parsed.document, (principal) => {
    const accountId = accountIds.get(principal)
    const account = accountId === undefined ? undefined : findAccount(accountId)
    return accountId === undefined || account === undefined ? undefined : arnOf(principal, account, accountId)
  })
}

const ENTITY_ARN = /^arn:[^:]+:iam::(\d{12}):(user|role)\/(?:.*\/)?([^/]+)$/s
const ENTITY_ID = /^(?:AIDA|AROA)[0-9A-Z]+$/

/**
 * The user or role that the text names, exactly as it is stored; undefined for other principals, and for those of accounts that this
 * installation does not have: whether they exist cannot be known, so their ARNs stand as they are sent.
 */
function findEntity(principal: string, { accountId, findAccount, error }: BindScene): TrustedEntity | undefined {
  const missing = (): Fault => error('MalformedPolicyDocument', `Invalid principal in policy: "AWS":"${principal}"`)
  if (ENTITY_ID.test(principal)) {
    const own = findAccount(accountId)
    // An id says nothing of its account, so it can only be one of this account.
    if (own === undefined || arnOf(principal, own, accountId) === undefined) throw missing()
    return { id: principal, accountId }
  }
  const [, , kind, name = ''] = ENTITY_ARN.exec(principal) ?? []
  const owner = accountOfArn(principal)
  const account = kind === undefined || owner === undefined ? undefined : findAccount(owner)
  if (owner === undefined || account === undefined) return undefined
  const entity = (kind === 'user' ? account.users : account.roles).find(nameKey(name))
  if (entity === undefined || arnOf(entity.id, account, owner) !== principal) throw missing()
  return { id: entity.id, accountId: owner }
}

function arnOf(id: string, account: AccountReader, accountId: string): string | undefined {
  const user = account.users.findBy('id', id)
  if (user !== undefined) return userArn(accountId, user.path, user.name)
  const role = account.roles.findBy('id', id)
  return role === undefined ? undefined : roleArn(accountId, role.path, role.name)
}

/** The text with other names for principals of the type AWS, where `replacement` gives one; everything else stays as it is written. */
function replacePrincipals(
  text: string,
  { statements }: PolicyDocument,
  replacement: (principal: string) => string | undefined,
): string {
  const places = statements
    .flatMap(({ principal }) => principal?.principals ?? [])
    .filter(({ type }) => type === 'AWS')
    .map(({ value }) => value)
    .toSorted((one, other) => one.offset - other.offset)
  let replaced = ''
  let at = 0
  for (const { value, offset } of places) {
    const name = replacement(value)
    if (name === undefined) continue
    replaced += text.slice(at, offset) + JSON.stringify(name)
    at = endOfString(text, offset)
  }
  return replaced + text.slice(at)
}

const JSON_STRING = /"(?:[^"\\]|\\.)*"/y

/** Offset after the JSON string that starts at that offset. */
function endOfString(text: string, offset: number): number {
  JSON_STRING.lastIndex = offset
  return JSON_STRING.test(text) ? JSON_STRING.lastIndex : offset
}
