import type { ListEntitiesForPolicyRequest } from '@iamd/wire'
import { type AccountReader, pairKey, pairPrefix } from '../../account/account-tables.ts'
import { readOperation } from '../operation.ts'
import { page } from '../page.ts'
import { getPolicy, policyNotAttachable, policyResource } from './requested-policy.ts'

/** The groups and users that the policy is attached to: one page over both, groups first, in order of their ids. */
export const ListEntitiesForPolicy = readOperation('ListEntitiesForPolicy', {
  authorize: ({ PolicyArn }, view) => policyResource(view, PolicyArn),
  handle({ input }, scene) {
    const { PolicyArn: arn, EntityFilter, PathPrefix = '/', PolicyUsageFilter } = input
    const { account } = scene
    // The sentence is the one of the service of 2024; years before it was that of GetPolicy (observed).
    getPolicy(scene, { operation: 'ListEntitiesForPolicy', arn, missing: policyNotAttachable(arn) })
    const { rows, truncation } = page(scene, {
      operation: 'ListEntitiesForPolicy',
      input,
      filter: [arn, EntityFilter, PolicyUsageFilter, PathPrefix].join(' '),
      rows: (after) =>
        entitiesAfter(account, arn, after).filter(
          ({ kind, path }) => isAskedFor(kind, input) && path.startsWith(PathPrefix),
        ),
      position: ({ id }) => id,
    })
    return {
      PolicyGroups: rows.filter(isGroup).map(({ name, id }) => ({ GroupName: name, GroupId: id })),
      PolicyUsers: rows.filter(isUser).map(({ name, id }) => ({ UserName: name, UserId: id })),
      PolicyRoles: [],
      ...truncation,
    }
  },
})

interface Entity {
  readonly kind: 'Group' | 'User'
  readonly id: string
  readonly name: string
  readonly path: string
}

function isGroup({ kind }: Entity): boolean {
  return kind === 'Group'
}

function isUser({ kind }: Entity): boolean {
  return kind === 'User'
}

/** Nothing is a permissions boundary in this version, and no entity is a policy. */
function isAskedFor(kind: Entity['kind'], { EntityFilter, PolicyUsageFilter }: ListEntitiesForPolicyRequest): boolean {
  return PolicyUsageFilter !== 'PermissionsBoundary' && (EntityFilter === undefined || EntityFilter === kind)
}

/** In order of id: AGPA… before AIDA…. */
function* entitiesAfter(account: AccountReader, arn: string, after: string | undefined): Generator<Entity> {
  const range = { prefix: pairPrefix(arn), after: after === undefined ? undefined : pairKey(arn, after) }
  for (const { ownerId } of account.attachments.scanBy('policy', range)) {
    const group = account.groups.findBy('id', ownerId)
    if (group !== undefined) yield { kind: 'Group', id: ownerId, name: group.name, path: group.path }
    const user = account.users.findBy('id', ownerId)
    if (user !== undefined) yield { kind: 'User', id: ownerId, name: user.name, path: user.path }
  }
}
