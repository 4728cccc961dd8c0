import { contextKeys, lowerCaseAscii } from '@iamd/policy'
import type { GivenContext } from './simulated-context.ts'
import type { SimulatedPolicy } from './simulated-policy.ts'

/** Names that a policy writes for `*`, `?` and `$` themselves. */
const ESCAPES: ReadonlySet<string> = new Set(['*', '?', '$'])

/**
 * The condition keys that the policies ask for and the request does not give, in order, each spelling once. Observed: of every statement,
 * whether or not its action and resource match; also those that the simulator supplies by itself, and those with a default.
 */
export function missingKeys(policies: readonly SimulatedPolicy[], given: GivenContext): readonly string[] {
  const keys = policies.flatMap(({ document }) => contextKeys(document))
  const missing = keys.filter((key) => !ESCAPES.has(key) && !given.has(lowerCaseAscii(key)))
  return [...new Set(missing)].toSorted()
}
