import type { AskedValue } from './question.ts'

/**
 * The keys that may hold more than one value, in lower case: those that the lists of AWS call multivalued, however many values a
 * request has for them (aws:TagKeys with one tag is still a set; observed).
 */
const MULTIVALUED = new Set(
  [
    'aws:CalledVia',
    'aws:PrincipalOrgPaths',
    'aws:PrincipalServiceNamesList',
    'aws:ResourceOrgPaths',
    'aws:SourceOrgPaths',
    'aws:TagKeys',
    'aws:VpceOrgPaths',
    'sts:RequestContextProviders',
    'sts:TransitiveTagKeys',
  ].map((key) => key.toLowerCase()),
)

/** The values of a request by their keys' names in lower case. */
export type Context = ReadonlyMap<string, AskedValue>

/** Names of keys are compared without regard to case. */
export function readContext(source: Readonly<Record<string, AskedValue>>): Context {
  return new Map(Object.entries(source).map(([key, value]) => [foldCase(key), value]))
}

/** The key holds a set: it is one that can, or the request gives a list all the same. */
export function isSet(context: Context, key: string): boolean {
  const name = foldCase(key)
  return MULTIVALUED.has(name) || Array.isArray(context.get(name))
}

/** The values of a key; nothing when it is absent, or an empty list, which no request can carry. */
export function contextValues(context: Context, key: string): readonly string[] | undefined {
  const value = context.get(foldCase(key))
  if (typeof value === 'string') return [value]
  return value === undefined || value.length === 0 ? undefined : value
}

/** Letters of ASCII only: `K` (Kelvin) is not `k` in the name of an action or of a key. */
export function foldCase(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
}
