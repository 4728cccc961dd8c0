/** Server certificates: how they are found, named and shown. Their private keys are kept and never shown. */
import type { ContextValue } from '@iamd/policy'
import type { Fault, ServerCertificateMetadata } from '@iamd/wire'
import type { SecretPlace } from '../../vault/vault.ts'
import { type AccountReader, nameKey } from '../account-tables.ts'
import { serverCertificateArn } from '../arns.ts'
import type { ServerCertificateRecord } from '../records.ts'
import { resourceTagContext } from '../tags.ts'

/** The server certificate of that name, or the fault that AWS answers when there is none. */
export function getServerCertificate(
  account: AccountReader,
  name: string,
  error: (code: 'NoSuchEntity', message: string) => Fault,
): ServerCertificateRecord {
  const certificate = findServerCertificate(account, name)
  if (certificate !== undefined) return certificate
  throw error('NoSuchEntity', `The Server Certificate with name ${name} cannot be found.`)
}

/** Throws the fault that AWS answers when a certificate other than the one with the id `keepsId` has that name. */
export function assertServerCertificateNameFree(
  account: AccountReader,
  { name, keepsId }: { readonly name: string; readonly keepsId: string | undefined },
  error: (code: 'EntityAlreadyExists', message: string) => Fault,
): void {
  const holder = findServerCertificate(account, name)
  if (holder === undefined || holder.id === keepsId) return
  throw error('EntityAlreadyExists', `The Server Certificate with name ${name} already exists.`)
}

/** What to authorise on: the stored certificate's ARN and its tags as condition keys, or the ARN of the name as asked for in the root path. */
export function serverCertificateResource(
  { account, accountId }: { readonly account: AccountReader; readonly accountId: string },
  name: string,
): { readonly resource: string; readonly context: Readonly<Record<string, ContextValue>> } {
  const certificate = findServerCertificate(account, name)
  return {
    resource: serverCertificateArn(accountId, certificate?.path ?? '/', certificate?.name ?? name),
    context: resourceTagContext(certificate?.tags),
  }
}

/** The ARN that a certificate would have after a change: what is not changed is as it is stored, or as it was asked for. */
export function movedServerCertificateArn(
  { account, accountId }: { readonly account: AccountReader; readonly accountId: string },
  name: string,
  { newName, newPath }: { readonly newName: string | undefined; readonly newPath: string | undefined },
): string {
  const certificate = findServerCertificate(account, name)
  return serverCertificateArn(accountId, newPath ?? certificate?.path ?? '/', newName ?? certificate?.name ?? name)
}

/** What the sealed private key of a certificate is bound to: its id, because its name may change. */
export function privateKeyPlace(accountId: string, certificateId: string): SecretPlace {
  return { accountId, table: 'serverCertificates', key: certificateId, field: 'sealedPrivateKey' }
}

/** A server certificate as every operation shows it. */
export function serverCertificateMetadataView(
  { id, name, path, uploadedAt, expiresAt }: ServerCertificateRecord,
  accountId: string,
): ServerCertificateMetadata {
  return {
    Path: path,
    ServerCertificateName: name,
    ServerCertificateId: id,
    Arn: serverCertificateArn(accountId, path, name),
    UploadDate: new Date(uploadedAt),
    Expiration: new Date(expiresAt),
  }
}

function findServerCertificate(account: AccountReader, name: string): ServerCertificateRecord | undefined {
  return account.serverCertificates.find(nameKey(name))
}
