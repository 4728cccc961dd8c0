import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, test } from 'node:test'

import { SignatureV4 } from '@smithy/signature-v4'
import aws4 from 'aws4'
import fc from 'fast-check'

import type { HostileRequest } from './hostile-requests.ts'
import { hostileRequest, queryText, targetOf } from './hostile-requests.ts'
import { NodeSha256 } from './node-sha256.ts'
import { check, CREDENTIALS, HOST, NOW, rawHeadersOf, REGION, STS, wire } from './world.ts'
import type { HttpRequest } from '../src/http-request.ts'
import { presign } from '../src/presign.ts'
import { readPresented } from '../src/read-presented.ts'
import type { Credentials } from '../src/sign.ts'
import { sign } from '../src/sign.ts'

const OPTIONS = { service: STS, region: REGION, now: NOW }
const RUNS = { numRuns: 400, seed: 44 }

describe('@smithy/signature-v4, the signer of the AWS SDK for JavaScript', () => {
  test('every request that it signs is accepted, and our signature of the same request is the same', async () => {
    await fc.assert(
      fc.asyncProperty(hostileRequest({ repeatedNames: true }), fc.boolean(), async (hostile, applyChecksum) => {
        const signed = await smithySigner(hostile, applyChecksum).sign(smithyRequest(hostile), { signingDate: NOW })
        const received = receivedOf(hostile, rawHeadersOf(signed.headers))
        check(received)
        if (!applyChecksum)
          assert.equal(signatureOf(sign(plainOf(hostile), credentialsOf(hostile), OPTIONS)), signatureOf(received))
      }),
      RUNS,
    )
  })

  test('every request that it presigns is accepted, and our signature of the same request is the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        hostileRequest({ repeatedNames: true }),
        fc.integer({ min: 1, max: 604_800 }),
        async (hostile, expiresIn) => {
          const signed = await smithySigner(hostile, false).presign(smithyRequest(hostile), {
            signingDate: NOW,
            expiresIn,
          })
          const query = Object.entries(signed.query ?? {}).flatMap(([key, value]) =>
            [value ?? []].flat().map((each) => [key, each] as const),
          )
          const received = {
            ...receivedOf(hostile, rawHeadersOf(signed.headers)),
            target: targetOf({ path: hostile.path, query }),
          }
          check(received)
          const ours = presign(plainOf(hostile), credentialsOf(hostile), { ...OPTIONS, expiresSeconds: expiresIn })
          assert.equal(signatureOf(ours), signatureOf(received))
        },
      ),
      RUNS,
    )
  })
})

describe('aws4', () => {
  for (const signQuery of [false, true]) {
    test(`every request that it ${signQuery ? 'presigns' : 'signs'} is accepted`, () => {
      fc.assert(
        fc.property(hostileRequest({ repeatedNames: true }), (hostile) => {
          const { method, body } = hostile
          const headers = {
            ...Object.fromEntries(hostile.headers),
            ...(signQuery ? {} : { 'X-Amz-Date': '20260314T150926Z' }),
          }
          const path = `${hostile.path}?${queryText([...hostile.query, ...(signQuery ? [['X-Amz-Date', '20260314T150926Z'] as const] : [])])}`
          const answer = aws4.sign(
            { host: HOST, path, method, body, headers, signQuery, service: 'sts', region: REGION },
            credentialsOf(hostile),
          )
          check({ method, target: wire(answer.path), rawHeaders: rawHeadersOf(answer.headers), body })
        }),
        RUNS,
      )
    })
  }
})

