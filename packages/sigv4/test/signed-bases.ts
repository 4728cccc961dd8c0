// The requests that mutations start from: between them every part of a request that a signature can cover. No two have the same target
// and body, so that the headers of one on the other are a forgery and not simply the other.
import { presign } from '../src/presign.ts'
import { sign } from '../src/sign.ts'
import type { HttpRequest } from '../src/http-request.ts'
import { callerIdentity, CREDENTIALS, get, NOW, REGION, SESSION_TOKEN, STS, withHeader } from './world.ts'

const OPTIONS = { service: STS, region: REGION, now: NOW }
const SESSION = { ...CREDENTIALS, sessionToken: SESSION_TOKEN }

/** A request that is accepted, and what is particular about it. */
export interface SignedBase {
  readonly name: string
  readonly request: HttpRequest
}

const post = (userName: string, headers: readonly string[]): HttpRequest => {
  const body = Buffer.from(`Action=CreateUser&UserName=${userName}&Version=2010-05-08`)
  return { ...withHeader(callerIdentity(headers), 'Content-Length', () => String(body.length)), body }
}
const hostileQuery = '/?Action=GetUser&UserName=a%2Fb%20c&Path=%2F&Empty=&UserName=%C3%A9&a-=1&a=2&Version=2010-05-08'

export const SIGNED_BASES: readonly SignedBase[] = [
  { name: 'form in the body', request: sign(callerIdentity(), CREDENTIALS, OPTIONS) },
  { name: 'session token', request: sign(post('token', ['X-Test', 'a  "b,  c"\td']), SESSION, OPTIONS) },
  {
    name: 'repeated header',
    request: sign(post('repeated', ['X-Test', 'one', 'X-Test', 'two', 'X-Empty', '']), CREDENTIALS, OPTIONS),
  },
  { name: 'query', request: sign(get(hostileQuery), CREDENTIALS, OPTIONS) },
  { name: 'path', request: sign(get('/a/b%20c/-/é/d.e/'.replace('é', '\xc3\xa9')), CREDENTIALS, OPTIONS) },
  { name: 'presigned', request: presign(get('/?Action=GetCallerIdentity&Version=2011-06-15'), CREDENTIALS, OPTIONS) },
  { name: 'presigned with a token', request: presign(get(hostileQuery, ['X-Test', 'value']), SESSION, OPTIONS) },
  {
    name: 'presigned with a body',
    request: presign(callerIdentity(), CREDENTIALS, { ...OPTIONS, expiresSeconds: 60 }),
  },
]
