// What the tests of this package share: one set of credentials, one frozen clock, requests as clients send them, and a verifier that
// does what a server does between reading a signature and proving it.
import { deriveSigningKey } from '../src/signing-key.ts'
import type { HttpRequest } from '../src/http-request.ts'
import type { Presented } from '../src/presented.ts'
import { readPresented } from '../src/read-presented.ts'
import type { ServiceRule } from '../src/service-rule.ts'
import { SignatureFault } from '../src/signature-fault.ts'
import type { Credentials } from '../src/sign.ts'
import { verify } from '../src/verify.ts'

export const NOW: Date = new Date('2026-03-14T15:09:26.535Z')
export const AMZ_DATE = '20260314T150926Z'
export const HOST = 'iam.example.test:4263'
export const REGION = 'us-east-1'
export const STS: ServiceRule = { service: 'sts' }
export const CREDENTIALS: Credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}
export const SESSION_TOKEN = 'IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVzLWVhc3QtMSJ+token=='
const FORM = 'application/x-www-form-urlencoded; charset=utf-8'

/** GetCallerIdentity, unsigned, as botocore sends it. */
export function callerIdentity(extraHeaders: readonly string[] = []): HttpRequest {
  const body = Buffer.from('Action=GetCallerIdentity&Version=2011-06-15')
  const length = String(body.length)
  const rawHeaders = ['Host', HOST, 'Accept-Encoding', 'identity', 'Content-Type', FORM, 'User-Agent', 'Boto3/1.43']
  return { method: 'POST', target: '/', rawHeaders: [...rawHeaders, 'Content-Length', length, ...extraHeaders], body }
}

/** A bodiless request for a target, unsigned. */
export function get(target: string, extraHeaders: readonly string[] = []): HttpRequest {
  return { method: 'GET', target, rawHeaders: ['Host', HOST, ...extraHeaders], body: Buffer.alloc(0) }
}

/** Reads and proves the signature of a request, with the key of CREDENTIALS; returns what was presented, or throws the fault. */
export function check(
  request: HttpRequest,
  options: { readonly now?: Date; readonly service?: ServiceRule } = {},
): Presented {
  const presented = readPresented(request)
  if (presented.kind === 'unsigned') return presented
  if (presented.accessKeyId !== CREDENTIALS.accessKeyId) {
    throw new SignatureFault('InvalidClientTokenId', `unknown access key \`${presented.accessKeyId}\``)
  }
  const signingKey = deriveSigningKey(CREDENTIALS.secretAccessKey, presented.scope)
  verify(request, presented, { signingKey, now: options.now ?? NOW, service: options.service ?? STS })
  return presented
}

/** The value of the only header of that name, in any letter case. */
export function headerValue(request: HttpRequest, name: string): string {
  const index = request.rawHeaders.findIndex((text, at) => at % 2 === 0 && text.toLowerCase() === name.toLowerCase())
  const value = request.rawHeaders[index + 1]
  if (index === -1 || value === undefined) throw new Error(`the request has no \`${name}\` header`)
  return value
}

/** The request with the value of one header changed. */
export function withHeader(request: HttpRequest, name: string, change: (value: string) => string): HttpRequest {
  const rawHeaders = request.rawHeaders.map((text, index) => {
    const isValueOfName = index % 2 === 1 && request.rawHeaders[index - 1]?.toLowerCase() === name.toLowerCase()
    return isValueOfName ? change(text) : text
  })
  return { ...request, rawHeaders }
}

/** The request without a header. */
export function withoutHeader(request: HttpRequest, name: string): HttpRequest {
  const isKept = (index: number): boolean =>
    request.rawHeaders[index - (index % 2)]?.toLowerCase() !== name.toLowerCase()
  return { ...request, rawHeaders: request.rawHeaders.filter((_, index) => isKept(index)) }
}

/** The bytes of a text in UTF-8, one per character, as a parser of HTTP delivers them. */
export function wire(text: string): string {
  return Buffer.from(text).toString('latin1')
}

/** Headers as a client holds them, as the list that a server receives. */
export function rawHeadersOf(headers: Readonly<Record<string, string | number>>): string[] {
  return Object.entries(headers).flatMap(([name, value]) => [name, wire(String(value))])
}
