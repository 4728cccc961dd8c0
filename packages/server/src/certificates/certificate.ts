/** X.509 certificates as they are uploaded: PEM, one or several. Whatever cannot be read is undefined and never throws. */
import { type KeyObject, X509Certificate } from 'node:crypto'
import { parsePemBlocks } from './pem.ts'

/** No public authority has more. Each doubling makes a signature four times as slow to check: a caller could hold the server up. */
const MODULUS_BITS_MAX = 4096
/** Every exponent in use fits into 32 bits; with a long one a check costs as much as a signature. */
const EXPONENT_MAX = 2n ** 32n

/** The certificates of a text that has nothing else, in their order; undefined when one cannot be read. */
export function parseCertificates(text: string): readonly X509Certificate[] | undefined {
  const blocks = parsePemBlocks(text)
  if (blocks === undefined || blocks.some(({ label }) => label !== 'CERTIFICATE')) return undefined
  try {
    return blocks.map((block) => new X509Certificate(block.text))
  } catch {
    return undefined
  }
}

/** The certificate of a text that has exactly one. */
export function parseCertificate(text: string): X509Certificate | undefined {
  const certificates = parseCertificates(text)
  return certificates?.length === 1 ? certificates[0] : undefined
}

/** The public key of a certificate if it is of a kind that servers use, RSA or elliptic curves, and quick to compute with. */
export function publicKeyOf(certificate: X509Certificate): KeyObject | undefined {
  try {
    const key = certificate.publicKey
    return isQuickRsa(key) || key.asymmetricKeyType === 'ec' ? key : undefined
  } catch {
    return undefined
  }
}

/** Where the time lies: before the certificate is valid, after it, or within (both ends included: RFC 5280 section 4.1.2.5). */
export function validityAt(certificate: X509Certificate, now: Date): 'not yet' | 'valid' | 'expired' {
  if (now < certificate.validFromDate) return 'not yet'
  return now > certificate.validToDate ? 'expired' : 'valid'
}

/** Whether `issuer` is named by the certificate as its issuer, may sign certificates, and has signed it. */
export function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  const key = publicKeyOf(issuer)
  return key !== undefined && certificate.checkIssued(issuer) && verifies(certificate, key)
}

function isQuickRsa({ asymmetricKeyType, asymmetricKeyDetails: details }: KeyObject): boolean {
  if (asymmetricKeyType !== 'rsa' || details === undefined) return false
  const { modulusLength = Infinity, publicExponent = EXPONENT_MAX } = details
  return modulusLength <= MODULUS_BITS_MAX && publicExponent < EXPONENT_MAX
}

/** An algorithm that this server does not know throws; the certificate is then as unproved as with a wrong signature. */
function verifies(certificate: X509Certificate, key: KeyObject): boolean {
  try {
    return certificate.verify(key)
  } catch {
    return false
  }
}
