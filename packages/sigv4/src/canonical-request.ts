// The canonical request and the string to sign, both from the bytes as received. Nothing here parses a URL: `new URL()` resolves
// `%2e%2e`, drops fragments and repairs escapes, and would verify a request other than the one that is then served.
import { hash } from 'node:crypto'

import type { CredentialScope } from './credential-scope.ts'
import { scopeText } from './credential-scope.ts'
import type { HttpRequest } from './http-request.ts'
import { percentEncode } from './percent-encoding.ts'
import type { ServiceRule } from './service-rule.ts'
import { mismatch } from './signature-fault.ts'

const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
// Whitespace of HTTP, not of Unicode: U+00A0 is half of a character here, because a string holds bytes.
const NEEDS_TRIMMING = /^[ \t\r\n\f\v]|[ \t\r\n\f\v]$|[\t\r\n\f\v]| {2}/
const WHITESPACE_RUN = /[ \t\r\n\f\v]+/g
const VISIBLE_ASCII = /^[!-~]+$/
const NOT_A_BYTE = /[^\0-\xff]/

/** The parts of a canonical request that are not simply the request's own. */
export interface CanonicalParts {
  /** From `headerNames`, of the same request. */
  readonly headerNames: readonly string[]
  readonly path: string
  readonly query: string
  readonly signedHeaders: readonly string[]
  readonly payloadHash: string
}

/** SHA-256 of a body as 64 lower-case hexadecimal digits. */
export function payloadHash(body: Uint8Array): string {
  return body.length === 0 ? EMPTY_SHA256 : hash('sha256', body, 'hex')
}

/** The path of a request target in canonical form; throws a mismatch for one that does not start with a slash. */
export function canonicalPath(path: string, form: ServiceRule['path']): string {
  if (path === '/') return path
  if (!path.startsWith('/')) throw mismatch()
  if (form !== 'verbatim') return normalizedPath(path)
  if (!VISIBLE_ASCII.test(path)) throw mismatch()
  return path
}

/** The canonical request (AWS: "Create a canonical request"); throws a mismatch where a signed header is missing. */
export function canonicalRequest(request: HttpRequest, parts: CanonicalParts): string {
  if (!VISIBLE_ASCII.test(request.method)) throw mismatch()
  const headers = canonicalHeaders(request.rawHeaders, parts)
  return `${request.method}\n${parts.path}\n${parts.query}\n${headers}\n${parts.signedHeaders.join(';')}\n${parts.payloadHash}`
}

/** The string that is signed (AWS: "Create a string to sign"). */
export function stringToSign(
  canonical: string,
  signing: { readonly amzDate: string; readonly scope: CredentialScope },
): string {
  return `AWS4-HMAC-SHA256\n${signing.amzDate}\n${scopeText(signing.scope)}\n${sha256OfBytes(canonical)}`
}

function canonicalHeaders(
  rawHeaders: readonly string[],
  { headerNames: names, signedHeaders }: CanonicalParts,
): string {
  let lines = ''
  for (const signed of signedHeaders) {
    let joined: string | undefined
    for (let index = 0; index < names.length; index += 1) {
      if (names[index] !== signed) continue
      const value = trimmed(rawHeaders[2 * index + 1] ?? '')
      joined = joined === undefined ? value : `${joined},${value}`
    }
    // A header that was signed and then taken away must not read as one that was empty.
    if (joined === undefined) throw mismatch()
    lines += `${signed}:${joined}\n`
  }
  return lines
}

function trimmed(value: string): string {
  if (!NEEDS_TRIMMING.test(value)) return value
  const collapsed = value.replace(WHITESPACE_RUN, ' ')
  return collapsed.slice(collapsed.startsWith(' ') ? 1 : 0, collapsed.endsWith(' ') ? -1 : undefined)
}

function normalizedPath(path: string): string {
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(percentEncode(segment))
  }
  return `/${segments.join('/')}${segments.length > 0 && path.endsWith('/') ? '/' : ''}`
}

// node's hash reads a string as UTF-8, which for ASCII is the bytes themselves.
function sha256OfBytes(text: string): string {
  if (Buffer.byteLength(text) === text.length) return hash('sha256', text, 'hex')
  // Writing U+0141 as one byte would make it an A: what is not a byte was not received from a wire.
  if (NOT_A_BYTE.test(text)) throw mismatch()
  return hash('sha256', Buffer.from(text, 'latin1'), 'hex')
}
