/**
 * Inline policies, the same for every kind of owner: an operation says only whose policy it is.
 *
 * Names match ignoring case and keep the spelling of the first Put; Get answers with the spelling of the request (observed).
 */
import { policySizeWithoutWhitespace } from '@iamd/policy'
import type { Fault, OperationName } from '@iamd/wire'
import { type AccountReader, type AccountWriter, nameKey, pairKey, pairPrefix } from '../../account/account-tables.ts'
import { assertStorable, policyDocumentView } from '../../account/policy/policy-document.ts'
import { quota, type QuotaName } from '../../account/quotas.ts'
import type { InlinePolicyRecord } from '../../account/records.ts'
import { page, type PageRequest } from '../page.ts'
import type { ReadScene } from '../scene.ts'

export interface InlinePolicyOwner {
  /** As AWS's sentences call it. */
  readonly kind: 'user' | 'group' | 'role'
  readonly id: string
  readonly name: string
}

/** Of all inline policies of one owner together. */
const SIZE_QUOTAS: Readonly<Record<InlinePolicyOwner['kind'], QuotaName>> = {
  user: 'UserPolicySizeQuota',
  group: 'GroupPolicySizeQuota',
  role: 'RolePolicySizeQuota',
}

type MakeFault<C extends string> = (code: C, message: string) => Fault

interface PutRequest {
  readonly owner: InlinePolicyOwner
  readonly input: { readonly PolicyName: string; readonly PolicyDocument: string }
  readonly error: MakeFault<'MalformedPolicyDocument' | 'LimitExceeded'>
}

/** Adds the policy, or replaces the document of the one that is there. */
export function putInlinePolicy(account: AccountWriter, { owner, input, error }: PutRequest): void {
  const { PolicyName, PolicyDocument } = input
  assertStorable(PolicyDocument, { kind: 'identity', error })
  const key = pairKey(owner.id, nameKey(PolicyName))
  const name = account.inlinePolicies.find(key)?.name ?? PolicyName
  account.inlinePolicies.put({ ownerId: owner.id, name, document: PolicyDocument })
  // Measured with the new document in place; the draft of a call that throws is dropped.
  const sizeMax = quota(account, SIZE_QUOTAS[owner.kind])
  if (sizeOf(account, owner.id) > sizeMax) {
    throw error('LimitExceeded', `Maximum policy size of ${sizeMax} bytes exceeded for ${owner.kind} ${owner.name}`)
  }
}

interface NamedRequest {
  readonly owner: InlinePolicyOwner
  readonly policyName: string
  readonly error: MakeFault<'NoSuchEntity'>
}

/** The members that every GetXPolicy answers besides its owner's name. */
export function inlinePolicyView(
  account: AccountReader,
  request: NamedRequest,
): { readonly PolicyName: string; readonly PolicyDocument: string } {
  const { document } = getInlinePolicy(account, request)
  return { PolicyName: request.policyName, PolicyDocument: policyDocumentView(document) }
}

export function deleteInlinePolicy(account: AccountWriter, request: NamedRequest): void {
  const { ownerId, name } = getInlinePolicy(account, request)
  account.inlinePolicies.delete(pairKey(ownerId, nameKey(name)))
}

interface ListRequest extends Pick<PageRequest<InlinePolicyRecord>, 'operation' | 'input'> {
  readonly ownerId: string
}

type ListScene = Pick<ReadScene<OperationName>, 'accountId' | 'vault' | 'account'> & {
  readonly error: MakeFault<'ValidationError'>
}

/** The output of a ListXPolicies operation: names in their order, ignoring case. */
export function inlinePolicyPage(
  scene: ListScene,
  { operation, input, ownerId }: ListRequest,
): { readonly PolicyNames: string[]; readonly IsTruncated: boolean; readonly Marker?: string } {
  const { rows, truncation } = page(scene, {
    operation,
    input,
    filter: ownerId,
    rows: (after) =>
      scene.account.inlinePolicies.scan({
        prefix: pairPrefix(ownerId),
        after: after === undefined ? undefined : pairKey(ownerId, after),
      }),
    position: ({ name }) => nameKey(name),
  })
  return { PolicyNames: rows.map(({ name }) => name), ...truncation }
}

function getInlinePolicy(account: AccountReader, { owner, policyName, error }: NamedRequest): InlinePolicyRecord {
  const policy = account.inlinePolicies.find(pairKey(owner.id, nameKey(policyName)))
  if (policy === undefined) {
    throw error('NoSuchEntity', `The ${owner.kind} policy with name ${policyName} cannot be found.`)
  }
  return policy
}

function sizeOf(account: AccountReader, ownerId: string): number {
  return account.inlinePolicies
    .scan({ prefix: pairPrefix(ownerId) })
    .reduce((size, { document }) => size + policySizeWithoutWhitespace(document), 0)
}
