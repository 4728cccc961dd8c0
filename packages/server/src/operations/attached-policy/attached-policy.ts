/** Attached managed policies, the same for every kind of owner: an operation says only whose they are. */
import type { AttachedPolicy, Fault, OperationName } from '@iamd/wire'
import { type AccountWriter, pairKey, pairPrefix } from '../../account/account-tables.ts'
import { parsePolicyArn } from '../../account/policy/policy-arn.ts'
import { quota, type QuotaName } from '../../account/quotas.ts'
import type { AttachmentRecord } from '../../account/records.ts'
import { page, type PageRequest } from '../page.ts'
import {
  assertPolicyArn,
  findPolicy,
  isServiceLinked,
  policyNotAttachable,
  policyNotFound,
} from '../policy/requested-policy.ts'
import type { ReadScene, SceneView } from '../scene.ts'

export interface AttachmentOwner {
  readonly kind: 'user' | 'group' | 'role'
  /** AIDA…, AGPA… or AROA…. */
  readonly id: string
}

/** The quota for each kind of owner, and what AWS's sentence calls it (observed). */
const QUOTAS: Readonly<Record<AttachmentOwner['kind'], readonly [QuotaName, string]>> = {
  user: ['AttachedPoliciesPerUserQuota', 'PoliciesPerUser'],
  group: ['AttachedPoliciesPerGroupQuota', 'PoliciesPerGroup'],
  role: ['AttachedPoliciesPerRoleQuota', 'PoliciesPerRole'],
}

type MakeFault<C extends string> = (code: C, message: string) => Fault

interface AttachScene extends Pick<SceneView, 'accountId' | 'now'> {
  readonly account: AccountWriter
  readonly error: MakeFault<
    'NoSuchEntity' | 'InvalidInput' | 'ValidationError' | 'LimitExceeded' | 'PolicyNotAttachable'
  >
}

/** Attaches the policy; one that is attached already stays so, which is no error. */
export function attachPolicy(scene: AttachScene, owner: AttachmentOwner, arn: string): void {
  const { account, now, error } = scene
  assertPolicyArn(arn, error)
  const policy = findPolicy(scene, arn)
  if (policy === undefined) throw error('NoSuchEntity', policyNotAttachable(arn))
  if (isServiceLinked(policy)) {
    // Observed for roles: github.com/aws/aws-cdk/issues/6131. For users and groups no other sentence is known.
    throw error('PolicyNotAttachable', 'Cannot attach a Service Role Policy to a Customer Role.')
  }
  if (account.attachments.find(pairKey(owner.id, arn)) !== undefined) return
  const [name, wireName] = QUOTAS[owner.kind]
  const attachedMax = quota(account, name)
  if (account.attachments.scan({ prefix: pairPrefix(owner.id) }).toArray().length >= attachedMax) {
    throw error('LimitExceeded', `Cannot exceed quota for ${wireName}: ${attachedMax}`)
  }
  account.attachments.put({ ownerId: owner.id, policyArn: arn, attachedAt: now.toISOString() })
}

interface DetachScene {
  readonly account: AccountWriter
  readonly error: MakeFault<'NoSuchEntity' | 'InvalidInput' | 'ValidationError'>
}

/** Detaches the policy; the same NoSuchEntity for one that is not attached (observed) and for one that does not exist. */
export function detachPolicy({ account, error }: DetachScene, owner: AttachmentOwner, arn: string): void {
  assertPolicyArn(arn, error)
  const key = pairKey(owner.id, arn)
  if (account.attachments.find(key) === undefined) throw error('NoSuchEntity', policyNotFound(arn))
  account.attachments.delete(key)
}

interface ListRequest extends Pick<PageRequest<AttachmentRecord>, 'operation'> {
  readonly input: PageRequest<AttachmentRecord>['input'] & { readonly PathPrefix?: string | undefined }
  readonly ownerId: string
}

type ListScene = Pick<ReadScene<OperationName>, 'accountId' | 'vault' | 'account'> & {
  readonly error: MakeFault<'ValidationError'>
}

/** The output of a ListAttachedXPolicies operation: the policies whose own path starts with the prefix, in order of their ARNs. */
export function attachedPolicyPage(
  scene: ListScene,
  { operation, input, ownerId }: ListRequest,
): { readonly AttachedPolicies: AttachedPolicy[]; readonly IsTruncated: boolean; readonly Marker?: string } {
  const { PathPrefix = '/' } = input
  const { rows, truncation } = page(scene, {
    operation,
    input,
    filter: `${ownerId} ${PathPrefix}`,
    rows: (after) =>
      scene.account.attachments
        .scan({ prefix: pairPrefix(ownerId), after: after === undefined ? undefined : pairKey(ownerId, after) })
        .filter(({ policyArn }) => parsePolicyArn(policyArn)?.path.startsWith(PathPrefix)),
    position: ({ policyArn }) => policyArn,
  })
  return { AttachedPolicies: rows.map(attachedPolicyView), ...truncation }
}

export function attachedPolicyView({ policyArn }: AttachmentRecord): AttachedPolicy {
  return { PolicyName: parsePolicyArn(policyArn)?.name, PolicyArn: policyArn }
}
