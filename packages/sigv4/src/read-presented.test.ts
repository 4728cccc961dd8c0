import assert from 'node:assert/strict'
import { describe, test } from 'node:test'

import {
  AMZ_DATE,
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
} from '../test/world.ts'
import type { HttpRequest } from './http-request.ts'
import type { PresentedSignature } from './presented.ts'
import { presign } from './presign.ts'
import { readPresented } from './read-presented.ts'
import type { SignatureFaultCode } from './signature-fault.ts'
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
    refused(withAuthorization(`${authorization}, Principal=root`), 'IncompleteSignature', /'Principal'/)
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
      refused(
        withAuthorization(authorization.replace(/SignedHeaders=[^,]*/, `SignedHeaders=${list}`)),
        'IncompleteSignature',
      )
      const target = presigned.target.replace('SignedHeaders=host', `SignedHeaders=${encodeURIComponent(list)}`)
      refused({ ...presigned, target }, 'IncompleteSignature')
    })
  }
})

describe('A-04: credentials stand in one place', () => {
  test('A-04: a header and a presigned query together are refused', () => {
    refused(
      { ...presigned, rawHeaders: [...presigned.rawHeaders, 'Authorization', authorization, 'X-Amz-Date', AMZ_DATE] },
      'SignatureDoesNotMatch',
      /^Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header\.$/,
    )
  })

  for (const name of ['X-Amz-Credential', 'x-amz-credential', 'X-Amz-Security-Token', 'X%2DAmz-Signature']) {
    test(`A-04: \`${name}\` in the query beside an Authorization header is refused`, () => {
      refused({ ...signed, target: `/?${name}=AKIAIOSFODNN7EXAMPLE` }, 'SignatureDoesNotMatch', /^Found both/)
    })
  }

  test('A-04: credentials in a query that names no algorithm are no authentication, and no anonymous call either', () => {
    const target = presigned.target.replace('X-Amz-Algorithm=AWS4-HMAC-SHA256&', '')
    refused({ ...presigned, target }, 'MissingAuthenticationToken', /^Request is missing Authentication Token$/)
  })

  test('A-04: an empty Authorization header is not an anonymous call', () => {
    refused(withAuthorization(''), 'IncompleteSignature')
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
      refused(withAuthorization(value), 'IncompleteSignature', message)
    })
  }

  test('a header with nothing but the algorithm lists all that it lacks', () => {
    const bare = withoutHeader(withAuthorization('AWS4-HMAC-SHA256 '), 'X-Amz-Date')
    refused(
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
      const fault = refused(
        withAuthorization(header),
        'IncompleteSignature',
        /^Invalid key=value pair \(missing equal-sign\)/,
      )
      assert.doesNotMatch(fault.message, /wJalrXUtn/)
    }
  })

  test('a presigned query lists all that it lacks', () => {
    refused(
      get('/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date='),
      'IncompleteSignature',
      /^AWS query-string parameters must include 'X-Amz-Credential'\. AWS query-string parameters must include 'X-Amz-Signature'\. AWS query-string parameters must include 'X-Amz-SignedHeaders'\. AWS query-string parameters must include 'X-Amz-Date'\. Re-examine the query-string parameters\.$/,
    )
  })
})

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
      refused(
        withHeader(signed, 'X-Amz-Date', () => date),
        'IncompleteSignature',
        /^Date must be in ISO-8601 'basic format'\. Got '.*'\. See http:\/\/en\.wikipedia\.org\/wiki\/ISO_8601$/,
      )
    })
  }

  test('A-09: without any date the request is incomplete', () => {
    refused(
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
      refused({ ...undated, rawHeaders: [...undated.rawHeaders, 'Date', date] }, 'IncompleteSignature', /^Date must be/)
    }
  })

  test('A-09: the date of the scope is the date of the request', () => {
    refused(
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
      refused(
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
          refused({ ...presigned, target }, 'IncompleteSignature', /Re-examine the query-string parameters\.$/)
        }
      }
    })
  }
})

