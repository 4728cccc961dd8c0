/** The policies that a user, group or role has stored, as simulations name them. */
import type { Fault } from '@iamd/wire'
import {
  type EntityPolicy,
  findBoundary,
  policiesOf,
  type PolicyOwner,
  UnreadablePolicy,
} from '../../catalogue/entity-policies.ts'
import type { ReadScene } from '../scene.ts'
import type { PolicyExclusion } from './policy-exclusion.ts'
import type { StoredPolicies } from './simulate-policy.ts'
import { readSimulated, type SimulatedPolicy, type SourceType } from './simulated-policy.ts'

type StoredScene = Pick<ReadScene<'SimulatePrincipalPolicy'>, 'accountId' | 'image'> & {
  readonly error: (code: 'PolicyEvaluation', message: string) => Fault
}

/** Throws PolicyEvaluation when one cannot be read: whoever it applies to is denied everything, and no simulation could say why. */
export function storedPolicies(
  { image, accountId, error }: StoredScene,
  owner: PolicyOwner,
  { excludesPolicy, excludesBoundary }: PolicyExclusion,
): StoredPolicies {
  try {
    const policies = policiesOf(image, accountId, owner).filter((policy) => !excludesPolicy(policy))
    const boundary = excludesBoundary ? undefined : findBoundary(image, owner)
    return {
      owner,
      policies: policies.map((policy) => read(policy, 'IAM Policy')).toArray(),
      boundary: boundary === undefined ? undefined : read(boundary, 'Permissions Boundary Policy'),
    }
  } catch (failure) {
    if (!(failure instanceof UnreadablePolicy)) throw failure
    throw error('PolicyEvaluation', 'A policy of the specified IAM entity could not be successfully evaluated.')
  }
}

function read(policy: EntityPolicy, type: SourceType): SimulatedPolicy {
  const source = { id: sourceIdOf(policy), type }
  const simulated = readSimulated(policy.document, { arn: policy.arn, attachedTo: policy.owner.arn, source })
  if (simulated === undefined) throw new UnreadablePolicy(`\`${policy.name}\` attached to \`${policy.owner.arn}\``)
  return simulated
}

/** Observed: an inline policy with its owner, a managed one by its name alone. */
function sourceIdOf({ kind, name, owner }: EntityPolicy): string {
  return kind === 'inline' ? `${owner.kind}_${owner.name}_${name}` : name
}
