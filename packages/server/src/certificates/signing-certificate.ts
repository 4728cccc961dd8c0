/** X.509 signing certificates: what is read of one when it is uploaded. */
import { parseCertificate, publicKeyOf, validityAt } from './certificate.ts'

export type SigningCertificateFinding =
  /** `digest` is SHA-256 of the certificate in hexadecimal digits: the same for the same certificate, however its text is broken into lines. */
  | { readonly kind: 'sound'; readonly digest: string }
  | { readonly kind: 'malformed' | 'expired' | 'not yet valid' | 'unusable key' }

/** The first thing that is wrong with a signing certificate (PEM), or what tells it from others. */
export function checkSigningCertificate(body: string, now: Date): SigningCertificateFinding {
  const certificate = parseCertificate(body)
  if (certificate === undefined) return { kind: 'malformed' }
  const validity = validityAt(certificate, now)
  if (validity !== 'valid') return { kind: validity === 'expired' ? 'expired' : 'not yet valid' }
  if (publicKeyOf(certificate) === undefined) return { kind: 'unusable key' }
  return { kind: 'sound', digest: certificate.fingerprint256.replaceAll(':', '').toLowerCase() }
}
