import { formatAmzDate } from './amz-date.ts'
import { scopeText } from './credential-scope.ts'
import type { HttpRequest } from './http-request.ts'
import { percentEncode } from './percent-encoding.ts'
import { signableHeaders } from './signable-headers.ts'
import type { Credentials, SigningOptions } from './sign.ts'
import { signatureOf } from './sign.ts'

const EXPIRES_SECONDS_DEFAULT = 900

/** As for signing, with the life of the presigned request. */
export interface PresigningOptions extends SigningOptions {
  /** 1 to 604800; 900 where absent. */
  readonly expiresSeconds?: number
}

/** The request with its authentication in the query of its target; whoever sends it must send the same headers and body. */
export function presign(request: HttpRequest, credentials: Credentials, options: PresigningOptions): HttpRequest {
  const amzDate = formatAmzDate(options.now)
  const scope = { date: amzDate.slice(0, 8), region: options.region, service: options.service.service }
  const signedHeaders = signableHeaders(request.rawHeaders)
  const parameters = [
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', `${credentials.accessKeyId}/${scopeText(scope)}`],
    ['X-Amz-Date', amzDate],
    ['X-Amz-Expires', String(options.expiresSeconds ?? EXPIRES_SECONDS_DEFAULT)],
    ...(credentials.sessionToken === undefined ? [] : [['X-Amz-Security-Token', credentials.sessionToken]]),
    ['X-Amz-SignedHeaders', signedHeaders.join(';')],
  ]
  const added = parameters.map(([name = '', value = '']) => `${name}=${percentEncode(value)}`).join('&')
  const target = `${request.target}${request.target.includes('?') ? '&' : '?'}${added}`
  const unsigned = { ...request, target }
  const signature = signatureOf(unsigned, { credentials, options, amzDate, scope, signedHeaders })
  return { ...unsigned, target: `${target}&X-Amz-Signature=${signature}` }
}
