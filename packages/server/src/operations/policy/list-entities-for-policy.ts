import type { ListEntitiesForPolicyRequest } from '@iamd/wire'
import type { AccountReader } from '../../account/account-tables.ts'
import { attachedIds, boundedUserIds, mergeIds } from '../../account/used-policies.ts'
import { readOperation } from '../operation.ts'
import { page } from '../page.ts'
import { getPolicy, policyNotAttachable, policyResource } from './requested-policy.ts'

/** The groups and users that the policy is attached to or limits: one page over both, groups first, in order of their ids. */
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
        entitiesAfter(account, input, after).filter(
          ({ kind, path }) => (EntityFilter === undefined || EntityFilter === kind) && path.startsWith(PathPrefix),
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

/** In order of id: AGPA… before AIDA…. */
function* entitiesAfter(
  account: AccountReader,
  { PolicyArn: arn, PolicyUsageFilter: usage }: ListEntitiesForPolicyRequest,
  after: string | undefined,
): Generator<Entity> {
  const attached = usage === 'PermissionsBoundary' ? [] : attachedIds(account, arn, after)
  const bounded = usage === 'PermissionsPolicy' ? [] : boundedUserIds(account, arn, after)
  for (const id of mergeIds(attached, bounded)) {
    const group = account.groups.findBy('id', id)
    if (group !== undefined) yield { kind: 'Group', id, name: group.name, path: group.path }
    const user = account.users.findBy('id', id)
    if (user !== undefined) yield { kind: 'User', id, name: user.name, path: user.path }
  }
}
