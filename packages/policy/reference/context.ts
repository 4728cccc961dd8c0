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

/** The key holds a set: it is one that can, or the request gives a list all the same. Names of keys are compared without regard to case. */
export function isSet(context: Readonly<Record<string, AskedValue>>, key: string): boolean {
  return MULTIVALUED.has(foldCase(key)) || Array.isArray(contextValue(context, key))
}

/** The values of a key; nothing when it is absent, or an empty list, which no request can carry. */
export function contextValues(
  context: Readonly<Record<string, AskedValue>>,
  key: string,
): readonly string[] | undefined {
  const value = contextValue(context, key)
  if (value === undefined || value.length === 0) return value === '' ? [''] : undefined
  return typeof value === 'string' ? [value] : value
}

/** Letters of ASCII only: `K` (Kelvin) is not `k` in the name of an action or of a key. */
export function foldCase(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/** As the request has it. */
export function contextValue(context: Readonly<Record<string, AskedValue>>, key: string): AskedValue | undefined {
  const wanted = foldCase(key)
  return Object.entries(context).find(([name]) => foldCase(name) === wanted)?.[1]
}
