import { unsupportedAlgorithm } from './authorization-header.ts'
import type { QueryParameter } from './query.ts'
import { SignatureFault } from './signature-fault.ts'

// In the order in which AWS lists those that are missing; the last two may be absent.
const PARAMETERS = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Signature',
  'X-Amz-SignedHeaders',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-Security-Token',
] as const
const OPTIONAL: readonly string[] = ['X-Amz-Expires', 'X-Amz-Security-Token']
const LOWER_CASE_NAMES: readonly string[] = PARAMETERS.map((name) => name.toLowerCase())
const EXPIRES = /^[1-9]\d{0,5}$/
const EXPIRES_SECONDS_MAX = 604_800

/** The authentication parameters of a presigned request, decoded. */
export interface PresignedParameters {
  readonly credential: string
  readonly signature: string
  readonly signedHeaders: string
  readonly amzDate: string
  readonly expiresSeconds: number | undefined
  readonly sessionToken: string | undefined
}

/** The first parameter that takes part in authentication, in any letter case; undefined where the query has none. */
export function findAuthenticationParameter(parameters: readonly QueryParameter[]): string | undefined {
  return parameters.find(({ name }) => LOWER_CASE_NAMES.includes(name.toLowerCase()))?.name
}

/** The authentication parameters of a query that has some; throws where one is missing, repeated, misspelt or out of range. */
export function parsePresigned(parameters: readonly QueryParameter[]): PresignedParameters {
  const values = authenticationValues(parameters)
  // A query without the algorithm is to AWS one without authentication, whatever else it has.
  if (!values.has('X-Amz-Algorithm')) {
    throw new SignatureFault('MissingAuthenticationToken', 'Request is missing Authentication Token')
  }
  const missing = PARAMETERS.filter((name) => !OPTIONAL.includes(name) && (values.get(name) ?? '') === '')
  if (missing.length > 0) {
    throw reexamine(missing.map((name) => `AWS query-string parameters must include '${name}'.`).join(' '))
  }
  const algorithm = values.get('X-Amz-Algorithm') ?? ''
  if (algorithm !== 'AWS4-HMAC-SHA256') throw unsupportedAlgorithm(algorithm)
  return {
    credential: values.get('X-Amz-Credential') ?? '',
    signature: values.get('X-Amz-Signature') ?? '',
    signedHeaders: values.get('X-Amz-SignedHeaders') ?? '',
    amzDate: values.get('X-Amz-Date') ?? '',
    expiresSeconds: parseExpires(values.get('X-Amz-Expires')),
    sessionToken: values.get('X-Amz-Security-Token'),
  }
}

// Names are case-sensitive; one that differs in case only is refused rather than skipped, because what reads the query
// afterwards may take it for the other (aws-iam-authenticator CVE-2022-2385).
function authenticationValues(parameters: readonly QueryParameter[]): Map<string, string> {
  const values = new Map<string, string>()
  for (const { name, value } of parameters) {
    const known = PARAMETERS[LOWER_CASE_NAMES.indexOf(name.toLowerCase())]
    if (known === undefined) continue
    if (known !== name) throw reexamine(`AWS query-string parameter '${name}' must be written '${known}'.`)
    if (values.has(name)) throw reexamine(`AWS query-string parameters must include '${name}' only once.`)
    values.set(name, value)
  }
  return values
}

// IAM and STS do not look at X-Amz-Expires (observed); a value that could not be meant is refused all the same.
function parseExpires(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const seconds = EXPIRES.test(text) ? Number(text) : 0
  if (seconds === 0 || seconds > EXPIRES_SECONDS_MAX) {
    throw reexamine("AWS query-string parameter 'X-Amz-Expires' must be a whole number of seconds from 1 to 604800.")
  }
  return seconds
}

function reexamine(sentence: string): SignatureFault {
  return new SignatureFault('IncompleteSignature', `${sentence} Re-examine the query-string parameters.`)
}
