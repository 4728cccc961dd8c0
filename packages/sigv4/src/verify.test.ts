import assert from 'node:assert/strict'
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { describe, mock, test } from 'node:test'

import { SignatureV4 } from '@smithy/signature-v4'
import aws4 from 'aws4'

import { NodeSha256 } from '../test/node-sha256.ts'
import {
  AMZ_DATE,
  callerIdentity,
  check,
  CREDENTIALS,
  get,
  headerValue,
  HOST,
  NOW,
  rawHeadersOf,
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
import type { ServiceRule } from './service-rule.ts'
import type { SignatureFaultCode } from './signature-fault.ts'
import { SignatureFault } from './signature-fault.ts'
import { sign } from './sign.ts'
import { deriveSigningKey } from './signing-key.ts'
import { verify } from './verify.ts'

const OPTIONS = { service: STS, region: REGION, now: NOW }
const MISMATCH = /^The request signature we calculated does not match the signature you provided\./
const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const signed = sign(callerIdentity(), CREDENTIALS, OPTIONS)
const presigned = presign(get('/?Action=GetCallerIdentity&Version=2011-06-15'), CREDENTIALS, OPTIONS)

test('a signed and a presigned request are accepted', () => {
  assert.equal(check(signed).kind, 'signed')
  assert.equal(check(presigned).kind, 'signed')
})

describe('A-01: every x-amz header is signed', () => {
  for (const name of ['X-Amz-Security-Token', 'x-amz-tagging', 'X-AMZ-ACL', 'X-Amz-Meta-A', 'X-Amz-Cf-Id', 'x-amz-']) {
    test(`A-01: an unsigned ${name} is refused`, () => {
      refused(
        adding(signed, name, SESSION_TOKEN),
        'AccessDenied',
        /^There were headers present in the request which were not signed$/,
      )
      if (name === 'X-Amz-Security-Token') return
      refused(adding(presigned, name, 'value'), 'AccessDenied')
    })
  }

  test('A-01: an X-Amz-Date that is not signed is refused', () => {
    const authorization = headerValue(signed, 'Authorization').replace(';x-amz-date', '')
    refused(
      withHeader(signed, 'Authorization', () => authorization),
      'AccessDenied',
    )
  })

  test('A-01: x-amz-content-sha256 may be unsigned, because its value is in the canonical request', () => {
    const body = crypto.createHash('sha256').update(signed.body).digest('hex')
    check(adding(signed, 'X-Amz-Content-Sha256', body))
    check(adding(presigned, 'X-Amz-Content-Sha256', EMPTY_SHA256))
  })

  test('A-01: headers of other families may be unsigned', () => {
    check(adding(signed, 'X-Amzn-Trace-Id', 'Root=1-67891233-abcdef012345678912345678'))
    check(adding(signed, 'X-Forwarded-For', '192.0.2.1'))
  })
})

describe('A-02: the host is always signed, and is the one received', () => {
  test('A-02: a signature without host is refused, in the header and in the query', () => {
    const message = /^'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization\.$/
    const authorization = headerValue(signed, 'Authorization').replace(';host', '')
    refused(
      withHeader(signed, 'Authorization', () => authorization),
      'SignatureDoesNotMatch',
      message,
    )
    const target = presigned.target.replace('SignedHeaders=host', 'SignedHeaders=accept')
    refused({ ...presigned, target }, 'SignatureDoesNotMatch', message)
  })

  test('A-02: a request that says it signed host and has none is refused', () => {
    refused(withoutHeader(signed, 'Host'), 'SignatureDoesNotMatch', MISMATCH)
  })

  test('A-02: X-Forwarded-Host does not stand in for Host', () => {
    const moved = withHeader(signed, 'Host', () => 'other.example.test')
    for (const name of ['X-Forwarded-Host', 'Forwarded', 'X-Original-Host']) {
      refused(adding(moved, name, HOST), 'SignatureDoesNotMatch', MISMATCH)
    }
  })
})

describe('A-06: IAM and STS take no payload but the one that was hashed', () => {
  for (const declared of [
    'UNSIGNED-PAYLOAD',
    'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    EMPTY_SHA256,
    '',
  ]) {
    test(`A-06: \`${declared.slice(0, 34)}\` for a body is refused, signed or not`, () => {
      refused(
        sign(callerIdentity(['X-Amz-Content-Sha256', declared]), CREDENTIALS, OPTIONS),
        'SignatureDoesNotMatch',
        MISMATCH,
      )
      refused(adding(signed, 'X-Amz-Content-Sha256', declared), 'SignatureDoesNotMatch', MISMATCH)
    })
  }

  test('A-06: a signer that signed UNSIGNED-PAYLOAD in place of a hash is refused, with or without the header', async () => {
    const signer = new SignatureV4({ credentials: CREDENTIALS, region: REGION, service: 'sts', sha256: NodeSha256 })
    const { method, body } = callerIdentity()
    const headers = { host: HOST, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
    const request = { method, protocol: 'https:', hostname: HOST, path: '/', headers, query: {}, body }
    const { headers: answer } = await signer.sign(request, { signingDate: NOW })
    const received = { method, target: '/', rawHeaders: rawHeadersOf(answer), body }
    refused(received, 'SignatureDoesNotMatch', MISMATCH)
    refused(withoutHeader(received, 'x-amz-content-sha256'), 'SignatureDoesNotMatch', MISMATCH)
  })
})

describe('A-08: data in chunks of AWS is refused where plain data is expected', () => {
  test('A-08: a chunked body and its headers, properly signed, are refused without a crash', () => {
    const chunk = `2b;chunk-signature=${'0'.repeat(64)}\r\nAction=GetCallerIdentity&Version=2011-06-15\r\n0;chunk-signature=${'0'.repeat(64)}\r\n\r\n`
    const headers = [
      'X-Amz-Content-Sha256',
      'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
      'X-Amz-Decoded-Content-Length',
      '43',
      'Content-Encoding',
      'aws-chunked',
    ]
    const request = { ...callerIdentity(headers), body: Buffer.from(chunk) }
    refused(sign(request, CREDENTIALS, OPTIONS), 'SignatureDoesNotMatch', MISMATCH)
  })

  test('A-08: an absent body is the empty body', () => {
    const request = get('/', ['X-Amz-Content-Sha256', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'])
    refused(sign({ ...request, body: new Uint8Array() }, CREDENTIALS, OPTIONS), 'SignatureDoesNotMatch', MISMATCH)
    check(sign(get('/'), CREDENTIALS, OPTIONS))
  })
})

describe('A-10: a request lives from 5 minutes before its time to 15 minutes after', () => {
  const at = (seconds: number, milliseconds = 0): Date =>
    new Date(Date.UTC(2026, 2, 14, 15, 9, 26 + seconds, milliseconds))

  for (const [form, request] of Object.entries({ signed, presigned })) {
    test(`A-10: ${form}: both edges are inside`, () => {
      check(request, { now: at(15 * 60) })
      check(request, { now: at(15 * 60, 999) })
      check(request, { now: at(-5 * 60) })
    })

    test(`A-10: ${form}: a second after 15 minutes it is expired`, () => {
      const message =
        'Signature expired: 20260314T150926Z is now earlier than 20260314T150927Z (20260314T152427Z - 15 min.)'
      refused(request, 'SignatureDoesNotMatch', message, { now: at(15 * 60 + 1) })
    })

    test(`A-10: ${form}: more than 5 minutes ahead it is not yet current`, () => {
      const message =
        'Signature not yet current: 20260314T150926Z is still later than 20260314T150925Z (20260314T150425Z + 5 min.)'
      refused(request, 'SignatureDoesNotMatch', message, { now: at(-5 * 60 - 1) })
      refused(request, 'SignatureDoesNotMatch', message, { now: at(-5 * 60, -1) })
    })
  }

  test('A-10: the time is looked at before the key, so that an expired request says so to anybody', () => {
    const presented = read(signed)
    assert.throws(
      () => verify(signed, presented, { signingKey: Buffer.alloc(32), now: at(3600), service: STS }),
      (fault) => fault instanceof SignatureFault && !fault.isMismatch && fault.message.startsWith('Signature expired'),
    )
  })
})

describe('A-11: a presigned request of IAM and STS lives 15 minutes, of a service that says so as long as X-Amz-Expires', () => {
  const expiring: ServiceRule = { service: 'sts', presignedLifetime: 'expires' }
  const at = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000)
  const living = (expiresSeconds: number): HttpRequest => presign(get('/'), CREDENTIALS, { ...OPTIONS, expiresSeconds })

  test('A-11: STS does not prolong it', () => {
    refused(living(604_800), 'SignatureDoesNotMatch', /^Signature expired/, { now: at(901) })
  })

  test('A-11: STS does not shorten it: tokens of `aws eks get-token` say 60 and are used for 14 minutes', () => {
    check(living(60), { now: at(14 * 60) })
  })

  test('A-11: STS does not demand it: aws4 signs without', () => {
    const target = living(60).target.replace('&X-Amz-Expires=60', '')
    refused({ ...living(60), target }, 'SignatureDoesNotMatch', MISMATCH)
    refused({ ...living(60), target }, 'IncompleteSignature', /'X-Amz-Expires'/, { service: expiring })
  })

  test('A-11: elsewhere it ends with X-Amz-Expires, to the second', () => {
    check(living(60), { now: at(60), service: expiring })
    check(living(604_800), { now: at(604_800), service: expiring })
    refused(living(60), 'AccessDenied', /^Request has expired$/, { now: at(61), service: expiring })
    refused(living(60), 'SignatureDoesNotMatch', /^Signature not yet current/, { now: at(-301), service: expiring })
  })
})

describe('A-12: nothing can be added to a presigned request', () => {
  for (const added of ['&Action=DeleteUser', '&a', '&=', '&x-amz-meta-a=b', '&%00=1']) {
    test(`A-12: the query parameter \`${added}\` breaks the signature`, () => {
      refused({ ...presigned, target: presigned.target + added }, 'SignatureDoesNotMatch', MISMATCH)
    })
  }

  test('A-12: a parameter whose case is changed breaks the signature', () => {
    const target = presigned.target.replace('Action=', 'action=')
    refused({ ...presigned, target }, 'SignatureDoesNotMatch', MISMATCH)
  })

  test('A-12: a parameter that is given twice breaks the signature', () => {
    const target = presigned.target.replace('/?', '/?Action=GetCallerIdentity&')
    refused({ ...presigned, target }, 'SignatureDoesNotMatch', MISMATCH)
  })

  test('A-12: a body breaks the signature', () => {
    refused({ ...presigned, body: Buffer.from('Action=DeleteUser') }, 'SignatureDoesNotMatch', MISMATCH)
  })
})

describe('A-13: a token is bound by the signature', () => {
  for (const [form, request] of [
    ['signed', sign(callerIdentity(), { ...CREDENTIALS, sessionToken: SESSION_TOKEN }, OPTIONS)],
    ['presigned', presign(get('/'), { ...CREDENTIALS, sessionToken: SESSION_TOKEN }, OPTIONS)],
  ] as const) {
    test(`A-13: another token in a ${form} request breaks the signature`, () => {
      check(request)
      const target = request.target.replace('Security-Token=I', 'Security-Token=J')
      const other = withHeader({ ...request, target }, 'X-Amz-Security-Token', (token) => `${token}A`)
      refused(other, 'SignatureDoesNotMatch', MISMATCH)
    })
  }

  test('A-13: a token that is taken away breaks the signature', () => {
    const tokened = sign(callerIdentity(), { ...CREDENTIALS, sessionToken: SESSION_TOKEN }, OPTIONS)
    refused(withoutHeader(tokened, 'X-Amz-Security-Token'), 'SignatureDoesNotMatch', MISMATCH)
  })
})

describe('A-17: a header that the client signed is verified, whatever header it is', () => {
  for (const name of [
    'Expect',
    'Connection',
    'Transfer-Encoding',
    'TE',
    'Keep-Alive',
    'User-Agent',
    'Content-Length',
    'Via',
  ]) {
    test(`A-17: a signed ${name} that a proxy changed or dropped breaks the signature`, () => {
      const lower = name.toLowerCase()
      const answer = aws4.sign(
        {
          service: 'sts',
          region: REGION,
          host: HOST,
          path: '/',
          method: 'GET',
          headers: { [name]: 'before', 'X-Amz-Date': AMZ_DATE },
          extraHeadersToInclude: { [lower]: true },
        },
        CREDENTIALS,
      )
      const request = {
        method: 'GET',
        target: '/',
        rawHeaders: rawHeadersOf(answer.headers),
        body: Buffer.alloc(0),
      }
      check(request)
      assert(read(request).signedHeaders.includes(lower))
      refused(
        withHeader(request, name, () => 'after'),
        'SignatureDoesNotMatch',
        MISMATCH,
      )
      refused(withoutHeader(request, name), 'SignatureDoesNotMatch', MISMATCH)
    })
  }

  test('A-17: a signed header that was empty and is taken away breaks the signature', () => {
    const request = sign(callerIdentity(['X-Empty', '']), CREDENTIALS, OPTIONS)
    check(request)
    refused(withoutHeader(request, 'X-Empty'), 'SignatureDoesNotMatch', MISMATCH)
  })
})

describe('A-18: a signature is compared in constant time', () => {
  test('A-18: every comparison is one timingSafeEqual of 64 bytes, whichever byte differs', () => {
    const lengths: number[][] = []
    const original = crypto.timingSafeEqual
    mock.method(crypto, 'timingSafeEqual', (left: Uint8Array, right: Uint8Array) => {
      lengths.push([left.length, right.length])
      return original(left, right)
    })
    syncBuiltinESMExports()
    try {
      const presented = read(signed)
      const { signature } = presented
      const flip = (at: number): string =>
        `${signature.slice(0, at)}${signature[at] === '0' ? '1' : '0'}${signature.slice(at + 1)}`
      for (const wrong of [signature, flip(0), flip(31), flip(63)]) {
        const outcome = (): void => proveWith({ ...presented, signature: wrong })
        if (wrong === signature) outcome()
        else assert.throws(outcome, MISMATCH_FAULT)
      }
      assert.deepEqual(
        lengths,
        Array.from({ length: 4 }, () => [64, 64]),
      )
    } finally {
      mock.restoreAll()
      syncBuiltinESMExports()
    }
  })

  test('A-18: a signature of another length, which reading does not let through, is a mismatch and no exception of node', () => {
    for (const signature of ['', 'f', 'f'.repeat(65), '\u0141'.repeat(64)]) {
      assert.throws(() => proveWith({ ...read(signed), signature }), MISMATCH_FAULT)
    }
  })
})

describe('A-19: an unknown key costs and says the same as a wrong signature', () => {
  test('A-19: with a dummy signing key everything is calculated, and the fault is the mismatch', () => {
    const presented = read(signed)
    assert.throws(
      () => verify(signed, presented, { signingKey: crypto.randomBytes(32), now: NOW, service: STS }),
      MISMATCH_FAULT,
    )
  })
})

describe('A-21: the scope names this service and a region that it serves', () => {
  test('A-21: another service is refused with the name of the right one', () => {
    for (const service of ['iam', 's3', 'STS', 'sts.']) {
      const request = sign(callerIdentity(), CREDENTIALS, { ...OPTIONS, service: { service } })
      refused(request, 'SignatureDoesNotMatch', "Credential should be scoped to correct service: 'sts'.")
    }
  })

  test('A-21: a region that is not served is refused, and any is served where none is named', () => {
    const request = sign(callerIdentity(), CREDENTIALS, { ...OPTIONS, region: 'mars-north-1' })
    check(request)
    refused(request, 'SignatureDoesNotMatch', "Credential should be scoped to a valid region, not 'mars-north-1'.", {
      service: { service: 'sts', regions: ['us-east-1', 'eu-west-1'] },
    })
    check(signed, { service: { service: 'sts', regions: ['us-east-1', 'eu-west-1'] } })
  })

  test('A-21: both wrong are told together', () => {
    const request = sign(callerIdentity(), CREDENTIALS, {
      ...OPTIONS,
      region: 'mars-north-1',
      service: { service: 'iam' },
    })
    const sentence =
      "Credential should be scoped to a valid region, not 'mars-north-1'. Credential should be scoped to correct service: 'sts'."
    refused(request, 'SignatureDoesNotMatch', sentence, { service: { service: 'sts', regions: [REGION] } })
  })
})

describe('A-24: the hash of the body is a lower-case SHA-256 of this body, or absent', () => {
  const hash = crypto.createHash('sha256').update(callerIdentity().body).digest('hex')

  test('A-24: absent and right are accepted', () => {
    check(signed)
    check(sign(callerIdentity(['X-Amz-Content-Sha256', hash]), CREDENTIALS, OPTIONS))
  })

  for (const wrong of [
    hash.toUpperCase(),
    hash.slice(1),
    `${hash}0`,
    hash.replace(/^./, (first) => (first === '0' ? '1' : '0')),
    `"${hash}"`,
  ]) {
    test(`A-24: ${wrong.slice(0, 6)}... of ${wrong.length} characters is refused`, () => {
      refused(
        sign(callerIdentity(['X-Amz-Content-Sha256', wrong]), CREDENTIALS, OPTIONS),
        'SignatureDoesNotMatch',
        MISMATCH,
      )
    })
  }

  test('A-24: another body under a right header is refused', () => {
    const request = sign(callerIdentity(['X-Amz-Content-Sha256', hash]), CREDENTIALS, OPTIONS)
    refused(
      { ...request, body: Buffer.from('Action=GetCallerIdentity&Version=2011-06-16') },
      'SignatureDoesNotMatch',
      MISMATCH,
    )
  })
})

const MISMATCH_FAULT = (fault: unknown): boolean => fault instanceof SignatureFault && fault.isMismatch

function proveWith(presented: PresentedSignature): void {
  const signingKey = deriveSigningKey(CREDENTIALS.secretAccessKey, presented.scope)
  verify(signed, presented, { signingKey, now: NOW, service: STS })
}

function read(request: HttpRequest): PresentedSignature {
  const presented = readPresented(request)
  assert(presented.kind === 'signed')
  return presented
}

function adding(request: HttpRequest, name: string, value: string): HttpRequest {
  return { ...request, rawHeaders: [...request.rawHeaders, name, value] }
}

function refused(
  request: HttpRequest,
  code: SignatureFaultCode,
  ...[message = /./, options = {}]: [message?: RegExp | string, options?: Parameters<typeof check>[1]]
): void {
  try {
    check(request, options)
  } catch (fault) {
    assert(fault instanceof SignatureFault, String(fault))
    assert.equal(fault.code, code, fault.message)
    if (typeof message === 'string') assert.equal(fault.message, message)
    else assert.match(fault.message, message)
    assert.equal(fault.isMismatch, MISMATCH.test(fault.message))
    return
  }
  assert.fail(`was accepted although it should be refused with ${code}`)
}
