/**
 * Service-specific credentials: what a user proves itself with to one service that does not take signatures. Which services there
 * are, what their credentials are called, how they are found and shown.
 */
import type { ContextValue } from '@iamd/policy'
import type { Fault, ServiceSpecificCredentialMetadata } from '@iamd/wire'
import { type AccountReader, nameKey, pairKey, pairPrefix } from '../account-tables.ts'
import type { RandomBytes } from '../ids.ts'
import type { UserRecord } from '../records.ts'
import type { ServiceCredentialRecord } from './credential-records.ts'

/** Codes and Git take a user name and a password, the others one text: an API key that begins with letters of its own. */
interface CredentialService {
  readonly apiKeyPrefix: string | undefined
}

/** IAM API Reference, CreateServiceSpecificCredential, names the services; the prefixes are those of keys that AWS made (observed). */
const SERVICES: ReadonlyMap<string, CredentialService> = new Map([
  ['bedrock.amazonaws.com', { apiKeyPrefix: 'ABSK' }],
  ['cassandra.amazonaws.com', { apiKeyPrefix: undefined }],
  ['codecommit.amazonaws.com', { apiKeyPrefix: undefined }],
  ['logs.amazonaws.com', { apiKeyPrefix: 'ACWL' }],
])

const SECRET_BYTES = 44

type ServiceError = (code: 'NoSuchEntity', message: string) => Fault

/** Throws for a service that has no such credentials: NoSuchEntity, though the model has NotSupportedService too (observed). */
export function assertService(service: string, error: ServiceError): void {
  if (!SERVICES.has(service)) {
    throw error('NoSuchEntity', `No such service ${service} is supported for Service Specific Credentials`)
  }
}

/** Whether a service's credential is an API key, which may expire; otherwise it is a user name and a password. */
export function hasApiKeys(service: string): boolean {
  return SERVICES.get(service)?.apiKeyPrefix !== undefined
}

/**
 * What the service is to know the user by: `Bob-at-123456789012`, then `Bob+1-at-123456789012`. A name may hold a plus sign, and
 * users are renamed, so what somebody else has is passed over.
 */
export function freeAlias(
  { account, accountId }: { readonly account: AccountReader; readonly accountId: string },
  { service, userName }: { readonly service: string; readonly userName: string },
): string {
  for (let number = 0; ; number += 1) {
    const alias = `${userName}${number === 0 ? '' : `+${number}`}-at-${accountId}`
    if (account.serviceCredentials.findBy('alias', pairKey(service, nameKey(alias))) === undefined) return alias
  }
}

/** 60 characters as AWS's passwords have (observed: the last is `=`); an API key holds its alias as well. */
export function newServiceSecret(
  { service, alias }: Pick<ServiceCredentialRecord, 'service' | 'alias'>,
  randomBytes: RandomBytes,
): string {
  const secret = Buffer.from(randomBytes(SECRET_BYTES)).toString('base64')
  const prefix = SERVICES.get(service)?.apiKeyPrefix
  return prefix === undefined ? secret : prefix + Buffer.from(`${alias}:${secret}`).toString('base64')
}

/** Where a credential stands: by owner, then by age, then by id. */
export function serviceCredentialPosition({ ownerId, createdAt, id }: ServiceCredentialRecord): string {
  return pairKey(ownerId, `${createdAt}/${id}`)
}

/** The credentials of an owner, or of everybody, in order of `serviceCredentialPosition`; after that position, when given. */
export function serviceCredentialsOf(
  account: AccountReader,
  ownerId: string | undefined,
  after?: string,
): IteratorObject<ServiceCredentialRecord> {
  return account.serviceCredentials.scanBy('owner', { prefix: ownerId === undefined ? '' : pairPrefix(ownerId), after })
}

/** The credential of that id if it is the user's. */
export function getServiceCredential(
  account: AccountReader,
  { user, id }: { readonly user: UserRecord; readonly id: string },
  error: ServiceError,
): ServiceCredentialRecord {
  const credential = account.serviceCredentials.find(id)
  if (credential === undefined || credential.ownerId !== user.id) {
    throw error('NoSuchEntity', `No such credential ${id} exists`)
  }
  return credential
}

/** The service as a condition key; operations on a credential have it as well as the one that makes it. */
export function serviceContext(service: string | undefined): Readonly<Record<string, ContextValue | undefined>> {
  return { 'iam:ServiceSpecificCredentialServiceName': service }
}

export function isExpired({ expiresAt }: ServiceCredentialRecord, now: Date): boolean {
  return expiresAt !== undefined && new Date(expiresAt) <= now
}

/** A credential as List shows it: never with its secret. */
export function serviceCredentialView(
  credential: ServiceCredentialRecord,
  { userName, now }: { readonly userName: string; readonly now: Date },
): ServiceSpecificCredentialMetadata {
  const { id, service, alias, status, createdAt, expiresAt } = credential
  return {
    UserName: userName,
    Status: isExpired(credential, now) ? 'Expired' : status,
    ...(hasApiKeys(service) ? { ServiceCredentialAlias: alias } : { ServiceUserName: alias }),
    CreateDate: new Date(createdAt),
    ExpirationDate: expiresAt === undefined ? undefined : new Date(expiresAt),
    ServiceSpecificCredentialId: id,
    ServiceName: service,
  }
}
