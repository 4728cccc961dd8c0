import type { Finding } from '../finding.ts'
import type { PolicyKind } from '../document/policy-kind.ts'
import { policySizeWithoutWhitespace } from '../document/policy-size.ts'

/**
 * AWS's answer to a text that is too long for its kind, if it is. Quotas that an account may raise are at their defaults.
 * Inline policies have a quota for all of an identity's together, and the services that keep policies of resources have their
 * own: neither is known here.
 */
export function sizeFinding(text: string, kind: PolicyKind): Finding | undefined {
  const limit = LIMITS[kind]
  if (limit === undefined) return undefined
  const { sizeMax, countsWhitespace, message } = limit
  const size = countsWhitespace ? text.length : policySizeWithoutWhitespace(text)
  if (size <= sizeMax) return undefined
  const counted = countsWhitespace ? 'characters' : 'characters other than white space'
  const detail = `the document has ${size} ${counted}, and may have ${sizeMax}`
  return { code: 'TooLarge', severity: 'error', message, detail, line: 1, column: 1, path: '' }
}

interface Limit {
  readonly sizeMax: number
  readonly countsWhitespace: boolean
  readonly message: string
}

const MANAGED: Limit = {
  sizeMax: 6_144,
  countsWhitespace: false,
  message: 'Cannot exceed quota for PolicySize: 6144',
}
/** What Organizations was seen to say; white space counts (Organizations User Guide, "SCP syntax"). */
const ORGANIZATIONS = { countsWhitespace: true, message: 'You have exceeded the maximum policy size.' } as const

const LIMITS: Readonly<Record<PolicyKind, Limit | undefined>> = {
  identity: undefined,
  managed: MANAGED,
  boundary: MANAGED,
  session: {
    sizeMax: 2_048,
    countsWhitespace: true,
    message:
      "1 validation error detected: Value at 'policy' failed to satisfy constraint: Member must have length less than or equal to 2048",
  },
  trust: { sizeMax: 2_048, countsWhitespace: false, message: 'Cannot exceed quota for ACLSizePerRole: 2048' },
  resource: undefined,
  // The limit is of the VPC User Guide, "Amazon VPC quotas"; the sentence is ours.
  endpoint: { sizeMax: 20_480, countsWhitespace: true, message: 'The Policy Document is not valid. It is too long.' },
  // 5,120 until May 2026.
  serviceControl: { ...ORGANIZATIONS, sizeMax: 10_240 },
  resourceControl: { ...ORGANIZATIONS, sizeMax: 5_120 },
}
