/** What an endpoint hands to the pipeline: one request, whole and within limits, and where it came from. */
import type { HttpRequest } from '@iamd/sigv4'

export interface Received extends HttpRequest {
  readonly body: Uint8Array
  readonly requestId: string
  /** Of the client; behind a trusted proxy, as the proxy says. */
  readonly sourceIp: string
  readonly isSecureTransport: boolean
}

/** The value of a header that the request has once; undefined when it is absent. Names are compared ignoring case. */
export function header(received: HttpRequest, name: string): string | undefined {
  const { rawHeaders } = received
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const found = rawHeaders[at]
    if (found !== undefined && found.length === name.length && found.toLowerCase() === name) return rawHeaders[at + 1]
  }
  return undefined
}
