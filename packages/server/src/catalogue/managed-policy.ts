/** Managed policies of both kinds behind one door: the account's own, and AWS's catalogue. */
import type { AccountReader } from '../account/account-tables.ts'
import { policyVersionKey } from '../account/account-tables.ts'
import { accountOfArn } from '../account/arns.ts'
import { type AwsManagedPolicy, findAwsManagedPolicy } from './aws-managed-policies.ts'
import type { PolicyRecord } from '../account/records.ts'

export type ManagedPolicy =
  | { readonly kind: 'aws'; readonly name: string; readonly policy: AwsManagedPolicy }
  | { readonly kind: 'customer'; readonly name: string; readonly policy: PolicyRecord }

/** The account's own policy with exactly this ARN (stored path and case), or AWS's; undefined when there is none. */
export function findManagedPolicy(account: AccountReader, arn: string): ManagedPolicy | undefined {
  if (accountOfArn(arn) === 'aws') {
    const policy = findAwsManagedPolicy(arn)
    return policy === undefined ? undefined : { kind: 'aws', name: policy.name, policy }
  }
  const resource = arn.slice(arn.indexOf(':policy/') + ':policy'.length)
  const slash = resource.lastIndexOf('/')
  const policy = account.policies.find(resource.slice(slash + 1).toLowerCase())
  if (policy === undefined || `${policy.path}${policy.name}` !== resource) return undefined
  return { kind: 'customer', name: policy.name, policy }
}

/** The document of the default version. */
export function managedPolicyDocument(account: AccountReader, managed: ManagedPolicy): string | undefined {
  if (managed.kind === 'aws') return managed.policy.document
  const { id, defaultVersion } = managed.policy
  return account.policyVersions.find(policyVersionKey(id, defaultVersion))?.document
}
