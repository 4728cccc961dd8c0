import { headerNames } from './http-request.ts'

// Connection-bound headers (RFC 9110, section 7.6.1), and those that agents and proxies on the way add or change.
const UNSIGNABLE: ReadonlySet<string> = new Set([
  'authorization',
  'cache-control',
  'connection',
  'expect',
  'from',
  'keep-alive',
  'max-forwards',
  'pragma',
  'referer',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'x-amzn-trace-id',
])

/** The names of the headers that our signer signs, lower-case, sorted, each once; throws where there is no Host. */
export function signableHeaders(rawHeaders: readonly string[]): string[] {
  const names = headerNames(rawHeaders).filter(
    (name) => !UNSIGNABLE.has(name) && !name.startsWith('proxy-') && !name.startsWith('sec-'),
  )
  if (!names.includes('host')) throw new Error('a request without a `Host` header cannot be signed')
  return [...new Set(names)].sort()
}
