import type { CredentialScope } from './credential-scope.ts'
import { hmacSha256 } from './hmac-sha256.ts'

/**
 * The key of one secret for one day, region and service (AWS: "Create a signed AWS API request", step 4); it can be kept for as long as
 * the secret is valid. An empty secret is refused with an Error: its key would be known to everybody.
 */
export function deriveSigningKey(secretAccessKey: string, scope: CredentialScope): Uint8Array {
  if (secretAccessKey.length === 0) throw new Error('the secret access key is empty')
  const dateKey = hmacSha256(Buffer.from(`AWS4${secretAccessKey}`), scope.date)
  const regionKey = hmacSha256(dateKey, scope.region)
  const serviceKey = hmacSha256(regionKey, scope.service)
  return hmacSha256(serviceKey, 'aws4_request')
}
