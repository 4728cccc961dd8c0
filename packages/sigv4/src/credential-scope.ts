import { invalidClientToken, SignatureFault } from './signature-fault.ts'

/** Date, region and service that a signing key is bound to. */
export interface CredentialScope {
  /** YYYYMMDD. */
  readonly date: string
  readonly region: string
  readonly service: string
}

const TERMINATOR = 'aws4_request'
// The published model allows 16 to 128 word characters; AWS issues upper-case letters and digits only.
const ACCESS_KEY_ID = /^[A-Z0-9]{16,128}$/
const SCOPE_NAME = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,127}$/

/** The scope as it stands in the string to sign and, after the access key id, in a Credential. */
export function scopeText(scope: CredentialScope): string {
  return `${scope.date}/${scope.region}/${scope.service}/${TERMINATOR}`
}

/** An access key id, not yet looked up, and the scope that it is presented for. */
export interface ScopedCredential {
  readonly accessKeyId: string
  readonly scope: CredentialScope
}

// A client presents the same credential all day.
const KNOWN_MAX = 1000
const known = new Map<string, ScopedCredential>()

/** The parts of `keyid/date/region/service/aws4_request`; throws AWS's faults for any other form and for a date that is not the request's. */
export function parseCredential(credential: string, amzDate: string): ScopedCredential {
  const kept = known.get(credential)
  if (kept !== undefined && amzDate.startsWith(kept.scope.date)) return kept
  const parsed = parseAnew(credential, amzDate)
  if (known.size >= KNOWN_MAX) known.clear()
  known.set(credential, parsed)
  return parsed
}

function parseAnew(credential: string, amzDate: string): ScopedCredential {
  const [accessKeyId, date, region, service, terminator, ...rest] = credential.split('/')
  if (
    accessKeyId === undefined ||
    date === undefined ||
    region === undefined ||
    service === undefined ||
    terminator === undefined ||
    rest.length > 0
  ) {
    throw new SignatureFault(
      'IncompleteSignature',
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    )
  }
  assertScope({ date, region, service }, terminator, amzDate)
  if (!ACCESS_KEY_ID.test(accessKeyId)) throw invalidClientToken()
  return { accessKeyId, scope: { date, region, service } }
}

// The service and region that are expected here are known to `verify` alone; this is what is wrong everywhere.
function assertScope(scope: CredentialScope, terminator: string, amzDate: string): void {
  const wrong: string[] = []
  if (!SCOPE_NAME.test(scope.region)) {
    wrong.push(`Credential should be scoped to a valid region, not '${scope.region}'.`)
  }
  if (!SCOPE_NAME.test(scope.service)) wrong.push('Credential should be scoped to correct service.')
  if (terminator !== TERMINATOR) {
    wrong.push(`Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'.`)
  }
  const requestDate = amzDate.slice(0, 8)
  if (scope.date !== requestDate) {
    wrong.push(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${requestDate}', from '${amzDate}'.`,
    )
  }
  if (wrong.length > 0) throw new SignatureFault('SignatureDoesNotMatch', wrong.join(' '))
}
