/** Every way in which the signature of one call can be bad, and what AWS answers to it. */
import assert from 'node:assert/strict'
import type { Credentials, HttpRequest, SigningOptions } from '@iamd/sigv4'
import type { World } from './world.ts'

/** Signs a call; where the signature stands is its matter. */
export type Build = (credentials: Credentials, options: SigningOptions) => HttpRequest

/** AWS's code, as services with the query protocol spell it. */
export type Code = 'MissingAuthenticationToken' | 'SignatureDoesNotMatch' | 'InvalidClientTokenId'

export interface BadCall {
  readonly what: string
  readonly code: Code
  readonly message: RegExp
  readonly call: HttpRequest
}

/** Of users who may do everything. */
export interface Keys {
  readonly caller: Credentials
  readonly inactive: Credentials
}

export async function keysOf(world: World): Promise<Keys> {
  const everything = { Effect: 'Allow', Action: '*', Resource: '*' } as const
  const caller = await world.createUser('Caller', everything)
  const inactive = await world.createUser('Inactive', everything)
  await world.change(({ accessKeys }) => {
    const key = accessKeys.find(inactive.accessKeyId)
    assert(key !== undefined)
    accessKeys.put({ ...key, status: 'Inactive' })
  })
  return { caller, inactive }
}

const UNKNOWN = /^The security token included in the request is invalid\.$/
const WRONG_SERVICE = /^Credential should be scoped to correct service: '(?:iam|sts|iamd)'\.$/
const MISMATCH = /^The request signature we calculated does not match the signature you provided\./

export function badCalls(build: Build, { caller, inactive }: Keys, options: SigningOptions): BadCall[] {
  const at = (minutes: number): SigningOptions => ({
    ...options,
    now: new Date(options.now.getTime() + minutes * 60_000),
  })
  const forS3 = { ...options, service: { service: 's3' } }
  const unknownKey = { ...caller, accessKeyId: 'AKIA2OAHZ37VNOSUCHKE' }
  const wrongSecret = { ...caller, secretAccessKey: `${caller.secretAccessKey}x` }
  const withToken = { ...caller, sessionToken: 'FwoGZXIvYXdzEXAMPLETOKEN' }
  const good = build(caller, options)
  const table: readonly (readonly [string, Code, RegExp, HttpRequest])[] = [
    ['no signature', 'MissingAuthenticationToken', /^Request is missing Authentication Token$/, unsigned(good)],
    ['wrong secret', 'SignatureDoesNotMatch', MISMATCH, build(wrongSecret, options)],
    ['signature bent', 'SignatureDoesNotMatch', MISMATCH, bent(good)],
    ['unknown key', 'InvalidClientTokenId', UNKNOWN, build(unknownKey, options)],
    ['inactive key', 'InvalidClientTokenId', UNKNOWN, build(inactive, options)],
    ['expired', 'SignatureDoesNotMatch', /^Signature expired: /, build(caller, at(-16))],
    ['not yet current', 'SignatureDoesNotMatch', /^Signature not yet current: /, build(caller, at(6))],
    ['another service', 'SignatureDoesNotMatch', WRONG_SERVICE, build(caller, forS3)],
    ['token on a long-term key', 'InvalidClientTokenId', UNKNOWN, build(withToken, options)],
  ]
  return table.map(([what, code, message, call]) => ({ what, code, message, call }))
}

/** The same call without anything that a signature consists of. */
function unsigned(call: HttpRequest): HttpRequest {
  const rawHeaders = call.rawHeaders.flatMap((name, at) =>
    at % 2 === 0 && name !== 'Authorization' ? [name, call.rawHeaders[at + 1] ?? ''] : [],
  )
  return { ...call, rawHeaders, target: call.target.replace(/[?&]X-Amz-Algorithm=.*$/, '') }
}

/** The last digit of the signature is another one. */
function bent(call: HttpRequest): HttpRequest {
  const bend = (text: string): string =>
    text.replace(/(Signature=[0-9a-f]{63})(.)$/, (_, kept: string, last) => kept + (last === '0' ? '1' : '0'))
  return { ...call, target: bend(call.target), rawHeaders: call.rawHeaders.map(bend) }
}
