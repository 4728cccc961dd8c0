/** Every operation that iamd has. One line registers one. */
import type { OperationName } from '@iamd/wire'
import type { Operation } from './operation.ts'
import { CreateAccessKey } from './access-key/create-access-key.ts'
import { DeleteAccessKey } from './access-key/delete-access-key.ts'
import { GetAccessKeyLastUsed } from './access-key/get-access-key-last-used.ts'
import { ListAccessKeys } from './access-key/list-access-keys.ts'
import { UpdateAccessKey } from './access-key/update-access-key.ts'
import { CreateAccountAlias } from './account/create-account-alias.ts'
import { DeleteAccountAlias } from './account/delete-account-alias.ts'
import { DeleteAccountPasswordPolicy } from './account/delete-account-password-policy.ts'
import { GetAccountAuthorizationDetails } from './account/get-account-authorization-details.ts'
import { GetAccountPasswordPolicy } from './account/get-account-password-policy.ts'
import { GetAccountSummary } from './account/get-account-summary.ts'
import { ListAccountAliases } from './account/list-account-aliases.ts'
import { UpdateAccountPasswordPolicy } from './account/update-account-password-policy.ts'
import { AttachGroupPolicy } from './attached-policy/attach-group-policy.ts'
import { AttachUserPolicy } from './attached-policy/attach-user-policy.ts'
import { DetachGroupPolicy } from './attached-policy/detach-group-policy.ts'
import { DetachUserPolicy } from './attached-policy/detach-user-policy.ts'
import { ListAttachedGroupPolicies } from './attached-policy/list-attached-group-policies.ts'
import { ListAttachedUserPolicies } from './attached-policy/list-attached-user-policies.ts'
import { AddUserToGroup } from './group/add-user-to-group.ts'
import { CreateGroup } from './group/create-group.ts'
import { DeleteGroup } from './group/delete-group.ts'
import { GetGroup } from './group/get-group.ts'
import { ListGroups } from './group/list-groups.ts'
import { RemoveUserFromGroup } from './group/remove-user-from-group.ts'
import { UpdateGroup } from './group/update-group.ts'
import { DeleteGroupPolicy } from './inline-policy/delete-group-policy.ts'
import { DeleteUserPolicy } from './inline-policy/delete-user-policy.ts'
import { GetGroupPolicy } from './inline-policy/get-group-policy.ts'
import { GetUserPolicy } from './inline-policy/get-user-policy.ts'
import { ListGroupPolicies } from './inline-policy/list-group-policies.ts'
import { ListUserPolicies } from './inline-policy/list-user-policies.ts'
import { PutGroupPolicy } from './inline-policy/put-group-policy.ts'
import { PutUserPolicy } from './inline-policy/put-user-policy.ts'
import { ChangePassword } from './login-profile/change-password.ts'
import { CreateLoginProfile } from './login-profile/create-login-profile.ts'
import { DeleteLoginProfile } from './login-profile/delete-login-profile.ts'
import { GetLoginProfile } from './login-profile/get-login-profile.ts'
import { UpdateLoginProfile } from './login-profile/update-login-profile.ts'
import { DeleteUserPermissionsBoundary } from './permissions-boundary/delete-user-permissions-boundary.ts'
import { PutUserPermissionsBoundary } from './permissions-boundary/put-user-permissions-boundary.ts'
import { CreatePolicyVersion } from './policy-version/create-policy-version.ts'
import { DeletePolicyVersion } from './policy-version/delete-policy-version.ts'
import { GetPolicyVersion } from './policy-version/get-policy-version.ts'
import { ListPolicyVersions } from './policy-version/list-policy-versions.ts'
import { SetDefaultPolicyVersion } from './policy-version/set-default-policy-version.ts'
import { CreatePolicy } from './policy/create-policy.ts'
import { DeletePolicy } from './policy/delete-policy.ts'
import { GetPolicy } from './policy/get-policy.ts'
import { ListEntitiesForPolicy } from './policy/list-entities-for-policy.ts'
import { ListPolicies } from './policy/list-policies.ts'
import { ListPolicyTags } from './policy/list-policy-tags.ts'
import { TagPolicy } from './policy/tag-policy.ts'
import { UntagPolicy } from './policy/untag-policy.ts'
import { GetAccountQuotas } from './quota/get-account-quotas.ts'
import { PutAccountQuotas } from './quota/put-account-quotas.ts'
import { GetAccessKeyInfo } from './session/get-access-key-info.ts'
import { GetCallerIdentity } from './session/get-caller-identity.ts'
import { GetContextKeysForCustomPolicy } from './simulation/get-context-keys-for-custom-policy.ts'
import { GetContextKeysForPrincipalPolicy } from './simulation/get-context-keys-for-principal-policy.ts'
import { SimulateCustomPolicy } from './simulation/simulate-custom-policy.ts'
import { SimulatePrincipalPolicy } from './simulation/simulate-principal-policy.ts'
import { CreateUser } from './user/create-user.ts'
import { DeleteUser } from './user/delete-user.ts'
import { GetUser } from './user/get-user.ts'
import { ListGroupsForUser } from './user/list-groups-for-user.ts'
import { ListUserTags } from './user/list-user-tags.ts'
import { ListUsers } from './user/list-users.ts'
import { TagUser } from './user/tag-user.ts'
import { UntagUser } from './user/untag-user.ts'
import { UpdateUser } from './user/update-user.ts'

