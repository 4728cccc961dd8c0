// Proves a presented signature: times, what must be signed, the payload, and last the signature itself.
import { timingSafeEqual } from 'node:crypto'

import { formatAmzDate } from './amz-date.ts'
import { canonicalPath, canonicalRequest, payloadHash, stringToSign } from './canonical-request.ts'
import { hmacSha256Hex } from './hmac-sha256.ts'
import type { HttpRequest } from './http-request.ts'
import { headerNames, splitTarget } from './http-request.ts'
import type { PresentedSignature } from './presented.ts'
import { canonicalQuery, parseQuery } from './query.ts'
import type { ServiceRule } from './service-rule.ts'
import { mismatch, SignatureFault } from './signature-fault.ts'

const AGE_MINUTES_MAX = 15
const AHEAD_MINUTES_MAX = 5

/** What a signature is held against. */
export interface SignatureCheck {
  /** From `deriveSigningKey` for the presented scope, or any 32 secret bytes where the access key is unknown: the cost is the same. */
  readonly signingKey: Uint8Array
  readonly now: Date
  readonly service: ServiceRule
}

/**
 * Returns when the request is the very one that the holder of the key signed, in its time and for this service; throws SignatureFault otherwise.
 * `presented` must be what `readPresented` returned for this same request.
 */
export function verify(request: HttpRequest, presented: PresentedSignature, check: SignatureCheck): void {
  assertTime(presented, check)
  assertScope(presented, check.service)
  const hashOfBody = payloadHash(request.body)
  const names = headerNames(request.rawHeaders)
  assertHeaders(request.rawHeaders, names, { signedHeaders: presented.signedHeaders, hashOfBody })
  const { path, query } = splitTarget(request.target)
  const canonical = canonicalRequest(request, {
    path: canonicalPath(path, check.service.path),
    query: verifiedQuery(query, presented.location),
    headerNames: names,
    signedHeaders: presented.signedHeaders,
    payloadHash: hashOfBody,
  })
  const expected = hmacSha256Hex(check.signingKey, stringToSign(canonical, presented))
  if (!sameInConstantTime(expected, presented.signature)) throw mismatch()
}

function assertTime(presented: PresentedSignature, check: SignatureCheck): void {
  // AWS reckons in whole seconds, as its messages show.
  const now = Math.floor(check.now.getTime() / 1000) * 1000
  const signedAt = presented.signedAt.getTime()
  if (presented.location === 'query' && check.service.presignedLifetime === 'expires') {
    assertUnexpired(presented, now)
  } else if (signedAt < now - AGE_MINUTES_MAX * 60_000) {
    throw new SignatureFault(
      'SignatureDoesNotMatch',
      `Signature expired: ${presented.amzDate} is now earlier than ${minutesFrom(now, -AGE_MINUTES_MAX)} (${minutesFrom(now, 0)} - ${AGE_MINUTES_MAX} min.)`,
    )
  }
  if (signedAt > now + AHEAD_MINUTES_MAX * 60_000) {
    throw new SignatureFault(
      'SignatureDoesNotMatch',
      `Signature not yet current: ${presented.amzDate} is still later than ${minutesFrom(now, AHEAD_MINUTES_MAX)} (${minutesFrom(now, 0)} + ${AHEAD_MINUTES_MAX} min.)`,
    )
  }
}

function assertUnexpired(presented: PresentedSignature, now: number): void {
  if (presented.expiresSeconds === undefined) {
    throw new SignatureFault(
      'IncompleteSignature',
      "AWS query-string parameters must include 'X-Amz-Expires'. Re-examine the query-string parameters.",
    )
  }
  if (now > presented.signedAt.getTime() + presented.expiresSeconds * 1000) {
    throw new SignatureFault('AccessDenied', 'Request has expired')
  }
}

function minutesFrom(now: number, minutes: number): string {
  return formatAmzDate(new Date(now + minutes * 60_000))
}

function assertScope({ scope }: PresentedSignature, rule: ServiceRule): void {
  const wrong: string[] = []
  if (rule.regions !== undefined && !rule.regions.includes(scope.region)) {
    wrong.push(`Credential should be scoped to a valid region, not '${scope.region}'.`)
  }
  if (scope.service !== rule.service) {
    wrong.push(`Credential should be scoped to correct service: '${rule.service}'.`)
  }
  if (wrong.length > 0) throw new SignatureFault('SignatureDoesNotMatch', wrong.join(' '))
}

function assertHeaders(
  rawHeaders: readonly string[],
  names: readonly string[],
  { signedHeaders, hashOfBody }: { readonly signedHeaders: readonly string[]; readonly hashOfBody: string },
): void {
  if (!signedHeaders.includes('host')) {
    throw new SignatureFault(
      'SignatureDoesNotMatch',
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    )
  }
  for (const [index, name] of names.entries()) {
    if (!name.startsWith('x-amz-')) continue
    if (name === 'x-amz-content-sha256') {
      // Signed or not, it may only repeat what the canonical request holds already: no UNSIGNED-PAYLOAD, no STREAMING-*.
      if (rawHeaders[2 * index + 1] !== hashOfBody) throw mismatch()
    } else if (!signedHeaders.includes(name)) {
      throw new SignatureFault('AccessDenied', 'There were headers present in the request which were not signed')
    }
  }
}

function verifiedQuery(query: string, location: PresentedSignature['location']): string {
  if (query === '') return ''
  const parameters = parseQuery(query)
  return canonicalQuery(location === 'query' ? parameters.filter(({ name }) => name !== 'X-Amz-Signature') : parameters)
}

const HEX_LENGTH = 64
// Two buffers for good: making them anew took longer than comparing them.
const expectedBytes = Buffer.alloc(HEX_LENGTH)
const presentedBytes = Buffer.alloc(HEX_LENGTH)

function sameInConstantTime(expected: string, presented: string): boolean {
  // Both are of this length by construction. What is longer would be cut off where it is written.
  if (expected.length !== HEX_LENGTH || presented.length !== HEX_LENGTH) return false
  expectedBytes.write(expected, 'latin1')
  presentedBytes.write(presented, 'latin1')
  return timingSafeEqual(expectedBytes, presentedBytes)
}
