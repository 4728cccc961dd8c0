import assert from 'node:assert/strict'
import { describe, test } from 'node:test'

import { refusedReading } from './refusals.ts'
import {
  callerIdentity,
  check,
  CREDENTIALS,
  get,
  headerValue,
  NOW,
  REGION,
  SESSION_TOKEN,
  STS,
  withHeader,
  withoutHeader,
} from './world.ts'
import type { HttpRequest } from '../src/http-request.ts'
import { presign } from '../src/presign.ts'
import { sign } from '../src/sign.ts'

const OPTIONS = { service: STS, region: REGION, now: NOW }
const signed = sign(callerIdentity(), CREDENTIALS, OPTIONS)
const authorization = headerValue(signed, 'Authorization')
const presigned = presign(get('/?Action=GetCallerIdentity&Version=2011-06-15'), CREDENTIALS, OPTIONS)

describe('A-09: the date is exact, and X-Amz-Date comes first', () => {
  const malformed = [
    '2026-03-14T15:09:26Z',
    '20260314T150926',
    '20260314T150926.000Z',
    '20260314t150926z',
    '20261314T150926Z',
    '20260231T150926Z',
    '20260314T240000Z',
    '20260314T156026Z',
    '-0260314T150926Z',
    '00000000T000000Z',
    '1773500966',
    '',
    '２０260314T150926Z',
  ]
  for (const date of malformed) {
    test(`A-09: \`${date}\` is no date`, () => {
      refusedReading(
        withHeader(signed, 'X-Amz-Date', () => date),
        'IncompleteSignature',
        /^Date must be in ISO-8601 'basic format'\. Got '.*'\. See http:\/\/en\.wikipedia\.org\/wiki\/ISO_8601$/,
      )
    })
  }

  test('A-09: without any date the request is incomplete', () => {
    refusedReading(
      withoutHeader(signed, 'X-Amz-Date'),
      'IncompleteSignature',
      /existence of either a 'X-Amz-Date' or a 'Date' header/,
    )
  })

  test('A-09: a Date header that says otherwise changes nothing', () => {
    check({ ...signed, rawHeaders: [...signed.rawHeaders, 'Date', 'Mon, 01 Jan 2001 00:00:00 GMT'] })
  })

  test('A-09: a Date header with a day that does not exist is refused', () => {
    const undated = withoutHeader(signed, 'X-Amz-Date')
    for (const date of ['Sat, 31 Feb 2026 15:09:26 GMT', 'Sun, 14 Mar 2026 15:09:26 GMT', '14 Mar 2026', 'yesterday']) {
      refusedReading(
        { ...undated, rawHeaders: [...undated.rawHeaders, 'Date', date] },
        'IncompleteSignature',
        /^Date must be/,
      )
    }
  })

  test('A-09: the date of the scope is the date of the request', () => {
    refusedReading(
      withAuthorization(authorization.replace('/20260314/', '/20260315/')),
      'SignatureDoesNotMatch',
      /^Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260315' != '20260314', from '20260314T150926Z'\.$/,
    )
  })

  test('A-09: year 9999 is a date, and not yet current', () => {
    const future = { ...OPTIONS, now: new Date('9999-12-31T23:59:59Z') }
    assert.throws(
      () => check(sign(callerIdentity(), CREDENTIALS, future)),
      /^SignatureFault: Signature not yet current: 99991231T235959Z/,
    )
  })
})

