import type { Tag as WireTag } from '@iamd/wire'
import { nameKey } from '../../account/account-tables.ts'
import { policyArn } from '../../account/arns.ts'
import { newUniqueId } from '../../account/ids.ts'
import { quota } from '../../account/quotas.ts'
import type { PolicyRecord } from '../../account/records.ts'
import { mergeTags, requestTagContext } from '../../account/tags.ts'
import { writeOperation } from '../operation.ts'
import { assertManagedDocument } from './assert-managed-document.ts'
import { policyView } from './policy-view.ts'

const FIRST_VERSION = 1

export const CreatePolicy = writeOperation('CreatePolicy', {
  authorize({ PolicyName, Path = '/', Tags }, { accountId }) {
    const resource = policyArn(accountId, Path, PolicyName)
    const context = requestTagContext(Tags)
    // A create with tags is also refused where tagging is not allowed (observed).
    return { resource, context, also: Tags === undefined ? [] : [{ action: 'iam:TagPolicy', resource, context }] }
  },
  handle({ input }, { account, accountId, now, randomBytes, error }) {
    const { PolicyName, Path = '/', PolicyDocument, Description, Tags = [] } = input
    assertManagedDocument(account, PolicyDocument, error)
    // Names are unique in the account whatever their paths; AWS's own policies are not in the account.
    if (account.policies.find(nameKey(PolicyName)) !== undefined) {
      throw error(
        'EntityAlreadyExists',
        `A policy called ${PolicyName} already exists. Duplicate names are not allowed.`,
      )
    }
    const policiesMax = quota(account, 'PoliciesQuota')
    if (account.policies.size >= policiesMax) {
      throw error('LimitExceeded', `Cannot exceed quota for PoliciesPerAccount: ${policiesMax}`)
    }
    const createdAt = now.toISOString()
    const policy: PolicyRecord = {
      id: newUniqueId('ANPA', randomBytes),
      name: PolicyName,
      path: Path,
      ...(Description === undefined ? {} : { description: Description }),
      createdAt,
      updatedAt: createdAt,
      defaultVersion: FIRST_VERSION,
      lastVersion: FIRST_VERSION,
      tags: mergeTags([], Tags, { ignoreCase: false, error }),
    }
    account.policies.put(policy)
    account.policyVersions.put({ policyId: policy.id, version: FIRST_VERSION, document: PolicyDocument, createdAt })
    const view = policyView({ account, accountId }, { kind: 'customer', name: PolicyName, policy })
    return { Policy: { ...view, Tags: sentTags(Tags) } }
  },
})

/** The answer repeats the tags in the order of the request, and has no list when there are none (both observed). */
function sentTags(tags: readonly WireTag[]): readonly WireTag[] | undefined {
  return tags.length === 0 ? undefined : tags
}
