import assert from 'node:assert/strict'
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { describe, mock, test } from 'node:test'

import aws4 from 'aws4'

import { MISMATCH, refusedProof } from './refusals.ts'
import {
  AMZ_DATE,
  callerIdentity,
  check,
  CREDENTIALS,
  HOST,
  NOW,
  rawHeadersOf,
  REGION,
  STS,
  withHeader,
  withoutHeader,
} from './world.ts'
import type { HttpRequest } from '../src/http-request.ts'
import type { PresentedSignature } from '../src/presented.ts'
import { readPresented } from '../src/read-presented.ts'
import { SignatureFault } from '../src/signature-fault.ts'
import { sign } from '../src/sign.ts'
import { deriveSigningKey } from '../src/signing-key.ts'
import { verify } from '../src/verify.ts'

const OPTIONS = { service: STS, region: REGION, now: NOW }
const signed = sign(callerIdentity(), CREDENTIALS, OPTIONS)

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
      refusedProof(
        withHeader(request, name, () => 'after'),
        'SignatureDoesNotMatch',
        MISMATCH,
      )
      refusedProof(withoutHeader(request, name), 'SignatureDoesNotMatch', MISMATCH)
    })
  }

  test('A-17: a signed header that was empty and is taken away breaks the signature', () => {
    const request = sign(callerIdentity(['X-Empty', '']), CREDENTIALS, OPTIONS)
    check(request)
    refusedProof(withoutHeader(request, 'X-Empty'), 'SignatureDoesNotMatch', MISMATCH)
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
      refusedProof(request, 'SignatureDoesNotMatch', "Credential should be scoped to correct service: 'sts'.")
    }
  })

  test('A-21: a region that is not served is refused, and any is served where none is named', () => {
    const request = sign(callerIdentity(), CREDENTIALS, { ...OPTIONS, region: 'mars-north-1' })
    check(request)
    refusedProof(
      request,
      'SignatureDoesNotMatch',
      "Credential should be scoped to a valid region, not 'mars-north-1'.",
      {
        service: { service: 'sts', regions: ['us-east-1', 'eu-west-1'] },
      },
    )
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
    refusedProof(request, 'SignatureDoesNotMatch', sentence, { service: { service: 'sts', regions: [REGION] } })
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
      refusedProof(
        sign(callerIdentity(['X-Amz-Content-Sha256', wrong]), CREDENTIALS, OPTIONS),
        'SignatureDoesNotMatch',
        MISMATCH,
      )
    })
  }

  test('A-24: another body under a right header is refused', () => {
    const request = sign(callerIdentity(['X-Amz-Content-Sha256', hash]), CREDENTIALS, OPTIONS)
    refusedProof(
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
