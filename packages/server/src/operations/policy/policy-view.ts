/** Managed policies of both kinds as answers show them. */
import type { Policy } from '@iamd/wire'
import { policyArn } from '../../account/arns.ts'
import type { PolicyRecord } from '../../account/records.ts'
import { tagsView } from '../../account/tags.ts'
import { attachedIds, boundedIds } from '../../account/policy/used-policies.ts'
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
    // Users, groups and roles that it is attached to, and users and roles whose boundary it is, each on its own.
    AttachmentCount: count(attachedIds(account, arn)),
    PermissionsBoundaryUsageCount: count(boundedIds(account, arn)),
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

function count(ids: IteratorObject<string>): number {
  return ids.reduce((total) => total + 1, 0)
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
