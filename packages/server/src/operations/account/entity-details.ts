/** Users, groups, roles and managed policies with everything that decides what they may do, as GetAccountAuthorizationDetails shows them. */
import type {
  GroupDetail,
  ManagedPolicyDetail,
  OperationName,
  PolicyDetail,
  PolicyVersion,
  RoleDetail,
  UserDetail,
} from '@iamd/wire'
import { pairPrefix } from '../../account/account-tables.ts'
import { groupView } from '../../account/group.ts'
import { groupsOf } from '../../account/membership.ts'
import { policyDocumentView } from '../../account/policy/policy-document.ts'
import type { GroupRecord, RoleRecord, UserRecord } from '../../account/records.ts'
import { instanceProfileView, profilesOfRole } from '../../account/role/instance-profile.ts'
import { roleView } from '../../account/role/role.ts'
import { tagsView } from '../../account/tags.ts'
import { boundaryView, userView } from '../../account/user.ts'
import type { ManagedPolicy } from '../../catalogue/managed-policy.ts'
import { attachedPolicyView } from '../attached-policy/attached-policy.ts'
import { policyView } from '../policy/policy-view.ts'
import { versionsOf } from '../policy-version/policy-versions.ts'
import { awsVersionView, versionView } from '../policy-version/version-view.ts'
import { roleLastUsed } from '../role/role-last-used.ts'
import type { ReadScene, SceneView } from '../scene.ts'

type DetailView = Pick<SceneView, 'account' | 'accountId'>
type RoleDetailView = DetailView & Pick<ReadScene<OperationName>, 'activity' | 'findAccount'>

/** Observed: a user without inline policies has no UserPolicyList, while every other list is there, if empty. */
export function userDetail(view: DetailView, user: UserRecord): UserDetail {
  const inline = inlinePolicies(view, user.id)
  return {
    ...userView(user, view.accountId),
    UserPolicyList: inline.length === 0 ? undefined : inline,
    GroupList: [...groupsOf(view.account, user.id)].map(({ name }) => name),
    AttachedManagedPolicies: attachedPolicies(view, user.id),
    PermissionsBoundary: boundaryView(user.boundaryArn),
    Tags: tagsView(user.tags),
  }
}

/** A group has no tags, and its members are named by their own details. */
export function groupDetail(view: DetailView, group: GroupRecord): GroupDetail {
  return {
    ...groupView(group, view.accountId),
    GroupPolicyList: inlinePolicies(view, group.id),
    AttachedManagedPolicies: attachedPolicies(view, group.id),
  }
}

/** Its description and its longest session are not among what AWS answers. */
export function roleDetail(view: RoleDetailView, role: RoleRecord): RoleDetail {
  return {
    ...roleView(role, view),
    InstanceProfileList: [...profilesOfRole(view.account, role.id)].map((profile) =>
      instanceProfileView(profile, view),
    ),
    RolePolicyList: inlinePolicies(view, role.id),
    AttachedManagedPolicies: attachedPolicies(view, role.id),
    PermissionsBoundary: boundaryView(role.boundaryArn),
    Tags: tagsView(role.tags),
    RoleLastUsed: roleLastUsed(view.activity, role.id),
  }
}

/** With its versions and their documents, newest first; of AWS's policies only the default version is there. */
export function policyDetail(view: DetailView, managed: ManagedPolicy): ManagedPolicyDetail {
  return { ...policyView(view, managed), PolicyVersionList: versions(view, managed) }
}

function versions({ account }: DetailView, managed: ManagedPolicy): PolicyVersion[] {
  if (managed.kind === 'aws') {
    return [{ ...awsVersionView(managed.policy), Document: policyDocumentView(managed.policy.document) }]
  }
  return versionsOf(account, managed.policy.id).map((version) => ({
    ...versionView(version, managed.policy),
    Document: policyDocumentView(version.document),
  }))
}

function inlinePolicies({ account }: DetailView, ownerId: string): PolicyDetail[] {
  return account.inlinePolicies
    .scan({ prefix: pairPrefix(ownerId) })
    .map(({ name, document }) => ({ PolicyName: name, PolicyDocument: policyDocumentView(document) }))
    .toArray()
}

function attachedPolicies({ account }: DetailView, ownerId: string): UserDetail['AttachedManagedPolicies'] {
  return account.attachments
    .scan({ prefix: pairPrefix(ownerId) })
    .map(attachedPolicyView)
    .toArray()
}
