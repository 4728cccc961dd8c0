import type { ListEntitiesForPolicyRequest } from '@iamd/wire'
import type { AccountReader } from '../../account/account-tables.ts'
import { attachedIds, boundedIds, mergeIds } from '../../account/policy/used-policies.ts'
import { readOperation } from '../operation.ts'
import { page } from '../page.ts'
import { getPolicy, policyNotAttachable, policyResource } from './requested-policy.ts'

/** The groups, users and roles that the policy is attached to or limits: one page over all, in this order and that of their ids. */
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
      PolicyGroups: ofKind(rows, 'Group').map(({ name, id }) => ({ GroupName: name, GroupId: id })),
      PolicyUsers: ofKind(rows, 'User').map(({ name, id }) => ({ UserName: name, UserId: id })),
      PolicyRoles: ofKind(rows, 'Role').map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      ...truncation,
    }
  },
})

interface Entity {
  readonly kind: 'Group' | 'User' | 'Role'
  readonly id: string
  readonly name: string
  readonly path: string
}

function ofKind(entities: readonly Entity[], wanted: Entity['kind']): readonly Entity[] {
  return entities.filter(({ kind }) => kind === wanted)
}

/** In order of id: AGPA… before AIDA… before AROA…. */
function* entitiesAfter(
  account: AccountReader,
  { PolicyArn: arn, PolicyUsageFilter: usage }: ListEntitiesForPolicyRequest,
  after: string | undefined,
): Generator<Entity> {
  const attached = usage === 'PermissionsBoundary' ? [] : attachedIds(account, arn, after)
  const bounded = usage === 'PermissionsPolicy' ? [] : boundedIds(account, arn, after)
  for (const id of mergeIds(attached, bounded)) {
    const group = account.groups.findBy('id', id)
    if (group !== undefined) yield { kind: 'Group', id, name: group.name, path: group.path }
    const user = account.users.findBy('id', id)
    if (user !== undefined) yield { kind: 'User', id, name: user.name, path: user.path }
    const role = account.roles.findBy('id', id)
    if (role !== undefined) yield { kind: 'Role', id, name: role.name, path: role.path }
  }
}
