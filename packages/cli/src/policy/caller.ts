/** Who asks, in the one text that people know them by. */
import type { Principal } from '@iamd/policy'

import { wrongUsage } from '../failure.ts'

/** What a caller's text does not say. */
export type CallerDetails = {
  /** The unique id of the user or role: `AIDA...`, `AROA...`. */
  readonly id?: string | undefined
  /** ARN of the user whose keys asked for the session of a federated user; the root user's did when absent. */
  readonly federatedBy?: string | undefined
  /** The account of the caller manages its organization. */
  readonly isManagementAccount?: boolean | undefined
}

/** The user that asks where nobody is named. */
export const someUser = 'arn:aws:iam::111122223333:user/simulated'

/** Stands for an id that is not known; no policy can name it, because ids are letters and digits. */
const unknownId = '(unknown)'

/**
 * Reads an ARN of IAM or STS, the name of a service or of a web identity provider, or `anonymous`. A role's ARN stands for
 * a session of that role with the name `simulated`. Throws wrong usage.
 */
export function parseCaller(text: string, details: CallerDetails = {}): Principal {
  const { id = unknownId, federatedBy: userArn, isManagementAccount } = details
  if (text === 'anonymous') return { kind: 'anonymous' }
  if (webIdentityProviders.has(text)) return { kind: 'federated', provider: text }
  if (/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(text)) return { kind: 'service', name: text }
  const [, partition = '', service, accountId = '', kind, name = ''] =
    /^arn:([a-z-]+):(iam|sts)::(\d{12}):(root$|[a-z-]+\/)(.*)$/.exec(text) ?? []
  const inAccount = { accountId, isManagementAccount }
  switch (`${service}:${kind}`) {
    case 'iam:root':
      return { kind: 'root', ...inAccount }
    case 'iam:user/':
      if (name === '' || name.endsWith('/')) break
      return { kind: 'user', arn: text, id, ...inAccount }
    case 'iam:role/':
      if (name === '' || name.endsWith('/')) break
      return { ...sessionOf({ partition, accountId, path: name, session: 'simulated' }), roleId: id, ...inAccount }
    case 'sts:assumed-role/': {
      const [role, session, ...rest] = name.split('/')
      if (!role || !session || rest.length > 0) break
      return { ...sessionOf({ partition, accountId, path: role, session }), roleId: id, ...inAccount }
    }
    case 'sts:federated-user/':
      if (name === '') break
      return { kind: 'federatedUser', arn: text, userArn, ...inAccount }
    case 'iam:saml-provider/':
    case 'iam:oidc-provider/':
      if (name === '') break
      return { kind: 'federated', provider: text }
    default:
  }
  throw wrongUsage(
    `\`${text}\` is no caller`,
    'give the ARN of a user, role, session, root user or identity provider, the name of a service, or `anonymous`',
  )
}

/** Names that trust policies have for providers without an ARN (IAM User Guide, "AWS JSON policy elements: Principal"). */
const webIdentityProviders = new Set([
  'accounts.google.com',
  'cognito-identity.amazonaws.com',
  'graph.facebook.com',
  'www.amazon.com',
])

type Session = {
  readonly partition: string
  readonly accountId: string
  /** Path and name of the role; a session's ARN has the name only. */
  readonly path: string
  readonly session: string
}

function sessionOf({ partition, accountId, path, session }: Session): {
  readonly kind: 'roleSession'
  readonly arn: string
  readonly roleArn: string
  readonly isServiceLinked: boolean
} {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return {
    kind: 'roleSession',
    arn: `arn:${partition}:sts::${accountId}:assumed-role/${name}/${session}`,
    roleArn: `arn:${partition}:iam::${accountId}:role/${path}`,
    // Only services make roles below this path (IAM User Guide, "Using service-linked roles").
    isServiceLinked: path.startsWith('aws-service-role/'),
  }
}

/** The values that AWS puts into the context of a caller's every request, as far as they follow from who it is. */
export function contextOfCaller(caller: Principal): Readonly<Record<string, string | readonly string[]>> {
  switch (caller.kind) {
    case 'anonymous':
      return { 'aws:PrincipalType': 'Anonymous' }
    case 'federated':
      return { 'aws:PrincipalIsAWSService': 'false' }
    case 'service':
      return {
        'aws:PrincipalIsAWSService': 'true',
        'aws:PrincipalServiceName': caller.name,
        'aws:PrincipalServiceNamesList': [caller.name],
      }
    case 'root':
    case 'user':
    case 'roleSession':
    case 'federatedUser':
      return {
        'aws:PrincipalAccount': caller.accountId,
        'aws:PrincipalIsAWSService': 'false',
        ...namesOf(caller),
      }
  }
}

type InAccount = Exclude<Principal, { kind: 'anonymous' | 'federated' | 'service' }>

function namesOf(caller: InAccount): Readonly<Record<string, string>> {
  switch (caller.kind) {
    case 'root': {
      const arn = `arn:aws:iam::${caller.accountId}:root`
      return { 'aws:PrincipalArn': arn, 'aws:PrincipalType': 'Account', 'aws:userid': caller.accountId }
    }
    case 'user':
      return {
        'aws:PrincipalArn': caller.arn,
        'aws:PrincipalType': 'User',
        'aws:username': lastPart(caller.arn),
        ...(caller.id === unknownId ? {} : { 'aws:userid': caller.id }),
      }
    case 'roleSession':
      return {
        'aws:PrincipalArn': caller.roleArn,
        'aws:PrincipalType': 'AssumedRole',
        ...(caller.roleId === unknownId ? {} : { 'aws:userid': `${caller.roleId}:${lastPart(caller.arn)}` }),
      }
    case 'federatedUser':
      return {
        'aws:PrincipalArn': caller.arn,
        'aws:PrincipalType': 'FederatedUser',
        'aws:userid': `${caller.accountId}:${lastPart(caller.arn)}`,
      }
    default:
      return caller satisfies never
  }
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}
