import { formatAmzDate } from './amz-date.ts'
import { canonicalPath, canonicalRequest, payloadHash, stringToSign } from './canonical-request.ts'
import type { CredentialScope } from './credential-scope.ts'
import { scopeText } from './credential-scope.ts'
import { hmacSha256Hex } from './hmac-sha256.ts'
import type { HttpRequest } from './http-request.ts'
import { headerNames, splitTarget } from './http-request.ts'
import { canonicalQuery, parseQuery } from './query.ts'
import type { ServiceRule } from './service-rule.ts'
import { signableHeaders } from './signable-headers.ts'
import { deriveSigningKey } from './signing-key.ts'

/** What a caller signs with. */
export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** For which service, where and when a signature is made. */
export interface SigningOptions {
  readonly service: ServiceRule
  readonly region: string
  readonly now: Date
}

/**
 * The request with X-Amz-Date, X-Amz-Security-Token where the credentials have one, and Authorization appended to its headers. It must
 * have a Host header and none of those three.
 */
export function sign(request: HttpRequest, credentials: Credentials, options: SigningOptions): HttpRequest {
  const amzDate = formatAmzDate(options.now)
  const scope = { date: amzDate.slice(0, 8), region: options.region, service: options.service.service }
  const token = credentials.sessionToken === undefined ? [] : ['X-Amz-Security-Token', credentials.sessionToken]
  const rawHeaders = [...request.rawHeaders, 'X-Amz-Date', amzDate, ...token]
  const dated = { ...request, rawHeaders }
  const signedHeaders = signableHeaders(rawHeaders)
  const signature = signatureOf(dated, { credentials, options, amzDate, scope, signedHeaders })
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scopeText(scope)}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`
  return { ...dated, rawHeaders: [...rawHeaders, 'Authorization', authorization] }
}

/** The signature of a request that has all its headers and query parameters but those that hold the signature. */
export function signatureOf(
  request: HttpRequest,
  signing: {
    readonly credentials: Credentials
    readonly options: SigningOptions
    readonly amzDate: string
    readonly scope: CredentialScope
    readonly signedHeaders: readonly string[]
  },
): string {
  const { path, query } = splitTarget(request.target)
  const canonical = canonicalRequest(request, {
    path: canonicalPath(path, signing.options.service.path),
    query: canonicalQuery(parseQuery(query)),
    headerNames: headerNames(request.rawHeaders),
    signedHeaders: signing.signedHeaders,
    payloadHash: payloadHash(request.body),
  })
  const signingKey = deriveSigningKey(signing.credentials.secretAccessKey, signing.scope)
  return hmacSha256Hex(signingKey, stringToSign(canonical, signing))
}
