/**
 * Which condition keys have many values. The catalogue decides, not the request: a multi-valued key with one value is
 * still multi-valued, and never matches an operator without ForAllValues or ForAnyValue.
 */
import { MULTIVALUED_KEYS, MULTIVALUED_KEY_PATTERNS } from '../generated/multivalued-keys.ts'

/** Global keys, checked by hand against the IAM User Guide's "AWS global condition context keys": "Multivalued". */
const GLOBAL_KEYS: readonly string[] = [
  'aws:calledvia',
  'aws:principalorgpaths',
  'aws:principalservicenameslist',
  'aws:resourceorgpaths',
  'aws:sourceorgpaths',
  'aws:tagkeys',
  'aws:vpceorgpaths',
]

const KEYS: ReadonlySet<string> = new Set([...GLOBAL_KEYS, ...MULTIVALUED_KEYS])

/** An OpenID Connect provider's `amr` lists the ways in which the user signed in (RFC 8176). */
const AMR = ':amr'

/** `key` is in lower case. */
export function isMultivaluedKey(key: string): boolean {
  // No service says for itself whether a global key has many values.
  if (key.startsWith('aws:')) return KEYS.has(key)
  if (KEYS.has(key) || key.endsWith(AMR)) return true
  return MULTIVALUED_KEY_PATTERNS.some(
    ({ prefix, suffix }) =>
      key.length > prefix.length + suffix.length && key.startsWith(prefix) && key.endsWith(suffix),
  )
}