describe('A-13: a session token stands where the signature stands, and is not blank', () => {
  for (const token of ['', ' ', '%20', '%09']) {
    test(`A-13: the blank token \`${token}\` is refused in the query and in the header`, () => {
      refused({ ...presigned, target: `${presigned.target}&X-Amz-Security-Token=${token}` }, 'InvalidClientTokenId')
      const tokened = sign(callerIdentity(), { ...CREDENTIALS, sessionToken: decodeURIComponent(token) }, OPTIONS)
      refused(tokened, 'InvalidClientTokenId', /^The security token included in the request is invalid\.$/)
    })
  }

  test('A-13: a token in a header beside a presigned query is refused, signed or not', () => {
    const request = get('/?Action=GetCallerIdentity', ['X-Amz-Security-Token', SESSION_TOKEN])
    refused(presign(request, CREDENTIALS, OPTIONS), 'InvalidClientTokenId')
    const unsigned = [...presigned.rawHeaders, 'X-Amz-Security-Token', SESSION_TOKEN]
    refused({ ...presigned, rawHeaders: unsigned }, 'InvalidClientTokenId')
  })

  test('A-13: a token in the query beside a signed header is refused', () => {
    refused(
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
        refused({ ...request, rawHeaders }, 'IncompleteSignature', /only once/)
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
      refused(
        withAuthorization(authorization.replace(CREDENTIALS.accessKeyId, id)),
        'InvalidClientTokenId',
        /^The security token included in the request is invalid\.$/,
      )
      const target = presigned.target.replace(CREDENTIALS.accessKeyId, encodeURIComponent(id))
      refused({ ...presigned, target }, 'InvalidClientTokenId')
    })
  }
})

describe('A-21: other versions and malformed scopes get a clear answer', () => {
  test('A-21: Signature Version 2 is refused, in the header and in the query', () => {
    refused(
      withAuthorization('AWS AKIAIOSFODNN7EXAMPLE:bWq2s1WEIj+Ydj0vQ697zp+IXMU='),
      'IncompleteSignature',
      /^Unsupported AWS 'algorithm': 'AWS'\.$/,
    )
    const version2 = 'AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&SignatureVersion=2&SignatureMethod=HmacSHA256&Signature=x'
    refused(
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
      refused(withAuthorization(authorization.replace('AWS4-HMAC-SHA256', algorithm)), 'IncompleteSignature', message)
      const target = presigned.target.replace('AWS4-HMAC-SHA256', algorithm)
      refused({ ...presigned, target }, 'IncompleteSignature', message)
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
      refused(
        withAuthorization(value),
        'IncompleteSignature',
        `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
      )
    }
  })

  test('A-21: the terminator is aws4_request', () => {
    refused(
      withAuthorization(authorization.replace('aws4_request', 'aws_request')),
      'SignatureDoesNotMatch',
      /^Credential should be scoped with a valid terminator: 'aws4_request', not 'aws_request'\.$/,
    )
  })

  test('A-21: a region that cannot be one is refused whatever regions are served', () => {
    refused(
      withAuthorization(authorization.replace('/us-east-1/', '//')),
      'SignatureDoesNotMatch',
      /^Credential should be scoped to a valid region, not ''\.$/,
    )
    refused(withAuthorization(authorization.replace('/us-east-1/', '/us<b>/')), 'SignatureDoesNotMatch', /valid region/)
  })
})

describe('a signature that cannot be one does not match', () => {
  for (const signature of ['0', 'f'.repeat(63), 'f'.repeat(65), 'F'.repeat(64), 'g'.repeat(64)]) {
    test(`\`${signature.slice(0, 8)}\` of ${signature.length} characters`, () => {
      const fault = refused(
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

function refused(request: HttpRequest, code: SignatureFaultCode, message: RegExp | string = /./): SignatureFault {
  try {
    readPresented(request)
  } catch (fault) {
    assert(fault instanceof SignatureFault, String(fault))
    assert.equal(fault.code, code)
    if (typeof message === 'string') assert.equal(fault.message, message)
    else assert.match(fault.message, message)
    return fault
  }
  assert.fail(`was read although it should be refused with ${code}`)
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
