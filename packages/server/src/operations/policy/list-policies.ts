import type { ListPoliciesRequest } from '@iamd/wire'
import { type AccountReader, nameKey } from '../../account/account-tables.ts'
import { policyArn } from '../../account/arns.ts'
import { isAttached, isBoundary } from '../../account/policy/used-policies.ts'
import { type AwsManagedPolicy, listAwsManagedPolicies } from '../../catalogue/aws-managed-policies.ts'
import type { ManagedPolicy } from '../../catalogue/managed-policy.ts'
import { readOperation } from '../operation.ts'
import { page } from '../page.ts'
import { managedPolicyArn, policyView } from './policy-view.ts'

/** The account's own policies, then AWS's, each in order of name, ignoring case. */
export const ListPolicies = readOperation('ListPolicies', {
  // A denial on AWS reads `on resource: policy path /`: the prefix that is asked for (github.com/aws/aws-sam-cli/issues/394).
  authorize: ({ PathPrefix = '/' }, { accountId }) => ({ resource: policyArn(accountId, PathPrefix, '') }),
  handle({ input }, scene) {
    const { account, accountId } = scene
    const { Scope = 'All', PathPrefix = '/', OnlyAttached = false, PolicyUsageFilter } = input
    const { rows, truncation } = page(scene, {
      operation: 'ListPolicies',
      input,
      filter: [Scope, OnlyAttached, PolicyUsageFilter, PathPrefix].join(' '),
      rows: (after) =>
        policiesAfter(account, Scope, after).filter(
          (managed) =>
            managed.policy.path.startsWith(PathPrefix) &&
            (!OnlyAttached || isUsed(account, managedPolicyArn(managed, accountId), PolicyUsageFilter)),
        ),
      position,
    })
    return { Policies: rows.map((managed) => policyView(scene, managed)), ...truncation }
  },
})

/** Observed: the usage filter does nothing unless OnlyAttached is true. Without it, a policy is used in either way. */
function isUsed(account: AccountReader, arn: string, usage: ListPoliciesRequest['PolicyUsageFilter']): boolean {
  if (usage !== 'PermissionsBoundary' && isAttached(account, arn)) return true
  return usage !== 'PermissionsPolicy' && isBoundary(account, arn)
}

function position({ kind, name }: ManagedPolicy): string {
  return `${kind}/${nameKey(name)}`
}

function* policiesAfter(
  account: AccountReader,
  scope: ListPoliciesRequest['Scope'],
  after: string | undefined,
): Generator<ManagedPolicy> {
  const isInAws = after?.startsWith('aws/') === true
  const name = after?.slice(after.indexOf('/') + 1)
  if (scope !== 'AWS' && !isInAws) {
    for (const policy of account.policies.scan({ after: name })) yield { kind: 'customer', name: policy.name, policy }
  }
  if (scope === 'Local') return
  const all = listAwsManagedPolicies()
  for (let index = isInAws && name !== undefined ? indexAfter(all, name) : 0; index < all.length; index += 1) {
    const policy = all[index]
    if (policy !== undefined) yield { kind: 'aws', name: policy.name, policy }
  }
}

/** Index of the first policy whose name comes after that one: a binary search, so that a page costs no walk from the start. */
function indexAfter(policies: readonly AwsManagedPolicy[], name: string): number {
  let low = 0
  let high = policies.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (nameKey(policies[middle]?.name ?? '') <= name) low = middle + 1
    else high = middle
  }
  return low
}
