import assert from 'node:assert/strict'
import crypto from 'node:crypto'
import { describe, test } from 'node:test'

import { SignatureV4 } from '@smithy/signature-v4'

import { NodeSha256 } from '../test/node-sha256.ts'
import { MISMATCH, refusedProof } from '../test/refusals.ts'
import {
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
import { SignatureFault } from './signature-fault.ts'
import { sign } from './sign.ts'
import { verify } from './verify.ts'

const OPTIONS = { service: STS, region: REGION, now: NOW }
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
      refusedProof(
        adding(signed, name, SESSION_TOKEN),
        'AccessDenied',
        /^There were headers present in the request which were not signed$/,
      )
      if (name === 'X-Amz-Security-Token') return
      refusedProof(adding(presigned, name, 'value'), 'AccessDenied')
    })
  }

  test('A-01: an X-Amz-Date that is not signed is refused', () => {
    const authorization = headerValue(signed, 'Authorization').replace(';x-amz-date', '')
    refusedProof(
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
    refusedProof(
      withHeader(signed, 'Authorization', () => authorization),
      'SignatureDoesNotMatch',
      message,
    )
    const target = presigned.target.replace('SignedHeaders=host', 'SignedHeaders=accept')
    refusedProof({ ...presigned, target }, 'SignatureDoesNotMatch', message)
  })

  test('A-02: a request that says it signed host and has none is refused', () => {
    refusedProof(withoutHeader(signed, 'Host'), 'SignatureDoesNotMatch', MISMATCH)
  })

  test('A-02: X-Forwarded-Host does not stand in for Host', () => {
    const moved = withHeader(signed, 'Host', () => 'other.example.test')
    for (const name of ['X-Forwarded-Host', 'Forwarded', 'X-Original-Host']) {
      refusedProof(adding(moved, name, HOST), 'SignatureDoesNotMatch', MISMATCH)
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
      refusedProof(
        sign(callerIdentity(['X-Amz-Content-Sha256', declared]), CREDENTIALS, OPTIONS),
        'SignatureDoesNotMatch',
        MISMATCH,
      )
      refusedProof(adding(signed, 'X-Amz-Content-Sha256', declared), 'SignatureDoesNotMatch', MISMATCH)
    })
  }

  test('A-06: a signer that signed UNSIGNED-PAYLOAD in place of a hash is refused, with or without the header', async () => {
    const signer = new SignatureV4({ credentials: CREDENTIALS, region: REGION, service: 'sts', sha256: NodeSha256 })
    const { method, body } = callerIdentity()
    const headers = { host: HOST, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
    const request = { method, protocol: 'https:', hostname: HOST, path: '/', headers, query: {}, body }
    const { headers: answer } = await signer.sign(request, { signingDate: NOW })
    const received = { method, target: '/', rawHeaders: rawHeadersOf(answer), body }
    refusedProof(received, 'SignatureDoesNotMatch', MISMATCH)
    refusedProof(withoutHeader(received, 'x-amz-content-sha256'), 'SignatureDoesNotMatch', MISMATCH)
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
    refusedProof(sign(request, CREDENTIALS, OPTIONS), 'SignatureDoesNotMatch', MISMATCH)
  })

  test('A-08: an absent body is the empty body', () => {
    const request = get('/', ['X-Amz-Content-Sha256', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'])
    refusedProof(sign({ ...request, body: new Uint8Array() }, CREDENTIALS, OPTIONS), 'SignatureDoesNotMatch', MISMATCH)
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
      refusedProof(request, 'SignatureDoesNotMatch', message, { now: at(15 * 60 + 1) })
    })

    test(`A-10: ${form}: more than 5 minutes ahead it is not yet current`, () => {
      const message =
        'Signature not yet current: 20260314T150926Z is still later than 20260314T150925Z (20260314T150425Z + 5 min.)'
      refusedProof(request, 'SignatureDoesNotMatch', message, { now: at(-5 * 60 - 1) })
      refusedProof(request, 'SignatureDoesNotMatch', message, { now: at(-5 * 60, -1) })
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
    refusedProof(living(604_800), 'SignatureDoesNotMatch', /^Signature expired/, { now: at(901) })
  })

  test('A-11: STS does not shorten it: tokens of `aws eks get-token` say 60 and are used for 14 minutes', () => {
    check(living(60), { now: at(14 * 60) })
  })

  test('A-11: STS does not demand it: aws4 signs without', () => {
    const target = living(60).target.replace('&X-Amz-Expires=60', '')
    refusedProof({ ...living(60), target }, 'SignatureDoesNotMatch', MISMATCH)
    refusedProof({ ...living(60), target }, 'IncompleteSignature', /'X-Amz-Expires'/, { service: expiring })
  })

  test('A-11: elsewhere it ends with X-Amz-Expires, to the second', () => {
    check(living(60), { now: at(60), service: expiring })
    check(living(604_800), { now: at(604_800), service: expiring })
    refusedProof(living(60), 'AccessDenied', /^Request has expired$/, { now: at(61), service: expiring })
    refusedProof(living(60), 'SignatureDoesNotMatch', /^Signature not yet current/, {
      now: at(-301),
      service: expiring,
    })
  })
})

describe('A-12: nothing can be added to a presigned request', () => {
  for (const added of ['&Action=DeleteUser', '&a', '&=', '&x-amz-meta-a=b', '&%00=1']) {
    test(`A-12: the query parameter \`${added}\` breaks the signature`, () => {
      refusedProof({ ...presigned, target: presigned.target + added }, 'SignatureDoesNotMatch', MISMATCH)
    })
  }

  test('A-12: a parameter whose case is changed breaks the signature', () => {
    const target = presigned.target.replace('Action=', 'action=')
    refusedProof({ ...presigned, target }, 'SignatureDoesNotMatch', MISMATCH)
  })

  test('A-12: a parameter that is given twice breaks the signature', () => {
    const target = presigned.target.replace('/?', '/?Action=GetCallerIdentity&')
    refusedProof({ ...presigned, target }, 'SignatureDoesNotMatch', MISMATCH)
  })

  test('A-12: a body breaks the signature', () => {
    refusedProof({ ...presigned, body: Buffer.from('Action=DeleteUser') }, 'SignatureDoesNotMatch', MISMATCH)
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
      refusedProof(other, 'SignatureDoesNotMatch', MISMATCH)
    })
  }

  test('A-13: a token that is taken away breaks the signature', () => {
    const tokened = sign(callerIdentity(), { ...CREDENTIALS, sessionToken: SESSION_TOKEN }, OPTIONS)
    refusedProof(withoutHeader(tokened, 'X-Amz-Security-Token'), 'SignatureDoesNotMatch', MISMATCH)
  })
})

function read(request: HttpRequest): PresentedSignature {
  const presented = readPresented(request)
  assert(presented.kind === 'signed')
  return presented
}

function adding(request: HttpRequest, name: string, value: string): HttpRequest {
  return { ...request, rawHeaders: [...request.rawHeaders, name, value] }
}
