/** Clients of the AWS SDK for a started server. */
import { IAMClient } from '@aws-sdk/client-iam'
import { STSClient } from '@aws-sdk/client-sts'
import { textOf } from './iamd-process.ts'

/** Signs with the `accessKeyId` and `secretAccessKey` of the value, such as the object that a command printed. */
export function iamOf(url: string, key: unknown): IAMClient {
  return new IAMClient(settings(url, key))
}

export function stsOf(url: string, key: unknown): STSClient {
  return new STSClient(settings(url, key))
}

function settings(
  url: string,
  key: unknown,
): {
  readonly endpoint: string
  readonly region: string
  readonly maxAttempts: number
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
} {
  const credentials = { accessKeyId: textOf(key, 'accessKeyId'), secretAccessKey: textOf(key, 'secretAccessKey') }
  return { endpoint: url, region: 'us-east-1', maxAttempts: 1, credentials }
}
