import assert from 'node:assert/strict'
import { describe, test } from 'node:test'

import { refusedReading } from '../test/refusals.ts'
import {
  AMZ_DATE,
  callerIdentity,
  check,
  CREDENTIALS,
  get,
  headerValue,
  NOW,
  REGION,
  STS,
  withHeader,
  withoutHeader,
} from '../test/world.ts'
import type { HttpRequest } from './http-request.ts'
import type { PresentedSignature } from './presented.ts'
import { presign } from './presign.ts'
import { readPresented } from './read-presented.ts'
import { SignatureFault } from './signature-fault.ts'
import { sign } from './sign.ts'

const OPTIONS = { service: STS, region: REGION, now: NOW }
const signed = sign(callerIdentity(), CREDENTIALS, OPTIONS)
const authorization = headerValue(signed, 'Authorization')
const presigned = presign(get('/?Action=GetCallerIdentity&Version=2011-06-15'), CREDENTIALS, OPTIONS)

describe('what a request presents', () => {
  test('a request without authentication is unsigned', () => {
    assert.deepEqual(readPresented(callerIdentity()), { kind: 'unsigned' })
    assert.deepEqual(readPresented(get('/?Action=AssumeRoleWithWebIdentity')), { kind: 'unsigned' })
  })

  test('a signed header is read into its parts', () => {
    assert.deepEqual(readPresented(signed), expectedClaims(signed, 'header'))
  })

  test('a presigned query is read into its parts', () => {
    assert.deepEqual(readPresented(presigned), {
      ...expectedClaims(presigned, 'query'),
      signedHeaders: ['host'],
      signature: presigned.target.slice(-64),
      expiresSeconds: 900,
    })
  })

  test('the parameters of the Authorization header may stand in any order, with or without spaces', () => {
    const [credential, signedHeaders, signature] = authorization.slice('AWS4-HMAC-SHA256 '.length).split(', ')
    for (const written of [
      `AWS4-HMAC-SHA256 ${signature},${credential},${signedHeaders}`,
      `AWS4-HMAC-SHA256   ${signedHeaders} ,  ${signature} ${credential}`,
    ]) {
      check(withHeader(signed, 'Authorization', () => written))
    }
  })

  test('nothing but the three known parameters may stand in the Authorization header', () => {
    refusedReading(withAuthorization(`${authorization}, Principal=root`), 'IncompleteSignature', /'Principal'/)
  })

  test('a Date header stands in for X-Amz-Date, in the basic form or as an HTTP date', () => {
    const undated = withoutHeader(signed, 'X-Amz-Date')
    for (const date of [AMZ_DATE, 'Sat, 14 Mar 2026 15:09:26 GMT', 'Sat, 14 Mar 2026 15:09:26 -0000']) {
      const presented = readPresented({ ...undated, rawHeaders: [...undated.rawHeaders, 'Date', date] })
      assert(presented.kind === 'signed')
      assert.equal(presented.amzDate, AMZ_DATE)
    }
  })
})

describe('A-03: signed headers are lower-case names, sorted, each once, none empty', () => {
  const lists = [
    'host;',
    ';host',
    'host;;x-amz-date',
    '',
    ';',
    'x-amz-date;host',
    'host;host',
    'Host',
    'ho st',
    'host,x',
  ]
  for (const list of [...lists, Array.from({ length: 129 }, (_, n) => `h${n + 1000}`).join(';')]) {
    test(`A-03: \`${list.slice(0, 20)}\` is refused in the header and in the query`, () => {
      refusedReading(
        withAuthorization(authorization.replace(/SignedHeaders=[^,]*/, `SignedHeaders=${list}`)),
        'IncompleteSignature',
      )
      const target = presigned.target.replace('SignedHeaders=host', `SignedHeaders=${encodeURIComponent(list)}`)
      refusedReading({ ...presigned, target }, 'IncompleteSignature')
    })
  }
})

describe('A-04: credentials stand in one place', () => {
  test('A-04: a header and a presigned query together are refused', () => {
    refusedReading(
      { ...presigned, rawHeaders: [...presigned.rawHeaders, 'Authorization', authorization, 'X-Amz-Date', AMZ_DATE] },
      'SignatureDoesNotMatch',
      /^Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header\.$/,
    )
  })

  for (const name of ['X-Amz-Credential', 'x-amz-credential', 'X-Amz-Security-Token', 'X%2DAmz-Signature']) {
    test(`A-04: \`${name}\` in the query beside an Authorization header is refused`, () => {
      refusedReading({ ...signed, target: `/?${name}=AKIAIOSFODNN7EXAMPLE` }, 'SignatureDoesNotMatch', /^Found both/)
    })
  }

  test('A-04: credentials in a query that names no algorithm are no authentication, and no anonymous call either', () => {
    const target = presigned.target.replace('X-Amz-Algorithm=AWS4-HMAC-SHA256&', '')
    refusedReading({ ...presigned, target }, 'MissingAuthenticationToken', /^Request is missing Authentication Token$/)
  })

  test('A-04: an empty Authorization header is not an anonymous call', () => {
    refusedReading(withAuthorization(''), 'IncompleteSignature')
  })
})

