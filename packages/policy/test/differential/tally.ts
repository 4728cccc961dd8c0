import type { Question } from '../../reference/question.ts'

/** How many questions had each thing: by heading, then by name. */
export type Tally = Record<string, Record<string, number>>

/** Counts one more, or `times` more. */
export function count(tally: Tally, [heading, name]: Thing, times = 1): void {
  const names = (tally[heading] ??= {})
  names[name] = (names[name] ?? 0) + times
}

/** Counts what the policies of a question hold: kinds, pairs of kinds, operators, qualifiers, principals, complements. */
export function countPolicies(
  tally: Tally,
  { policies, resourcePolicyKind = 'grants' }: Question,
  times: number,
): void {
  const kinds = Object.keys(policies)
  count(tally, ['kind of resource policy', 'resource' in policies ? resourcePolicyKind : 'none'], times)
  for (const [at, kind] of kinds.entries()) {
    count(tally, ['kind of policy', kind], times)
    for (const other of kinds.slice(at + 1)) count(tally, ['pair of kinds', `${kind} + ${other}`], times)
  }
  // What stands twice in the policies is counted once.
  const things = new Map(thingsIn(policies).map((thing) => [thing.join(': '), thing]))
  for (const thing of things.values()) count(tally, thing, times)
}

type Thing = readonly [heading: string, name: string]

function thingsIn(value: unknown): Thing[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => thingsIn(item))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) => {
    if (key === 'Condition') return operatorsIn(part)
    if (key === 'Principal' || key === 'NotPrincipal') return principalsIn(key, part)
    if (key === 'Version') return [['version', String(part)] as const]
    if (key.startsWith('Not')) return [['complement', key] as const]
    return thingsIn(part)
  })
}

function operatorsIn(condition: unknown): Thing[] {
  if (typeof condition !== 'object' || condition === null) return []
  return Object.keys(condition).flatMap((operator) => {
    const [, qualifier = 'none', name = '', ifExists = ''] = /^(?:(For\w+):)?(.*?)(IfExists)?$/.exec(operator) ?? []
    return [
      ['operator', name],
      ['qualifier', `${qualifier}${ifExists && ' IfExists'}`],
      ['operator with qualifier', operator],
    ]
  })
}

function principalsIn(element: string, principal: unknown): Thing[] {
  if (typeof principal !== 'object' || principal === null) return [['principal', `${element} *`]]
  return Object.entries(principal).flatMap(([kind, names]: [string, unknown]) =>
    [names].flat().map((name): Thing => ['principal', `${element} ${kind} ${formOf(String(name))}`]),
  )
}

/** What a name looks like, without the name. */
function formOf(name: string): string {
  const [, form = name] = /^arn:aws:(?:iam|sts)::\d+:([\w-]+)/.exec(name) ?? []
  return form
    .replace(/^\d{12}$/, 'account')
    .replace(/^(AIDA|AROA).*/, '$1')
    .replace(/^[0-9a-f]{64}$/, 'id')
}
