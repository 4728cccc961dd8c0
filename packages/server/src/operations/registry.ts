/** Every operation that iamd has. One line registers one. */
import type { OperationName } from '@iamd/wire'
import type { Operation } from './operation.ts'
import { CreateAccountAlias } from './account/create-account-alias.ts'
import { DeleteAccountAlias } from './account/delete-account-alias.ts'
import { DeleteAccountPasswordPolicy } from './account/delete-account-password-policy.ts'
import { GetAccountAuthorizationDetails } from './account/get-account-authorization-details.ts'
import { GetAccountPasswordPolicy } from './account/get-account-password-policy.ts'
import { GetAccountSummary } from './account/get-account-summary.ts'
import { ListAccountAliases } from './account/list-account-aliases.ts'
import { UpdateAccountPasswordPolicy } from './account/update-account-password-policy.ts'
import { AttachGroupPolicy } from './attached-policy/attach-group-policy.ts'
import { AttachRolePolicy } from './attached-policy/attach-role-policy.ts'
import { AttachUserPolicy } from './attached-policy/attach-user-policy.ts'
import { DetachGroupPolicy } from './attached-policy/detach-group-policy.ts'
import { DetachRolePolicy } from './attached-policy/detach-role-policy.ts'
import { DetachUserPolicy } from './attached-policy/detach-user-policy.ts'
import { ListAttachedGroupPolicies } from './attached-policy/list-attached-group-policies.ts'
import { ListAttachedRolePolicies } from './attached-policy/list-attached-role-policies.ts'
import { ListAttachedUserPolicies } from './attached-policy/list-attached-user-policies.ts'
import { CreateAccessKey } from './credential/access-key/create-access-key.ts'
import { DeleteAccessKey } from './credential/access-key/delete-access-key.ts'
import { GetAccessKeyLastUsed } from './credential/access-key/get-access-key-last-used.ts'
import { ListAccessKeys } from './credential/access-key/list-access-keys.ts'
import { UpdateAccessKey } from './credential/access-key/update-access-key.ts'
import { CreateVirtualMFADevice } from './credential/mfa-device/create-virtual-mfa-device.ts'
import { DeactivateMFADevice } from './credential/mfa-device/deactivate-mfa-device.ts'
import { DeleteVirtualMFADevice } from './credential/mfa-device/delete-virtual-mfa-device.ts'
import { EnableMFADevice } from './credential/mfa-device/enable-mfa-device.ts'
import { GetMFADevice } from './credential/mfa-device/get-mfa-device.ts'
import { ListMFADeviceTags } from './credential/mfa-device/list-mfa-device-tags.ts'
import { ListMFADevices } from './credential/mfa-device/list-mfa-devices.ts'
import { ListVirtualMFADevices } from './credential/mfa-device/list-virtual-mfa-devices.ts'
import { ResyncMFADevice } from './credential/mfa-device/resync-mfa-device.ts'
import { TagMFADevice } from './credential/mfa-device/tag-mfa-device.ts'
import { UntagMFADevice } from './credential/mfa-device/untag-mfa-device.ts'
import { DeleteServerCertificate } from './credential/server-certificate/delete-server-certificate.ts'
import { GetServerCertificate } from './credential/server-certificate/get-server-certificate.ts'
import { ListServerCertificateTags } from './credential/server-certificate/list-server-certificate-tags.ts'
import { ListServerCertificates } from './credential/server-certificate/list-server-certificates.ts'
import { TagServerCertificate } from './credential/server-certificate/tag-server-certificate.ts'
import { UntagServerCertificate } from './credential/server-certificate/untag-server-certificate.ts'
import { UpdateServerCertificate } from './credential/server-certificate/update-server-certificate.ts'
import { UploadServerCertificate } from './credential/server-certificate/upload-server-certificate.ts'
import { CreateServiceSpecificCredential } from './credential/service-specific-credential/create-service-specific-credential.ts'
import { DeleteServiceSpecificCredential } from './credential/service-specific-credential/delete-service-specific-credential.ts'
import { ListServiceSpecificCredentials } from './credential/service-specific-credential/list-service-specific-credentials.ts'
import { ResetServiceSpecificCredential } from './credential/service-specific-credential/reset-service-specific-credential.ts'
import { UpdateServiceSpecificCredential } from './credential/service-specific-credential/update-service-specific-credential.ts'
import { DeleteSigningCertificate } from './credential/signing-certificate/delete-signing-certificate.ts'
import { ListSigningCertificates } from './credential/signing-certificate/list-signing-certificates.ts'
import { UpdateSigningCertificate } from './credential/signing-certificate/update-signing-certificate.ts'
import { UploadSigningCertificate } from './credential/signing-certificate/upload-signing-certificate.ts'
import { DeleteSSHPublicKey } from './credential/ssh-public-key/delete-ssh-public-key.ts'
import { GetSSHPublicKey } from './credential/ssh-public-key/get-ssh-public-key.ts'
import { ListSSHPublicKeys } from './credential/ssh-public-key/list-ssh-public-keys.ts'
import { UpdateSSHPublicKey } from './credential/ssh-public-key/update-ssh-public-key.ts'
import { UploadSSHPublicKey } from './credential/ssh-public-key/upload-ssh-public-key.ts'
import { AddUserToGroup } from './group/add-user-to-group.ts'
import { CreateGroup } from './group/create-group.ts'
import { DeleteGroup } from './group/delete-group.ts'
import { GetGroup } from './group/get-group.ts'
import { ListGroups } from './group/list-groups.ts'
import { RemoveUserFromGroup } from './group/remove-user-from-group.ts'
import { UpdateGroup } from './group/update-group.ts'
import { DeleteGroupPolicy } from './inline-policy/delete-group-policy.ts'
import { DeleteRolePolicy } from './inline-policy/delete-role-policy.ts'
import { DeleteUserPolicy } from './inline-policy/delete-user-policy.ts'
import { GetGroupPolicy } from './inline-policy/get-group-policy.ts'
import { GetRolePolicy } from './inline-policy/get-role-policy.ts'
import { GetUserPolicy } from './inline-policy/get-user-policy.ts'
import { ListGroupPolicies } from './inline-policy/list-group-policies.ts'
import { ListRolePolicies } from './inline-policy/list-role-policies.ts'
import { ListUserPolicies } from './inline-policy/list-user-policies.ts'
import { PutGroupPolicy } from './inline-policy/put-group-policy.ts'
import { PutRolePolicy } from './inline-policy/put-role-policy.ts'
import { PutUserPolicy } from './inline-policy/put-user-policy.ts'
import { ChangePassword } from './login-profile/change-password.ts'
import { CreateLoginProfile } from './login-profile/create-login-profile.ts'
import { DeleteLoginProfile } from './login-profile/delete-login-profile.ts'
import { GetLoginProfile } from './login-profile/get-login-profile.ts'
import { UpdateLoginProfile } from './login-profile/update-login-profile.ts'
import { DeleteRolePermissionsBoundary } from './permissions-boundary/delete-role-permissions-boundary.ts'
import { DeleteUserPermissionsBoundary } from './permissions-boundary/delete-user-permissions-boundary.ts'
import { PutRolePermissionsBoundary } from './permissions-boundary/put-role-permissions-boundary.ts'
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
import { CreateRole } from './role/create-role.ts'
import { DeleteRole } from './role/delete-role.ts'
import { GetRole } from './role/get-role.ts'
import { AddRoleToInstanceProfile } from './role/instance-profile/add-role-to-instance-profile.ts'
import { CreateInstanceProfile } from './role/instance-profile/create-instance-profile.ts'
import { DeleteInstanceProfile } from './role/instance-profile/delete-instance-profile.ts'
import { GetInstanceProfile } from './role/instance-profile/get-instance-profile.ts'
import { ListInstanceProfileTags } from './role/instance-profile/list-instance-profile-tags.ts'
import { ListInstanceProfilesForRole } from './role/instance-profile/list-instance-profiles-for-role.ts'
import { ListInstanceProfiles } from './role/instance-profile/list-instance-profiles.ts'
import { RemoveRoleFromInstanceProfile } from './role/instance-profile/remove-role-from-instance-profile.ts'
import { TagInstanceProfile } from './role/instance-profile/tag-instance-profile.ts'
import { UntagInstanceProfile } from './role/instance-profile/untag-instance-profile.ts'
import { ListRoleTags } from './role/list-role-tags.ts'
import { ListRoles } from './role/list-roles.ts'
import { TagRole } from './role/tag-role.ts'
import { UntagRole } from './role/untag-role.ts'
import { UpdateAssumeRolePolicy } from './role/update-assume-role-policy.ts'
import { UpdateRoleDescription } from './role/update-role-description.ts'
import { UpdateRole } from './role/update-role.ts'
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
  AddRoleToInstanceProfile,
  AddUserToGroup,
  AttachGroupPolicy,
  AttachRolePolicy,
  AttachUserPolicy,
  ChangePassword,
  CreateAccessKey,
  CreateAccountAlias,
  CreateGroup,
  CreateInstanceProfile,
  CreateLoginProfile,
  CreatePolicy,
  CreatePolicyVersion,
  CreateRole,
  CreateServiceSpecificCredential,
  CreateUser,
  CreateVirtualMFADevice,
  DeactivateMFADevice,
  DeleteAccessKey,
  DeleteAccountAlias,
  DeleteAccountPasswordPolicy,
  DeleteGroup,
  DeleteGroupPolicy,
  DeleteInstanceProfile,
  DeleteLoginProfile,
  DeletePolicy,
  DeletePolicyVersion,
  DeleteRole,
  DeleteRolePermissionsBoundary,
  DeleteRolePolicy,
  DeleteSSHPublicKey,
  DeleteServerCertificate,
  DeleteServiceSpecificCredential,
  DeleteSigningCertificate,
  DeleteUser,
  DeleteUserPermissionsBoundary,
  DeleteUserPolicy,
  DeleteVirtualMFADevice,
  DetachGroupPolicy,
  DetachRolePolicy,
  DetachUserPolicy,
  EnableMFADevice,
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
  GetInstanceProfile,
  GetLoginProfile,
  GetMFADevice,
  GetPolicy,
  GetPolicyVersion,
  GetRole,
  GetRolePolicy,
  GetSSHPublicKey,
  GetServerCertificate,
  GetUser,
  GetUserPolicy,
  ListAccessKeys,
  ListAccountAliases,
  ListAttachedGroupPolicies,
  ListAttachedRolePolicies,
  ListAttachedUserPolicies,
  ListEntitiesForPolicy,
  ListGroupPolicies,
  ListGroups,
  ListGroupsForUser,
  ListInstanceProfileTags,
  ListInstanceProfiles,
  ListInstanceProfilesForRole,
  ListMFADeviceTags,
  ListMFADevices,
  ListPolicies,
  ListPolicyTags,
  ListPolicyVersions,
  ListRolePolicies,
  ListRoleTags,
  ListRoles,
  ListSSHPublicKeys,
  ListServerCertificateTags,
  ListServerCertificates,
  ListServiceSpecificCredentials,
  ListSigningCertificates,
  ListUserPolicies,
  ListUserTags,
  ListUsers,
  ListVirtualMFADevices,
  PutAccountQuotas,
  PutGroupPolicy,
  PutRolePermissionsBoundary,
  PutRolePolicy,
  PutUserPermissionsBoundary,
  PutUserPolicy,
  RemoveRoleFromInstanceProfile,
  RemoveUserFromGroup,
  ResetServiceSpecificCredential,
  ResyncMFADevice,
  SetDefaultPolicyVersion,
  SimulateCustomPolicy,
  SimulatePrincipalPolicy,
  TagInstanceProfile,
  TagMFADevice,
  TagPolicy,
  TagRole,
  TagServerCertificate,
  TagUser,
  UntagInstanceProfile,
  UntagMFADevice,
  UntagPolicy,
  UntagRole,
  UntagServerCertificate,
  UntagUser,
  UpdateAccessKey,
  UpdateAccountPasswordPolicy,
  UpdateAssumeRolePolicy,
  UpdateGroup,
  UpdateLoginProfile,
  UpdateRole,
  UpdateRoleDescription,
  UpdateSSHPublicKey,
  UpdateServerCertificate,
  UpdateServiceSpecificCredential,
  UpdateSigningCertificate,
  UpdateUser,
  UploadSSHPublicKey,
  UploadServerCertificate,
  UploadSigningCertificate,
]

export const operations: ReadonlyMap<OperationName, Operation> = new Map(
  all.map((operation) => [operation.name, operation]),
)