describe('incomplete authentication is answered with the sentences of AWS', () => {
  const hash = '[A-Za-z0-9+/]{43}='
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'a header without Credential',
      authorization.replace(/Credential=[^,]*, /, ''),
      "Authorization header requires 'Credential' parameter",
    ],
    [
      'a header without Signature',
      authorization.replace(/, Signature=.*/, ''),
      "Authorization header requires 'Signature' parameter",
    ],
    [
      'a header without SignedHeaders',
      authorization.replace(/SignedHeaders=[^,]*, /, ''),
      "Authorization header requires 'SignedHeaders' parameter",
    ],
  ]
  for (const [name, value, sentence] of cases) {
    test(`${name} is told so`, () => {
      const message = new RegExp(
        `^${sentence}\\. \\(Hashed with SHA-256 and encoded with Base64\\) Authorization=${hash}$`,
      )
      refusedReading(withAuthorization(value), 'IncompleteSignature', message)
    })
  }

  test('a header with nothing but the algorithm lists all that it lacks', () => {
    const bare = withoutHeader(withAuthorization('AWS4-HMAC-SHA256 '), 'X-Amz-Date')
    refusedReading(
      bare,
      'IncompleteSignature',
      /'Credential' parameter\. .*'Signature' parameter\. .*'SignedHeaders' parameter\. .*existence of either a 'X-Amz-Date' or a 'Date' header\. /,
    )
  })

  test('a secret that somebody sends as the whole header is not reflected', () => {
    for (const header of [
      'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY',
      'AWS4-HMAC-SHA256 wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY',
    ]) {
      const fault = refusedReading(
        withAuthorization(header),
        'IncompleteSignature',
        /^Invalid key=value pair \(missing equal-sign\)/,
      )
      assert.doesNotMatch(fault.message, /wJalrXUtn/)
    }
  })

  test('a presigned query lists all that it lacks', () => {
    refusedReading(
      get('/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date='),
      'IncompleteSignature',
      /^AWS query-string parameters must include 'X-Amz-Credential'\. AWS query-string parameters must include 'X-Amz-Signature'\. AWS query-string parameters must include 'X-Amz-SignedHeaders'\. AWS query-string parameters must include 'X-Amz-Date'\. Re-examine the query-string parameters\.$/,
    )
  })
})

describe('a signature that cannot be one does not match', () => {
  for (const signature of ['0', 'f'.repeat(63), 'f'.repeat(65), 'F'.repeat(64), 'g'.repeat(64)]) {
    test(`\`${signature.slice(0, 8)}\` of ${signature.length} characters`, () => {
      const fault = refusedReading(
        withAuthorization(authorization.slice(0, -64) + signature),
        'SignatureDoesNotMatch',
        /^The request signature we calculated does not match the signature you provided\. Check your AWS Secret Access Key and signing method\. Consult the service documentation for details\.$/,
      )
      assert.equal(fault.isMismatch, true)
    })
  }
})

test('every fault has the HTTP status that AWS gives its code', () => {
  const statuses = {
    AccessDenied: 403,
    IncompleteSignature: 400,
    InvalidClientTokenId: 403,
    MalformedQueryString: 404,
    MissingAuthenticationToken: 403,
    SignatureDoesNotMatch: 403,
  } as const
  for (const code of [
    'AccessDenied',
    'IncompleteSignature',
    'InvalidClientTokenId',
    'MalformedQueryString',
    'MissingAuthenticationToken',
    'SignatureDoesNotMatch',
  ] as const) {
    assert.equal(new SignatureFault(code, '').status, statuses[code])
  }
})

function withAuthorization(value: string): HttpRequest {
  return withHeader(signed, 'Authorization', () => value)
}

function expectedClaims(request: HttpRequest, location: 'header' | 'query'): PresentedSignature {
  return {
    kind: 'signed',
    location,
    accessKeyId: CREDENTIALS.accessKeyId,
    scope: { date: '20260314', region: REGION, service: 'sts' },
    signedAt: new Date('2026-03-14T15:09:26Z'),
    amzDate: AMZ_DATE,
    signedHeaders: ['accept-encoding', 'content-length', 'content-type', 'host', 'x-amz-date'],
    signature: request.rawHeaders.at(-1)?.slice(-64) ?? '',
    sessionToken: undefined,
    expiresSeconds: undefined,
  }
}
