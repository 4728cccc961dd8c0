/** Managed policies of both kinds as answers show them. */
import type { Policy } from '@iamd/wire'
import { type AccountReader, pairPrefix } from '../../account/account-tables.ts'
import { policyArn } from '../../account/arns.ts'
import { tagsView } from '../../account/tags.ts'
import type { ManagedPolicy } from '../../catalogue/managed-policy.ts'
import type { SceneView } from '../scene.ts'
import { versionId } from '../policy-version/version-view.ts'

type PolicyView = Pick<SceneView, 'account' | 'accountId'>

/** As ListPolicies shows it: without tags and description (IAM API Reference, ListPolicies and the Policy type). */
export function policyView({ account, accountId }: PolicyView, managed: ManagedPolicy): Policy {
  const facts = managed.kind === 'aws' ? awsFacts(managed) : customerFacts(managed, accountId)
  return {
    ...facts,
    PolicyName: managed.name,
    AttachmentCount: attachmentCount(account, facts.Arn),
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
  }
}

/** As GetPolicy shows it: with its description, when it has one, and its tags, also when it has none (observed). */
export function wholePolicyView(view: PolicyView, managed: ManagedPolicy): Policy {
  // The descriptions of AWS's policies are not published with the documents.
  const { description, tags } = managed.kind === 'aws' ? { description: undefined, tags: [] } : managed.policy
  return { ...policyView(view, managed), Description: description, Tags: tagsView(tags) }
}

/** How many users and groups the policy is attached to. */
export function attachmentCount(account: AccountReader, arn: string): number {
  return account.attachments.scanBy('policy', { prefix: pairPrefix(arn) }).reduce((count) => count + 1, 0)
}

interface Facts {
  readonly PolicyId: string
  readonly Arn: string
  readonly Path: string
  readonly DefaultVersionId: string
  readonly CreateDate: Date
  readonly UpdateDate: Date
}

function awsFacts({ policy }: ManagedPolicy & { readonly kind: 'aws' }): Facts {
  return {
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    CreateDate: new Date(policy.createDate),
    UpdateDate: new Date(policy.updateDate),
  }
}

function customerFacts({ policy }: ManagedPolicy & { readonly kind: 'customer' }, accountId: string): Facts {
  return {
    PolicyId: policy.id,
    Arn: policyArn(accountId, policy.path, policy.name),
    Path: policy.path,
    DefaultVersionId: versionId(policy.defaultVersion),
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.updatedAt),
  }
}