const all: readonly Operation[] = [
  AddUserToGroup,
  AttachGroupPolicy,
  AttachUserPolicy,
  ChangePassword,
  CreateAccessKey,
  CreateAccountAlias,
  CreateGroup,
  CreateLoginProfile,
  CreatePolicy,
  CreatePolicyVersion,
  CreateUser,
  DeleteAccessKey,
  DeleteAccountAlias,
  DeleteAccountPasswordPolicy,
  DeleteGroup,
  DeleteGroupPolicy,
  DeleteLoginProfile,
  DeletePolicy,
  DeletePolicyVersion,
  DeleteUser,
  DeleteUserPermissionsBoundary,
  DeleteUserPolicy,
  DetachGroupPolicy,
  DetachUserPolicy,
  GetAccessKeyInfo,
  GetAccessKeyLastUsed,
  GetAccountAuthorizationDetails,
  GetAccountPasswordPolicy,
  GetAccountQuotas,
  GetAccountSummary,
  GetCallerIdentity,
  GetContextKeysForCustomPolicy,
  GetContextKeysForPrincipalPolicy,
  GetGroup,
  GetGroupPolicy,
  GetLoginProfile,
  GetPolicy,
  GetPolicyVersion,
  GetUser,
  GetUserPolicy,
  ListAccessKeys,
  ListAccountAliases,
  ListAttachedGroupPolicies,
  ListAttachedUserPolicies,
  ListEntitiesForPolicy,
  ListGroupPolicies,
  ListGroups,
  ListGroupsForUser,
  ListPolicies,
  ListPolicyTags,
  ListPolicyVersions,
  ListUserPolicies,
  ListUserTags,
  ListUsers,
  PutAccountQuotas,
  PutGroupPolicy,
  PutUserPermissionsBoundary,
  PutUserPolicy,
  RemoveUserFromGroup,
  SetDefaultPolicyVersion,
  SimulateCustomPolicy,
  SimulatePrincipalPolicy,
  TagPolicy,
  TagUser,
  UntagPolicy,
  UntagUser,
  UpdateAccessKey,
  UpdateAccountPasswordPolicy,
  UpdateGroup,
  UpdateLoginProfile,
  UpdateUser,
]

export const operations: ReadonlyMap<OperationName, Operation> = new Map(
  all.map((operation) => [operation.name, operation]),
)
