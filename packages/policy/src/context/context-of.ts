import { lowerCaseAscii } from '../ascii.ts'
import type { ContextValue, RequestContext } from './request-context.ts'

/** A context of values that are known beforehand, with keys in any case. Of keys that differ only in case the last one counts. */
export function contextOf(values: Readonly<Record<string, ContextValue | undefined>>): RequestContext {
  const byKey = new Map(Object.entries(values).map(([key, value]) => [lowerCaseAscii(key), value]))
  return { get: (lowerCaseKey) => byKey.get(lowerCaseKey) }
}
