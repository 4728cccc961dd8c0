// As a whole, so that tests can stop its clock.
import timers from 'node:timers/promises'

import { Failure, reasonOf } from '../failure.ts'
import { localEndpointUrl, type Target } from '../target.ts'
import { CallFailure } from './account-api.ts'

/** One operation to call: its name, and whether it changes anything. */
export type Call = { readonly operation: string; readonly isWrite: boolean }

/**
 * Makes a call and says plainly how it failed. A call that certainly changed nothing is made again for some seconds
 * where waiting can help; a write whose fate is unknown never is, because a second access key or a second password
 * would be the price.
 */
export async function callPatiently<T>(call: Call, target: Target, send: () => Promise<T>): Promise<T> {
  for (const delayMs of [250, 500, 1000, 2000, 4000, 0]) {
    try {
      return await send()
    } catch (error) {
      const failure = failureOf(error, call, target)
      const isLast = delayMs === 0
      if (isLast || !(failure instanceof CallFailure) || !isWorthWaiting(failure, call, target)) throw failure
      await timers.setTimeout(delayMs)
    }
  }
  throw new Error('the last try either returned or threw')
}

function isWorthWaiting(failure: CallFailure, call: Call, target: Target): boolean {
  if (failure.outcome === 'unknown') return !call.isWrite && failure.code !== unreadableAnswer
  if (transientCodes.has(failure.code)) return true
  // AWS's reads and writes lag behind its writes: a group that was just made may not be found yet.
  return target.endpointUrl === undefined && call.isWrite && failure.code === 'NoSuchEntity'
}

/** The code of a `CallFailure` whose answer was not one of IAM's. */
export const unreadableAnswer = 'UnreadableAnswer'

const transientCodes = new Set([
  'ConcurrentModification',
  'EntityTemporarilyUnmodifiable',
  'RequestLimitExceeded',
  'Throttling',
  'TooManyRequests',
])

function failureOf(error: unknown, call: Call, target: Target): Error {
  if (!(error instanceof Error)) return new Error(reasonOf(error))
  if (error instanceof Failure) return error
  if (error.name === 'CredentialsProviderError' || error.name === 'TokenProviderError')
    return noCredentials(error, target)
  const fault = '$fault' in error ? error.$fault : undefined
  // A client fault is an answer that says no; a server fault, or a broken connection, leaves the fate open.
  if (fault === 'client') return authenticationFailure(error, target) ?? callFailure(error, call, 'refused')
  if (fault === 'server') return callFailure(error, call, 'unknown')
  return (
    unreachable(error, target) ??
    notTls(error, call, target) ??
    unreadable(error, call) ??
    callFailure(error, call, 'unknown')
  )
}

function callFailure(error: Error, { operation }: Call, outcome: CallFailure['outcome']): CallFailure {
  return new CallFailure({ operation, code: codeOf(error), outcome }, error)
}

// An answer came, and it is none of IAM's: a web page, for example.
function unreadable(error: Error, { operation }: Call): CallFailure | undefined {
  if (!('$response' in error)) return undefined
  const cause = new Error('the answer is not one of IAM; check the endpoint', { cause: error })
  return new CallFailure({ operation, code: unreadableAnswer, outcome: 'unknown' }, cause)
}

// The SDK names an error after its shape, `NoSuchEntityException`, where the wire and AWS's pages say `NoSuchEntity`.
function codeOf(error: Error): string {
  return error.name.replace(/Exception$/, '')
}

function noCredentials(error: Error, { profile }: Target): Failure {
  const message = profile === undefined ? 'no credentials were found' : `profile \`${profile}\` gives no credentials`
  return new Failure(`${message}: ${reasonOf(error)}`, {
    remedy: 'name a profile with `--profile`, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    cause: error,
  })
}

function authenticationFailure(error: Error, target: Target): Failure | undefined {
  const code = codeOf(error)
  if (!['InvalidClientTokenId', 'SignatureDoesNotMatch', 'ExpiredToken', 'UnrecognizedClient'].includes(code))
    return undefined
  return new Failure(`${nameOf(target)} does not accept the credentials: ${code}: ${reasonOf(error)}`, {
    remedy: 'give those of an administrator or the root user of this account, with `--profile` or in the environment',
    cause: error,
  })
}

function unreachable(error: Error, target: Target): Failure | undefined {
  const code = 'code' in error ? String(error.code) : ''
  if (!['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code)) return undefined
  const isLocal = target.endpointUrl === localEndpointUrl
  return new Failure(`cannot reach ${nameOf(target)}: ${reasonOf(error)}`, {
    remedy: isLocal
      ? 'start it with `iamd start`, or name another with `--endpoint-url`'
      : 'check the address and the network',
    cause: error,
  })
}

// Only for reads: that nothing was sent is certain in the handshake, and that is where the first call, a read, ends.
function notTls(error: Error, { isWrite }: Call, target: Target): Failure | undefined {
  if (isWrite || !('code' in error && error.code === 'EPROTO')) return undefined
  return new Failure(`${nameOf(target)} does not speak TLS as it should: ${reasonOf(error).trim()}`, {
    remedy: 'if it serves without TLS, its address begins with `http://`',
    cause: error,
  })
}

/** The target in words. */
export function nameOf(target: Target): string {
  return target.endpointUrl === undefined ? 'AWS' : `\`${target.endpointUrl}\``
}
