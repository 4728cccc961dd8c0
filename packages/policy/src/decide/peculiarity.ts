/** What services do otherwise than the policy language says, by action. */
import { lowerCaseAscii } from '../ascii.ts'
import { assertText } from '../assert-answer.ts'

export interface Peculiarity {
  /** Whoever is authenticated may, whatever any policy says, an explicit deny included. */
  readonly needsNoPermission: boolean
  readonly isExemptFromResourceControl: boolean
}

/** Anonymous callers are asked as for any other action. */
const NO_PERMISSION: Peculiarity = { needsNoPermission: true, isExemptFromResourceControl: false }

/** By action in lower case. */
const PECULIARITIES: ReadonlyMap<string, Peculiarity> = new Map([
  // STS API reference, GetCallerIdentity: "No permissions are required", and "you can still perform it" when a policy denies it.
  ['sts:getcalleridentity', NO_PERMISSION],
  // STS API reference, GetSessionToken: "You cannot use policies to control authentication operations."
  ['sts:getsessiontoken', NO_PERMISSION],
  // Organizations User Guide, "Resource control policies": RCPs do not restrict kms:RetireGrant.
  ['kms:retiregrant', { needsNoPermission: false, isExemptFromResourceControl: true }],
])

const NONE: Peculiarity = { needsNoPermission: false, isExemptFromResourceControl: false }
const COLON = 0x3a
const LOWER_CASE = 0x20
const FIRST_UNITS: ReadonlySet<number> = new Set([...PECULIARITIES.keys()].map((action) => action.charCodeAt(0)))

/** The action may be in any case. */
export function peculiarityOf(action: string): Peculiarity {
  // All services in the table have three letters, which spares nearly every action the look-up.
  if (action.charCodeAt(3) !== COLON || !FIRST_UNITS.has(action.charCodeAt(0) | LOWER_CASE)) return NONE
  const folded = lowerCaseAscii(action)
  assertText(folded)
  return PECULIARITIES.get(folded) ?? NONE
}