describe('A-11: the life of a presigned request is 1 to 604800 whole seconds', () => {
  for (const expires of ['0', '-1', '604801', '1.5', '1e3', '0x10', ' 60', '060', '', '9'.repeat(400), 'NaN', '６０']) {
    test(`A-11: \`${expires.slice(0, 12)}\` is refused`, () => {
      const target = presigned.target.replace('X-Amz-Expires=900', `X-Amz-Expires=${encodeURIComponent(expires)}`)
      refusedReading(
        { ...presigned, target },
        'IncompleteSignature',
        /'X-Amz-Expires'.* Re-examine the query-string parameters\.$/,
      )
    })
  }

  for (const expiresSeconds of [1, 60, 604_800]) {
    test(`A-11: ${expiresSeconds} is accepted`, () => {
      const presented = check(presign(get('/'), CREDENTIALS, { ...OPTIONS, expiresSeconds }))
      assert(presented.kind === 'signed')
      assert.equal(presented.expiresSeconds, expiresSeconds)
    })
  }
})

describe('A-12: authentication parameters stand once, spelled exactly', () => {
  for (const name of ['Algorithm', 'Credential', 'Date', 'Expires', 'SignedHeaders', 'Signature']) {
    test(`A-12: a second X-Amz-${name} is refused, in any case`, () => {
      const value = new URLSearchParams(presigned.target.slice(2)).get(`X-Amz-${name}`)
      for (const again of [`X-Amz-${name}`, `x-amz-${name.toLowerCase()}`, `X-AMZ-${name.toUpperCase()}`]) {
        for (const target of [
          `${presigned.target}&${again}=${value}`,
          presigned.target.replace('/?', `/?${again}=${value}&`),
        ]) {
          refusedReading({ ...presigned, target }, 'IncompleteSignature', /Re-examine the query-string parameters\.$/)
        }
      }
    })
  }
})

describe('A-13: a session token stands where the signature stands, and is not blank', () => {
  for (const token of ['', ' ', '%20', '%09']) {
    test(`A-13: the blank token \`${token}\` is refused in the query and in the header`, () => {
      refusedReading(
        { ...presigned, target: `${presigned.target}&X-Amz-Security-Token=${token}` },
        'InvalidClientTokenId',
      )
      const tokened = sign(callerIdentity(), { ...CREDENTIALS, sessionToken: decodeURIComponent(token) }, OPTIONS)
      refusedReading(tokened, 'InvalidClientTokenId', /^The security token included in the request is invalid\.$/)
    })
  }

  test('A-13: a token in a header beside a presigned query is refused, signed or not', () => {
    const request = get('/?Action=GetCallerIdentity', ['X-Amz-Security-Token', SESSION_TOKEN])
    refusedReading(presign(request, CREDENTIALS, OPTIONS), 'InvalidClientTokenId')
    const unsigned = [...presigned.rawHeaders, 'X-Amz-Security-Token', SESSION_TOKEN]
    refusedReading({ ...presigned, rawHeaders: unsigned }, 'InvalidClientTokenId')
  })

  test('A-13: a token in the query beside a signed header is refused', () => {
    refusedReading(
      sign({ ...callerIdentity(), target: `/?X-Amz-Security-Token=x` }, CREDENTIALS, OPTIONS),
      'SignatureDoesNotMatch',
    )
  })

  test('the token is handed on as it was sent', () => {
    const credentials = { ...CREDENTIALS, sessionToken: SESSION_TOKEN }
    for (const request of [sign(callerIdentity(), credentials, OPTIONS), presign(get('/'), credentials, OPTIONS)]) {
      const presented = check(request)
      assert(presented.kind === 'signed')
      assert.equal(presented.sessionToken, SESSION_TOKEN)
    }
  })
})

describe('A-16: headers that count once may stand once', () => {
  for (const name of [
    'Host',
    'Authorization',
    'X-Amz-Date',
    'Content-Length',
    'X-Amz-Security-Token',
    'X-Amz-Content-Sha256',
    'Date',
  ]) {
    test(`A-16: a second ${name} is refused, in any case, for a signed and an unsigned request`, () => {
      for (const request of [signed, callerIdentity()]) {
        const rawHeaders = [...withoutHeader(request, name).rawHeaders, name, 'a', name.toUpperCase(), 'a']
        refusedReading({ ...request, rawHeaders }, 'IncompleteSignature', /only once/)
      }
    })
  }
})

