// Time to read and to verify one request, in microseconds: node packages/sigv4/test/benchmark.ts
// The request is GetCallerIdentity as botocore sends it; the signing key is at hand, as it is to a server that keeps it for the day.
import type { HttpRequest } from '../src/http-request.ts'
import { presign } from '../src/presign.ts'
import { readPresented } from '../src/read-presented.ts'
import { sign } from '../src/sign.ts'
import { deriveSigningKey } from '../src/signing-key.ts'
import { verify } from '../src/verify.ts'
import { callerIdentity, CREDENTIALS, get, NOW, REGION, SESSION_TOKEN, STS } from './world.ts'

const ROUNDS = 9
const CALLS_PER_ROUND = 20_000
const OPTIONS = { service: STS, region: REGION, now: NOW }
// Headers that botocore adds after it has signed.
const UNSIGNED = ['amz-sdk-invocation-id', '2a9c1a53-4a06-4f0c-9d4b-0b6c7b1f6c11', 'amz-sdk-request', 'attempt=1']
const SESSION = { ...CREDENTIALS, sessionToken: SESSION_TOKEN.repeat(12) }
const QUERY = '/?Action=GetCallerIdentity&Version=2011-06-15'

const shapes: Readonly<Record<string, HttpRequest>> = {
  'form, signed header': withUnsigned(sign(callerIdentity(), CREDENTIALS, OPTIONS)),
  'the same with a session token': withUnsigned(sign(callerIdentity(), SESSION, OPTIONS)),
  'presigned query': presign(get(QUERY), CREDENTIALS, OPTIONS),
  'the same with a session token in it': presign(get(QUERY), SESSION, OPTIONS),
}

for (const [name, request] of Object.entries(shapes)) {
  const presented = readPresented(request)
  if (presented.kind === 'unsigned') throw new Error(`the request \`${name}\` is not signed`)
  const check = { signingKey: deriveSigningKey(CREDENTIALS.secretAccessKey, presented.scope), now: NOW, service: STS }
  const read = medianMicroseconds(() => void readPresented(request))
  const verified = medianMicroseconds(() => verify(request, presented, check))
  process.stdout.write(`${name}: read ${read.toFixed(1)} us, verify ${verified.toFixed(1)} us\n`)
}
const scope = { date: '20260314', region: REGION, service: 'sts' }
const derived = medianMicroseconds(() => void deriveSigningKey(CREDENTIALS.secretAccessKey, scope))
process.stdout.write(`signing key of a new day: ${derived.toFixed(1)} us\n`)

function withUnsigned(request: HttpRequest): HttpRequest {
  return { ...request, rawHeaders: [...request.rawHeaders, ...UNSIGNED] }
}

function medianMicroseconds(call: () => void): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = process.hrtime.bigint()
    for (let calls = 0; calls < CALLS_PER_ROUND; calls += 1) call()
    return Number(process.hrtime.bigint() - start) / 1000 / CALLS_PER_ROUND
  })
  return rounds.toSorted((left, right) => left - right)[Math.floor(ROUNDS / 2)] ?? Number.NaN
}
