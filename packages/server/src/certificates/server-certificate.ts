/**
 * What must be true of a server certificate before it is kept (IAM User Guide, "Manage server certificates in IAM"): it is one X.509
 * certificate that is valid now, its key is the certificate's own and not encrypted, and each certificate of the chain has signed the one before.
 */
import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto'
import { isSignedBy, parseCertificate, parseCertificates, publicKeyOf, validityAt } from './certificate.ts'

export interface ServerCertificateParts {
  /** PEM, each. */
  readonly body: string
  readonly privateKey: string
  readonly chain: string | undefined
}

export type ServerCertificateFinding =
  | { readonly kind: 'sound'; readonly expiresAt: Date }
  /** The body cannot be read or its validity does not include now; the key cannot be read; they do not belong together. */
  | { readonly kind: 'malformed body' | 'malformed key' | 'other key' }
  /** `index` is that of the certificate in the chain (from 0) which the next one has not signed; -1 where it is the body, or none is known. */
  | { readonly kind: 'broken chain'; readonly index: number }

/** More than any public authority needs; each costs a signature check, of up to 1.5 ms. */
const CHAIN_MAX = 8

/** The first thing that is wrong with a server certificate, or when it expires. Costs up to some milliseconds with a long chain. */
export function checkServerCertificate(parts: ServerCertificateParts, now: Date): ServerCertificateFinding {
  const certificate = parseCertificate(parts.body)
  if (certificate === undefined || publicKeyOf(certificate) === undefined || validityAt(certificate, now) !== 'valid') {
    return { kind: 'malformed body' }
  }
  const privateKey = parsePrivateKey(parts.privateKey)
  if (privateKey === undefined) return { kind: 'malformed key' }
  if (!certificate.checkPrivateKey(privateKey)) return { kind: 'other key' }
  const index = parts.chain === undefined ? undefined : brokenLink(certificate, parts.chain, now)
  return index === undefined ? { kind: 'sound', expiresAt: certificate.validToDate } : { kind: 'broken chain', index }
}

/** An unencrypted PEM key of any form that OpenSSL reads; text around it (`Bag Attributes`) does not matter. */
function parsePrivateKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey({ key: pem, format: 'pem' })
  } catch {
    return undefined
  }
}

/** Position in the chain of the certificate that the next one does not certify; -1 for the body, and for a chain that cannot be read. */
function brokenLink(body: X509Certificate, chain: string, now: Date): number | undefined {
  const issuers = parseCertificates(chain)
  if (issuers === undefined || issuers.length > CHAIN_MAX) return -1
  let signed = body
  for (const [position, issuer] of issuers.entries()) {
    if (!isSignedBy(signed, issuer)) return position - 1
    // The last one is where the path begins, and path validation takes it as it is (RFC 5280 section 6.1); those between must be authorities now.
    const isLast = position === issuers.length - 1
    if (!isLast && !(issuer.ca && validityAt(issuer, now) === 'valid')) return position
    signed = issuer
  }
  return undefined
}
