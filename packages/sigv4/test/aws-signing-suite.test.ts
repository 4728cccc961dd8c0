import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'

import { wire } from './world.ts'
import { parseAmzDate } from '../src/amz-date.ts'
import type { HttpRequest } from '../src/http-request.ts'
import type { PresentedSignature } from '../src/presented.ts'
import { presign } from '../src/presign.ts'
import { readPresented } from '../src/read-presented.ts'
import type { ServiceRule } from '../src/service-rule.ts'
import { sign } from '../src/sign.ts'
import { signableHeaders } from '../src/signable-headers.ts'
import { deriveSigningKey } from '../src/signing-key.ts'
import { verify } from '../src/verify.ts'

interface Vector {
  readonly name: string
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
  readonly path?: 'verbatim'
  readonly sessionToken?: string
  readonly headerSignature?: string
  readonly querySignature?: string
  readonly expiresSeconds?: number | null
}

interface Suite {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string
  readonly service: string
  readonly host: string
  readonly amzDate: string
  readonly vectors: readonly Vector[]
}

const suite: Suite = JSON.parse(readFileSync(new URL('./fixtures/aws-signing-suite.json', import.meta.url), 'utf8'))
const now = parseAmzDate(suite.amzDate) ?? new Date(Number.NaN)
const scope = { date: suite.amzDate.slice(0, 8), region: suite.region, service: suite.service }
const signingKey = deriveSigningKey(suite.secretAccessKey, scope)
const byHeader = suite.vectors.filter(({ headerSignature }) => headerSignature !== undefined)
const byQuery = suite.vectors.filter(({ querySignature }) => querySignature !== undefined)

describe('the signing suite of aws-c-auth', () => {
  test('has the vectors that were published', () => {
    assert.deepEqual([byHeader.length, byQuery.length], [36, 36])
  })
  for (const vector of byHeader) {
    test(`${vector.name}: our header signature is the published one`, () => {
      const signed = sign(requestOf(vector), credentialsOf(vector), optionsOf(vector))
      assert.equal(signed.rawHeaders.at(-1)?.slice(-64), vector.headerSignature)
    })
    test(`${vector.name}: the published header signature is accepted`, () => acceptHeaderForm(vector))
  }
  for (const vector of byQuery) {
    test(`${vector.name}: the published query signature is accepted`, () => acceptQueryForm(vector))
    const { expiresSeconds } = vector
    // Our own signer always sends X-Amz-Expires.
    if (typeof expiresSeconds !== 'number') continue
    test(`${vector.name}: our query signature is the published one`, () => {
      const signed = presign(requestOf(vector), credentialsOf(vector), { ...optionsOf(vector), expiresSeconds })
      assert.equal(signed.target.slice(-64), vector.querySignature)
    })
  }
})

function acceptHeaderForm(vector: Vector): void {
  const token = vector.sessionToken === undefined ? [] : ['X-Amz-Security-Token', vector.sessionToken]
  const dated = [...requestOf(vector).rawHeaders, 'X-Amz-Date', suite.amzDate, ...token]
  // The suite's key id is shorter than any real one; in the header form it takes no part in the signature.
  const credential = `Credential=${suite.accessKeyId}00000/${scope.date}/${scope.region}/${scope.service}/aws4_request`
  const authorization = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${signableHeaders(dated).join(';')}, Signature=${vector.headerSignature}`
  const request = { ...requestOf(vector), rawHeaders: [...dated, 'Authorization', authorization] }
  const presented = readPresented(request)
  assert(presented.kind === 'signed')
  verify(request, presented, { signingKey, now, service: ruleOf(vector) })
}

// In the query form the short key id is signed, so that the claims are stated here instead of being read.
function acceptQueryForm(vector: Vector): void {
  const request = requestOf(vector)
  const signedHeaders = signableHeaders(request.rawHeaders)
  const parameters = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${suite.accessKeyId}/${scope.date}/${scope.region}/${scope.service}/aws4_request`,
    'X-Amz-Date': suite.amzDate,
    'X-Amz-SignedHeaders': signedHeaders.join(';'),
    ...(typeof vector.expiresSeconds === 'number' ? { 'X-Amz-Expires': String(vector.expiresSeconds) } : {}),
    ...(vector.sessionToken === undefined ? {} : { 'X-Amz-Security-Token': vector.sessionToken }),
    'X-Amz-Signature': vector.querySignature ?? '',
  })
  const target = `${request.target}${request.target.includes('?') ? '&' : '?'}${parameters.toString()}`
  const presented: PresentedSignature = {
    kind: 'signed',
    location: 'query',
    accessKeyId: suite.accessKeyId,
    scope,
    signedAt: now,
    amzDate: suite.amzDate,
    signedHeaders,
    signature: vector.querySignature ?? '',
    sessionToken: vector.sessionToken,
    expiresSeconds: vector.expiresSeconds ?? undefined,
  }
  verify({ ...request, target }, presented, { signingKey, now, service: ruleOf(vector) })
}

function requestOf(vector: Vector): HttpRequest {
  const rawHeaders = ['Host', suite.host, ...vector.headers.flat()]
  return { method: vector.method, target: wire(vector.target), rawHeaders, body: Buffer.from(vector.body) }
}

function credentialsOf({ sessionToken }: Vector): Parameters<typeof sign>[1] {
  const { accessKeyId, secretAccessKey } = suite
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) }
}

function optionsOf(vector: Vector): Parameters<typeof sign>[2] {
  return { service: ruleOf(vector), region: suite.region, now }
}

function ruleOf({ path }: Vector): ServiceRule {
  return { service: suite.service, ...(path === undefined ? {} : { path }) }
}
