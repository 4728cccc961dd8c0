import type { AskedValue } from './question.ts'

/**
 * The keys that may hold more than one value, in lower case: those that the lists of AWS call multivalued. All others hold one,
 * whatever a request says (aws:TagKeys with one tag is still a set; observed).
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

/** Names of keys are compared without regard to case. */
export function isMultivalued(key: string): boolean {
  return MULTIVALUED.has(foldCase(key))
}

/** The values of a key; nothing when it is absent, or an empty list, which no request can carry. */
export function contextValues(
  context: Readonly<Record<string, AskedValue>>,
  key: string,
): readonly string[] | undefined {
  const wanted = foldCase(key)
  for (const [name, value] of Object.entries(context)) {
    if (foldCase(name) !== wanted) continue
    const values = typeof value === 'string' ? [value] : value
    return values.length === 0 ? undefined : values
  }
  return undefined
}

/** Letters of ASCII only: `K` (Kelvin) is not `k` in the name of an action or of a key. */
export function foldCase(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
}
