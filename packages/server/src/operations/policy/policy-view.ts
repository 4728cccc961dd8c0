/** Managed policies of both kinds as answers show them. */
import type { Policy } from '@iamd/wire'
import { type AccountReader, pairPrefix } from '../../account/account-tables.ts'
import { policyArn } from '../../account/arns.ts'
import type { PolicyRecord } from '../../account/records.ts'
import { tagsView } from '../../account/tags.ts'
import type { AwsManagedPolicy } from '../../catalogue/aws-managed-policies.ts'
import type { ManagedPolicy } from '../../catalogue/managed-policy.ts'
import { versionId } from '../policy-version/version-view.ts'
import type { SceneView } from '../scene.ts'

type PolicyView = Pick<SceneView, 'account' | 'accountId'>

/** As ListPolicies shows it: without tags and description (IAM API Reference, ListPolicies and the Policy type). */
export function policyView({ account, accountId }: PolicyView, managed: ManagedPolicy): Policy {
  const arn = managedPolicyArn(managed, accountId)
  return {
    PolicyName: managed.name,
    PolicyId: managed.policy.id,
    Arn: arn,
    Path: managed.policy.path,
    ...(managed.kind === 'aws' ? awsHistory(managed.policy) : customerHistory(managed.policy)),
    AttachmentCount: attachmentCount(account, arn),
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

/** The ARN by which requests and attachments name the policy. */
export function managedPolicyArn({ kind, policy }: ManagedPolicy, accountId: string): string {
  return kind === 'aws' ? policy.arn : policyArn(accountId, policy.path, policy.name)
}

export function isAttached(account: AccountReader, arn: string): boolean {
  return account.attachments.scanBy('policy', { prefix: pairPrefix(arn) }).some(() => true)
}

/** How many users and groups the policy is attached to. */
function attachmentCount(account: AccountReader, arn: string): number {
  return account.attachments.scanBy('policy', { prefix: pairPrefix(arn) }).reduce((count) => count + 1, 0)
}

type History = Required<Pick<Policy, 'DefaultVersionId' | 'CreateDate' | 'UpdateDate'>>

function awsHistory(policy: AwsManagedPolicy): History {
  return {
    DefaultVersionId: policy.defaultVersionId,
    CreateDate: new Date(policy.createDate),
    UpdateDate: new Date(policy.updateDate),
  }
}

function customerHistory(policy: PolicyRecord): History {
  return {
    DefaultVersionId: versionId(policy.defaultVersion),
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.updatedAt),
  }
}
