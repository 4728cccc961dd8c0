// Random requests that are legal and unpleasant: dot segments, escapes of escapes, repeated names, controls and emoji in values.
import fc from 'fast-check'

import { SESSION_TOKEN, wire } from './world.ts'

/** A request as the user of a client states it: texts in Unicode, the query decoded. */
export interface HostileRequest {
  readonly method: string
  /** As it stands on the request line; nothing in it needs to be encoded. */
  readonly path: string
  readonly query: readonly (readonly [string, string])[]
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Buffer
  readonly sessionToken: string | undefined
}

const PATH_PIECES = "a Z 0 - _ ~ . .. ... %2F %2e %2E%2e %252e %00 %ff %E1%88%B4 %20 + ! $ & ' ( ) * , ; = : @".split(
  ' ',
)
const segment = fc.array(fc.constantFrom(...PATH_PIECES), { maxLength: 4 }).map((pieces) => pieces.join(''))
const path = fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join('/')}`)

// `binary` is every code point but surrogates, the control characters among them.
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '',
    ' ',
    '+',
    '%',
    '%2B',
    '%zz',
    '&',
    '=',
    '/',
    '~',
    '\0',
    '\n',
    'é',
    'ሴ',
    '😀',
    'constructor',
    'a b',
  ),
)
// Each client has its own idea of a name that is empty; Object.keys and `__proto__` do not get along in two of them.
const name = text.filter((candidate) => candidate !== '' && candidate !== '__proto__' && !/^x-amz-/i.test(candidate))

// What an HTTP header can carry, whitespace of HTTP only: clients collapse the Unicode kind, which is bytes to a server.
const headerUnit = fc.constantFrom(...'aZ09 \t  "\\,;:=/?&%+()<>[]{}|~!#$^*\'`@'.split(''), 'é', 'ሴ', '😀')
const headerValue = fc.string({ unit: headerUnit, maxLength: 24 })
const headerName = fc
  .string({ unit: fc.constantFrom(...'abcXYZ019-_.!#$%&*+^|~'.split('')), minLength: 1, maxLength: 8 })
  .map((tail) => `X-Test-${tail}`)
const headers = fc.uniqueArray(fc.tuple(headerName, headerValue), {
  maxLength: 4,
  selector: ([key]) => key.toLowerCase(),
})

/** Any of them; `repeatedNames` lets a query name occur more than once, which not every client can say. */
export function hostileRequest(options: { readonly repeatedNames: boolean }): fc.Arbitrary<HostileRequest> {
  const pair = fc.tuple(name, text)
  const query = options.repeatedNames
    ? fc.array(fc.oneof(pair, fc.tuple(fc.constantFrom('a', 'A', 'é'), text)), { maxLength: 5 })
    : fc.uniqueArray(pair, { maxLength: 5, selector: ([key]) => key })
  return fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
    path,
    query,
    headers,
    body: fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
    sessionToken: fc.constantFrom(undefined, SESSION_TOKEN, 'a', '+/=='),
  })
}

/** The query as clients put it on the request line. */
export function queryText(query: HostileRequest['query']): string {
  return query.map(([key, value]) => `${rfc3986(key)}=${rfc3986(value)}`).join('&')
}

/** Path and query as they stand on the request line, one byte per character. */
export function targetOf({ path: rawPath, query }: Pick<HostileRequest, 'path' | 'query'>): string {
  return wire(query.length === 0 ? rawPath : `${rawPath}?${queryText(query)}`)
}

function rfc3986(value: string): string {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