describe('A-20: an access key id that cannot be one is refused before anybody looks it up', () => {
  for (const id of [
    'akiaiosfodnn7example',
    'AKIAIOSFODNN7*',
    'AKIAIOSFODNN7E',
    `A${'K'.repeat(128)}`,
    "AKIAIOSFODNN7'OR1=1",
    'AKIAIOSFODNN7EXAMPL\u00c9',
    '__proto__',
    '',
  ]) {
    test(`A-20: \`${id.slice(0, 24)}\``, () => {
      refusedReading(
        withAuthorization(authorization.replace(CREDENTIALS.accessKeyId, id)),
        'InvalidClientTokenId',
        /^The security token included in the request is invalid\.$/,
      )
      const target = presigned.target.replace(CREDENTIALS.accessKeyId, encodeURIComponent(id))
      refusedReading({ ...presigned, target }, 'InvalidClientTokenId')
    })
  }
})

describe('A-21: other versions and malformed scopes get a clear answer', () => {
  test('A-21: Signature Version 2 is refused, in the header and in the query', () => {
    refusedReading(
      withAuthorization('AWS AKIAIOSFODNN7EXAMPLE:bWq2s1WEIj+Ydj0vQ697zp+IXMU='),
      'IncompleteSignature',
      /^Unsupported AWS 'algorithm': 'AWS'\.$/,
    )
    const version2 = 'AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&SignatureVersion=2&SignatureMethod=HmacSHA256&Signature=x'
    refusedReading(
      get(`/?Action=ListUsers&${version2}`),
      'IncompleteSignature',
      /^AWS Signature Version 2 is not supported\.$/,
    )
  })

  for (const algorithm of [
    'AWS4-ECDSA-P256-SHA256',
    'AWS4-HMAC-SHA1',
    'AWS4-HMAC-SHA512',
    'aws4-hmac-sha256',
    'Basic',
    'Bearer',
  ]) {
    test(`A-21: the algorithm ${algorithm} is refused, in the header and in the query`, () => {
      const message = new RegExp(`^Unsupported AWS 'algorithm': '${algorithm}'\\.$`)
      refusedReading(
        withAuthorization(authorization.replace('AWS4-HMAC-SHA256', algorithm)),
        'IncompleteSignature',
        message,
      )
      const target = presigned.target.replace('AWS4-HMAC-SHA256', algorithm)
      refusedReading({ ...presigned, target }, 'IncompleteSignature', message)
    })
  }

  test('A-21: a credential has exactly five elements', () => {
    for (const credential of [
      'AKIAIOSFODNN7EXAMPLE',
      'a/b/c/d',
      'a/b/c/d/e/f',
      'AKIAIOSFODNN7EXAMPLE/20260314/us-east-1/sts/aws4_request/',
    ]) {
      const value = authorization.replace(/Credential=[^,]*/, `Credential=${credential}`)
      refusedReading(
        withAuthorization(value),
        'IncompleteSignature',
        `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
      )
    }
  })

  test('A-21: the terminator is aws4_request', () => {
    refusedReading(
      withAuthorization(authorization.replace('aws4_request', 'aws_request')),
      'SignatureDoesNotMatch',
      /^Credential should be scoped with a valid terminator: 'aws4_request', not 'aws_request'\.$/,
    )
  })

  test('A-21: a region that cannot be one is refused whatever regions are served', () => {
    refusedReading(
      withAuthorization(authorization.replace('/us-east-1/', '//')),
      'SignatureDoesNotMatch',
      /^Credential should be scoped to a valid region, not ''\.$/,
    )
    refusedReading(
      withAuthorization(authorization.replace('/us-east-1/', '/us<b>/')),
      'SignatureDoesNotMatch',
      /valid region/,
    )
  })
})

function withAuthorization(value: string): HttpRequest {
  return withHeader(signed, 'Authorization', () => value)
}
