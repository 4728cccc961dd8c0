import { IAMClient } from '@aws-sdk/client-iam'
import { STSClient } from '@aws-sdk/client-sts'

import { Failure, wrongUsage } from '../failure.ts'
import { isAwsHost, type Target } from '../target.ts'
import { CallFailure, type AccessKeyPair } from './account-api.ts'
import { callPatiently } from './call.ts'

/** The SDK's two clients for one target. */
export type SdkClients = { readonly iam: IAMClient; readonly sts: STSClient }

/** Makes one call on the IAM client; the name of the operation is for what is said when it fails. */
export type IamCaller = <T>(operation: string, send: (client: IAMClient) => Promise<T>) => Promise<T>

/** The two ways to call: reads are repeated when it is not known what became of them, writes are not. */
export type IamCallers = { readonly read: IamCaller; readonly write: IamCaller }

/** Clients that sign with the given key, or else as the target's profile or the environment says. */
export function openSdkClients(target: Target, key: AccessKeyPair | undefined): SdkClients {
  const settings = {
    region: target.region,
    // This program repeats calls itself, by `callPatiently`, which knows a write from a read.
    maxAttempts: 1,
    // A service that accepts a connection and never answers would else hold the command for ever.
    requestHandler: { connectionTimeout: 5000, requestTimeout: 30_000, throwOnRequestTimeout: true },
    ...(target.endpointUrl === undefined ? {} : { endpoint: target.endpointUrl }),
    // The SDK warns that keys in the environment are passed over for a profile. Where the profile was named on the
    // command line that is what was asked for; where AWS_PROFILE names it, the warning stays.
    ...(target.profile === undefined ? {} : { profile: target.profile, logger: silentLogger }),
    ...(key === undefined ? {} : { credentials: { accessKeyId: key.id, secretAccessKey: key.secret } }),
  }
  const clients = { iam: new IAMClient(settings), sts: new STSClient(settings) }
  clients.iam.middlewareStack.add(
    (next) => async (args) => {
      assertOnTarget(args.request, target)
      return next(args)
    },
    wall,
  )
  clients.sts.middlewareStack.add(
    (next) => async (args) => {
      assertOnTarget(args.request, target)
      return next(args)
    },
    wall,
  )
  return clients
}

/** The callers of the clients. */
export function iamCallers({ iam }: SdkClients, target: Target): IamCallers {
  return {
    read: (operation, send) => callPatiently({ operation, isWrite: false }, target, () => send(iam)),
    write: (operation, send) => callPatiently({ operation, isWrite: true }, target, () => send(iam)),
  }
}

/** The answer of a read, or undefined where AWS says that there is no such thing. */
export async function orUndefined<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read
  } catch (error) {
    if (error instanceof CallFailure && error.code === 'NoSuchEntity') return undefined
    throw error
  }
}

/** A member that the model calls optional and every answer has; its absence means that this is no IAM. */
export function present<T>(value: T | undefined, member: string): T {
  if (value === undefined)
    throw new Failure(`the answer lacks \`${member}\``, { remedy: 'check that the endpoint is one of IAM' })
  return value
}

const silentLogger = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore }
function ignore(): void {
  // Nothing of what the SDK logs about its calls is for the person at the terminal.
}

const wall = { step: 'finalizeRequest', priority: 'low', name: 'targetWall' } as const

// INVARIANT (target): with `--aws` every request goes to AWS, and without it none does. The SDK reads endpoints from
// environment and profile on its own, so this is checked on the request that is about to leave.
function assertOnTarget(request: unknown, target: Target): void {
  const hostname = hostnameOf(request)
  if (isAwsHost(hostname) === (target.endpointUrl === undefined)) return
  throw wrongUsage(
    target.endpointUrl === undefined
      ? `\`--aws\` was given, but an endpoint in the environment or the profile leads to \`${hostname}\``
      : `the call would go to AWS at \`${hostname}\``,
    target.endpointUrl === undefined ? 'unset AWS_ENDPOINT_URL, or name another profile' : 'say so with `--aws`',
  )
}

function hostnameOf(request: unknown): string {
  const isRequest = typeof request === 'object' && request !== null && 'hostname' in request
  return isRequest && typeof request.hostname === 'string' ? request.hostname : ''
}
