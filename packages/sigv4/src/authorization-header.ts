/** Takes an Authorization header apart, to the letter that AWS accepts; what is wrong with it is said in AWS's words. */
import { hash } from 'node:crypto'

import { SignatureFault } from './signature-fault.ts'

const ALGORITHM = 'AWS4-HMAC-SHA256'
const PARAMETER_NAMES: readonly string[] = ['Credential', 'SignedHeaders', 'Signature']

/** The three parameters of an Authorization header, not yet examined. */
export interface AuthorizationParameters {
  readonly credential: string
  readonly signedHeaders: string
  readonly signature: string
}

/**
 * The parameters of `AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=...`; throws IncompleteSignature with AWS's sentences,
 * which since 2023 carry a hash in place of the header, so that somebody's bearer token is not reflected.
 */
export function parseAuthorization(header: string, hasDate: boolean): AuthorizationParameters {
  const space = header.indexOf(' ')
  const algorithm = space === -1 ? header : header.slice(0, space)
  if (algorithm !== ALGORITHM) throw space === -1 ? invalidPair(header) : unsupportedAlgorithm(algorithm)
  const parameters = parsePairs(header, algorithm.length)
  const credential = parameters.get('Credential') ?? ''
  const signedHeaders = parameters.get('SignedHeaders') ?? ''
  const signature = parameters.get('Signature') ?? ''
  if (credential === '' || signature === '' || signedHeaders === '' || !hasDate) {
    throw incomplete(header, { credential, signature, signedHeaders, hasDate })
  }
  return { credential, signedHeaders, signature }
}

/** The fault of any algorithm but AWS4-HMAC-SHA256: SigV2, SigV4A, bearer tokens. */
export function unsupportedAlgorithm(algorithm: string): SignatureFault {
  return new SignatureFault('IncompleteSignature', `Unsupported AWS 'algorithm': '${algorithm}'.`)
}

// AWS separates at commas and at spaces alike.
function parsePairs(header: string, start: number): Map<string, string> {
  const parameters = new Map<string, string>()
  let at = start
  while (at < header.length) {
    const end = Math.min(indexOrEnd(header, ' ', at), indexOrEnd(header, ',', at))
    if (end > at) addPair(parameters, header, header.slice(at, end))
    at = end + 1
  }
  return parameters
}

function indexOrEnd(header: string, separator: ' ' | ',', start: number): number {
  const found = header.indexOf(separator, start)
  return found === -1 ? header.length : found
}

function addPair(parameters: Map<string, string>, header: string, pair: string): void {
  const equals = pair.indexOf('=')
  if (equals === -1) throw invalidPair(header)
  const name = pair.slice(0, equals)
  if (parameters.has(name) || !PARAMETER_NAMES.includes(name)) {
    throw new SignatureFault('IncompleteSignature', `Authorization header has a '${name}' parameter too many.`)
  }
  parameters.set(name, pair.slice(equals + 1))
}

function invalidPair(header: string): SignatureFault {
  return new SignatureFault(
    'IncompleteSignature',
    `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${hash('sha256', header, 'base64')}'.`,
  )
}

function incomplete(header: string, found: AuthorizationParameters & { readonly hasDate: boolean }): SignatureFault {
  const sentences: string[] = []
  if (found.credential === '') sentences.push("Authorization header requires 'Credential' parameter.")
  if (found.signature === '') sentences.push("Authorization header requires 'Signature' parameter.")
  if (found.signedHeaders === '') sentences.push("Authorization header requires 'SignedHeaders' parameter.")
  if (!found.hasDate) {
    sentences.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
  }
  sentences.push(`(Hashed with SHA-256 and encoded with Base64) Authorization=${hash('sha256', header, 'base64')}`)
  return new SignatureFault('IncompleteSignature', sentences.join(' '))
}
