/** X.509 signing certificates of users and of the root user: how they are found and shown. */
import type { Fault, SigningCertificate } from '@iamd/wire'
import type { KeyOwner } from '../access-key.ts'
import { type AccountReader, pairPrefix } from '../account-tables.ts'
import type { SigningCertificateRecord } from '../records.ts'

/** Where a certificate stands among its owner's: by age, then by id. */
export function signingCertificatePosition({ uploadedAt, id }: SigningCertificateRecord): string {
  return `${uploadedAt}/${id}`
}

/** The certificates of an owner, oldest first; after the one at that position, when given. */
export function signingCertificatesOf(
  account: AccountReader,
  ownerId: string,
  after?: string,
): IteratorObject<SigningCertificateRecord> {
  const prefix = pairPrefix(ownerId)
  return account.signingCertificates.scanBy('owner', { prefix, after: after && prefix + after })
}

/** The certificate of that id if it is the owner's; one of somebody else is as unknown as one that is not there. */
export function getSigningCertificate(
  account: AccountReader,
  { ownerId, id }: { readonly ownerId: string; readonly id: string },
  error: (code: 'NoSuchEntity', message: string) => Fault,
): SigningCertificateRecord {
  const certificate = account.signingCertificates.find(id)
  if (certificate?.ownerId === ownerId) return certificate
  throw error('NoSuchEntity', `The Certificate with id ${id} cannot be found.`)
}

/** A certificate as every operation shows it; those of the root user have no user name. */
export function signingCertificateView(
  { id, body, status, uploadedAt }: SigningCertificateRecord,
  { name }: KeyOwner,
): SigningCertificate {
  return {
    UserName: name,
    CertificateId: id,
    CertificateBody: body,
    Status: status,
    UploadDate: new Date(uploadedAt),
  }
}