describe('botocore, the signer of boto3 and of the AWS CLI', () => {
  test('every request that it signs is accepted', () => {
    const requests = fc.sample(hostileRequest({ repeatedNames: true }), RUNS)
    const answers = botocore(requests.map((hostile) => ({ ...plainForPython(hostile), form: 'header' })))
    requests.forEach((hostile, index) => checkNow(receivedFromPython(hostile, answers[index])))
  })

  test('a Date header makes it sign an HTTP date, which is accepted', () => {
    const requests = fc.sample(hostileRequest({ repeatedNames: true }), { numRuns: 20, seed: 45 })
    const dated = requests.map((hostile) => ({ ...hostile, headers: [...hostile.headers, ['Date', 'now'] as const] }))
    const answers = botocore(dated.map((hostile) => ({ ...plainForPython(hostile), form: 'header' })))
    for (const [index, hostile] of dated.entries()) {
      const received = receivedFromPython(hostile, answers[index])
      assert(!received.rawHeaders.includes('X-Amz-Date'))
      checkNow(received)
    }
  })

  test('every request that it presigns is accepted', () => {
    const requests = fc
      .sample(hostileRequest({ repeatedNames: false }), RUNS)
      .map((hostile) => ({ ...hostile, body: Buffer.alloc(0) }))
    const answers = botocore(requests.map((hostile) => ({ ...plainForPython(hostile), form: 'query', expires: 900 })))
    requests.forEach((hostile, index) => checkNow(receivedFromPython(hostile, answers[index])))
  })
})

interface PythonAnswer {
  readonly url: string
  readonly headers: readonly (readonly [string, string])[]
}

function botocore(requests: readonly object[]): readonly PythonAnswer[] {
  const { accessKeyId, secretAccessKey } = CREDENTIALS
  const input = JSON.stringify({
    credentials: { accessKeyId, secretAccessKey },
    service: 'sts',
    region: REGION,
    requests,
  })
  const script = fileURLToPath(new URL('./botocore-signer.py', import.meta.url))
  const { status, stdout, stderr, error } = spawnSync('python3', [script], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  if (error !== undefined || /No module named '?botocore/.test(stderr)) {
    assert.fail(
      'this test needs python3 with botocore: install the package python3-botocore, or `pip install botocore`',
    )
  }
  assert.equal(status, 0, stderr)
  const answers: readonly PythonAnswer[] = JSON.parse(stdout)
  return answers
}

function plainForPython(hostile: HostileRequest): object {
  const { method, path, query, headers, body, sessionToken } = hostile
  const url = `https://${HOST}${path}${query.length === 0 ? '' : `?${queryText(query)}`}`
  return {
    method,
    url,
    headers,
    body: body.toString('base64'),
    ...(sessionToken === undefined ? {} : { sessionToken }),
  }
}

function receivedFromPython({ method, body }: HostileRequest, answer: PythonAnswer | undefined): HttpRequest {
  assert(answer !== undefined)
  const rawHeaders = ['Host', HOST, ...answer.headers.flatMap(([name, value]) => [name, wire(value)])]
  return { method, target: wire(answer.url.slice(`https://${HOST}`.length)), rawHeaders, body }
}

// botocore reads the clock, so that the moment of checking is the one that it wrote down.
function checkNow(request: HttpRequest): void {
  const presented = readPresented(request)
  assert(presented.kind === 'signed')
  check(request, { now: presented.signedAt })
}

function smithySigner(hostile: HostileRequest, applyChecksum: boolean): SignatureV4 {
  const credentials = credentialsOf(hostile)
  return new SignatureV4({ credentials, region: REGION, service: 'sts', sha256: NodeSha256, applyChecksum })
}

function smithyRequest(hostile: HostileRequest): Parameters<SignatureV4['presign']>[0] {
  const { method, path, body } = hostile
  const pairsByName = Map.groupBy(hostile.query, ([name]) => name)
  const query = [...pairsByName].map(([name, pairs]) => [name, pairs.map(([, value]) => value)])
  return {
    method,
    protocol: 'https:',
    hostname: HOST,
    path,
    query: Object.fromEntries(query),
    headers: { host: HOST, ...Object.fromEntries(hostile.headers) },
    body,
  }
}

function credentialsOf({ sessionToken }: HostileRequest): Credentials {
  return { ...CREDENTIALS, ...(sessionToken === undefined ? {} : { sessionToken }) }
}

function receivedOf(hostile: HostileRequest, rawHeaders: readonly string[]): HttpRequest {
  return { method: hostile.method, target: targetOf(hostile), rawHeaders, body: hostile.body }
}

function plainOf(hostile: HostileRequest): HttpRequest {
  return receivedOf(hostile, rawHeadersOf({ host: HOST, ...Object.fromEntries(hostile.headers) }))
}

function signatureOf(request: HttpRequest): string {
  const presented = readPresented(request)
  assert(presented.kind === 'signed')
  return presented.signature
}
