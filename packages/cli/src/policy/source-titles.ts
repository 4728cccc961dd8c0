import type { DecisionSource } from '@iamd/policy'

/** The kinds of policy as AWS's documentation calls them. */
export const sourceTitles: Readonly<Record<DecisionSource, string>> = {
  identity: 'identity-based policies',
  boundary: 'permissions boundary',
  session: 'session policies',
  serviceControl: 'service control policies',
  resourceControl: 'resource control policies',
  resource: 'resource-based policy',
  trust: 'role trust policy',
  endpoint: 'VPC endpoint policy',
  root: 'root user',
}

/** A kind of policy, and which level of it. */
export function titleOfSource({
  source,
  level,
}: {
  readonly source: DecisionSource
  readonly level: number | undefined
}): string {
  return level === undefined ? sourceTitles[source] : `${sourceTitles[source]}, level ${level + 1}`
}

/** Every kind of policy that can decide. */
export const decisionSources = [
  'identity',
  'boundary',
  'session',
  'serviceControl',
  'resourceControl',
  'resource',
  'trust',
  'endpoint',
  'root',
] as const satisfies readonly DecisionSource[]
