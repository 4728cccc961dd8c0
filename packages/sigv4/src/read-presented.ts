// What a request presents as its authentication: grammar only. Whatever passes here is still a claim, which `verify` proves.
import { amzDateOfDateHeader, parseAmzDate } from './amz-date.ts'
import { parseAuthorization } from './authorization-header.ts'
import { parseCredential } from './credential-scope.ts'
import type { HttpRequest } from './http-request.ts'
import { splitTarget } from './http-request.ts'
import type { Presented, PresentedSignature } from './presented.ts'
import { findAuthenticationParameter, parsePresigned } from './presigned-query.ts'
import type { QueryParameter } from './query.ts'
import { parseQuery } from './query.ts'
import { invalidClientToken, mismatch, SignatureFault } from './signature-fault.ts'

const SIGNATURE = /^[0-9a-f]{64}$/
// Tokens (RFC 9110, section 5.6.2) without upper-case letters.
const HEADER_NAMES = /^[!#$%&'*+\-.^_`|~0-9a-z]+(?:;[!#$%&'*+\-.^_`|~0-9a-z]+)*$/
// Each signed name is looked for among all headers; without a bound a caller without a key could make that expensive.
const SIGNED_HEADERS_MAX = 128
const SINGLE_HEADERS: readonly string[] = [
  'authorization',
  'content-length',
  'date',
  'host',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
]

type Claims = {
  readonly location: 'header' | 'query'
  readonly credential: string
  readonly signedHeaders: string
  readonly signature: string
  readonly amzDate: string
  readonly sessionToken: string | undefined
  readonly expiresSeconds: number | undefined
}

/**
 * Reads the one signature that a request presents, in its Authorization header or its query; throws SignatureFault where there are two, or
 * where one is malformed. An access key id that cannot be one is refused here, before anybody looks it up.
 */
export function readPresented(request: HttpRequest): Presented {
  const headers = singleHeaders(request.rawHeaders)
  const parameters = parseQuery(splitTarget(request.target).query)
  const inQuery = findAuthenticationParameter(parameters)
  const authorization = headers.get('authorization')
  if (authorization === undefined) {
    if (inQuery !== undefined) return examined(queryClaims(parameters, headers))
    assertNotVersion2(parameters)
    return { kind: 'unsigned' }
  }
  if (inQuery !== undefined) {
    throw new SignatureFault(
      'SignatureDoesNotMatch',
      `Found both '${inQuery}' as a query-string param and 'Authorization' as HTTP header.`,
    )
  }
  return examined(headerClaims(authorization, headers))
}

// Readers differ in whether the first or the last of two counts, so that neither may be there.
function singleHeaders(rawHeaders: readonly string[]): Map<string, string> {
  const values = new Map<string, string>()
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase()
    if (!SINGLE_HEADERS.includes(name)) continue
    if (values.has(name)) {
      throw new SignatureFault('IncompleteSignature', `The request must include the '${name}' header only once.`)
    }
    values.set(name, (rawHeaders[index + 1] ?? '').trim())
  }
  return values
}

function headerClaims(authorization: string, headers: ReadonlyMap<string, string>): Claims {
  // X-Amz-Date wins over Date (AWS: "Handling dates in Signature Version 4"); botocore sends an HTTP date in the latter.
  const date = headers.get('date')
  const amzDate = headers.get('x-amz-date') ?? (date === undefined ? undefined : amzDateOfDateHeader(date))
  return {
    ...parseAuthorization(authorization, amzDate !== undefined),
    location: 'header',
    amzDate: amzDate ?? '',
    sessionToken: headers.get('x-amz-security-token'),
    expiresSeconds: undefined,
  }
}

function queryClaims(parameters: readonly QueryParameter[], headers: ReadonlyMap<string, string>): Claims {
  const presigned = parsePresigned(parameters)
  if (headers.has('x-amz-security-token')) throw invalidClientToken()
  if (headers.has('x-amz-date')) {
    throw new SignatureFault(
      'IncompleteSignature',
      'The request contains a query parameter that duplicates a header value.',
    )
  }
  return { ...presigned, location: 'query' }
}

function examined(claims: Claims): PresentedSignature {
  const signedAt = parseAmzDate(claims.amzDate)
  if (signedAt === undefined) {
    throw new SignatureFault(
      'IncompleteSignature',
      `Date must be in ISO-8601 'basic format'. Got '${claims.amzDate}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    )
  }
  const signedHeaders = signedHeaderNames(claims.signedHeaders)
  const { accessKeyId, scope } = parseCredential(claims.credential, claims.amzDate)
  // A blank token is not the same as none: it must never fall through to a long-term key.
  if (claims.sessionToken?.trim() === '') throw invalidClientToken()
  if (!SIGNATURE.test(claims.signature)) throw mismatch()
  const { location, amzDate, signature, sessionToken, expiresSeconds } = claims
  return {
    kind: 'signed',
    location,
    accessKeyId,
    scope,
    signedAt,
    amzDate,
    signedHeaders,
    signature,
    sessionToken,
    expiresSeconds,
  }
}

// A client signs the same headers with every request.
const SIGNED_HEADERS_KNOWN_MAX = 100
const knownSignedHeaders = new Map<string, readonly string[]>()

function signedHeaderNames(text: string): readonly string[] {
  const known = knownSignedHeaders.get(text)
  if (known !== undefined) return known
  const names = parseSignedHeaders(text)
  if (knownSignedHeaders.size >= SIGNED_HEADERS_KNOWN_MAX) knownSignedHeaders.clear()
  knownSignedHeaders.set(text, names)
  return names
}

function parseSignedHeaders(text: string): readonly string[] {
  const names = text.split(';')
  if (!HEADER_NAMES.test(text) || !isStrictlyAscending(names) || names.length > SIGNED_HEADERS_MAX) {
    throw new SignatureFault(
      'IncompleteSignature',
      `SignedHeaders must be lower-case header names, sorted, each once, at most ${SIGNED_HEADERS_MAX}.`,
    )
  }
  return names
}

// Strictly: one that is repeated is refused with the unsorted.
function isStrictlyAscending(names: readonly string[]): boolean {
  for (let index = 1; index < names.length; index += 1) {
    if ((names[index - 1] ?? '') >= (names[index] ?? '')) return false
  }
  return true
}

// Signature Version 2 travels in the query under names of its own; as `unsigned` its caller would be told nothing useful.
function assertNotVersion2(parameters: readonly QueryParameter[]): void {
  if (parameters.some(({ name }) => name === 'AWSAccessKeyId')) {
    throw new SignatureFault('IncompleteSignature', 'AWS Signature Version 2 is not supported.')
  }
}
