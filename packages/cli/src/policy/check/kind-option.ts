import { parsePolicy, type PolicyDocument, type PolicyKind } from '@iamd/policy'
import { InvalidArgumentError } from 'commander'

/** What is typed for a kind of policy. */
const kinds: Readonly<Record<string, PolicyKind>> = {
  identity: 'identity',
  managed: 'managed',
  boundary: 'boundary',
  session: 'session',
  trust: 'trust',
  resource: 'resource',
  endpoint: 'endpoint',
  scp: 'serviceControl',
  rcp: 'resourceControl',
}

export const kindNames: readonly string[] = Object.keys(kinds)

/** Throws commander's error for what is no kind. */
export function parseKind(name: string): PolicyKind {
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
  if (kind !== undefined) return kind
  throw new InvalidArgumentError(`Allowed choices are ${kindNames.join(', ')}.`)
}

/** The name that is typed for it. */
export function kindName(kind: PolicyKind): string {
  return kindNames.find((name) => kinds[name] === kind) ?? kind
}

/**
 * What a policy looks like: one with principals is a role's trust policy if it has no resources, and else a resource's; one
 * without is an identity's. Control policies look like one or the other, and have to be said.
 */
export function likelyKind(text: string): PolicyKind {
  const parsed = parsePolicy(text)
  const elements = parsed.ok ? elementsOf(parsed.document) : new Set(text.match(/"(?:Not)?(?:Principal|Resource)"/g))
  if (!elements.has('"Principal"') && !elements.has('"NotPrincipal"')) return 'identity'
  return elements.has('"Resource"') || elements.has('"NotResource"') ? 'resource' : 'trust'
}

/** As they stand in the text, where the document cannot be read. */
function elementsOf({ statements }: PolicyDocument): ReadonlySet<string> {
  return new Set(
    statements.flatMap(({ principal, resource }) => [principal, resource].map((element) => `"${element?.name ?? ''}"`)),
  )
}
