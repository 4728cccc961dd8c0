import type { Fault } from '@iamd/wire'
import { getKeyOwner } from '../../../account/access-key.ts'
import { signingCertificatesOf, signingCertificateView } from '../../../account/credential/signing-certificate.ts'
import { newSigningCertificateId } from '../../../account/ids.ts'
import { quota } from '../../../account/quotas.ts'
import type { SigningCertificateRecord } from '../../../account/records.ts'
import { userOrCallerResource } from '../../../account/user-or-caller.ts'
import { checkSigningCertificate } from '../../../certificates/signing-certificate.ts'
import { writeOperation } from '../../operation.ts'

/** Keeps an X.509 signing certificate of a user, or of the caller. */
export const UploadSigningCertificate = writeOperation('UploadSigningCertificate', {
  authorize: ({ UserName }, view) => userOrCallerResource(view, UserName),
  handle({ input }, scene) {
    const { account, now, randomBytes, error } = scene
    const owner = getKeyOwner(scene, input.UserName)
    const digest = readDigest(input.CertificateBody, now, error)
    // Whoever in the account has it (IAM API Reference, UploadSigningCertificate).
    if (account.signingCertificates.findBy('digest', digest) !== undefined) {
      throw error('DuplicateCertificate', 'The same certificate is associated with an IAM user in the account.')
    }
    const certificatesMax = quota(account, 'SigningCertificatesPerUserQuota')
    if (signingCertificatesOf(account, owner.id).take(certificatesMax).toArray().length >= certificatesMax) {
      throw error('LimitExceeded', `Cannot exceed quota for CertificatesPerUser: ${certificatesMax}`)
    }
    const certificate: SigningCertificateRecord = {
      id: newSigningCertificateId(randomBytes),
      ownerId: owner.id,
      status: 'Active',
      uploadedAt: now.toISOString(),
      body: input.CertificateBody,
      digest,
    }
    account.signingCertificates.put(certificate)
    return { Certificate: signingCertificateView(certificate, owner) }
  },
})

/** The first sentence is AWS's (observed); what else can be wrong has AWS's codes and sentences of ours. */
function readDigest(
  body: string,
  now: Date,
  error: (code: 'MalformedCertificate' | 'InvalidCertificate', message: string) => Fault,
): string {
  const found = checkSigningCertificate(body, now)
  switch (found.kind) {
    case 'sound':
      return found.digest
    case 'malformed':
      throw error('MalformedCertificate', `Certificate ${body} is malformed.`)
    case 'expired':
      throw error('MalformedCertificate', 'The certificate has expired.')
    case 'not yet valid':
      throw error('InvalidCertificate', 'The certificate is not yet valid.')
    case 'unusable key':
      throw error('InvalidCertificate', 'The public key of the certificate is not supported.')
  }
}
