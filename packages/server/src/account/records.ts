/**
 * What an account consists of: the stored shape of every entity.
 *
 * `id` is always the unique id (AIDA…, AGPA…, AROA…, ANPA…); `ownerId` is the unique id of a user, group or role, or the
 * account number where the owner is the root user. Times are ISO 8601 texts in UTC.
 */
import { isListOf, isOneOf, isOptional, isRecordOf, isText, isTruth, isWhole, type Shaped } from './shape.ts'
import { isTagList } from './tags.ts'

export const isAccountRecord = isRecordOf({ id: isText, createdAt: isText, rootEmail: isText })

export const isUserRecord = isRecordOf({
  id: isText,
  name: isText,
  path: isText,
  createdAt: isText,
  tags: isTagList,
  /** ARN of the managed policy that is its permissions boundary. */
  boundaryArn: isOptional(isText),
})
export type UserRecord = Shaped<typeof isUserRecord>

/** An entity that a trust policy names by its unique id, and where it is. */
const isTrustedEntity = isRecordOf({ id: isText, accountId: isText })
export type TrustedEntity = Shaped<typeof isTrustedEntity>

export const isRoleRecord = isRecordOf({
  id: isText,
  name: isText,
  path: isText,
  createdAt: isText,
  description: isOptional(isText),
  sessionSecondsMax: isWhole,
  /** With unique ids for the users and roles that it names, so that whoever takes a name later is not trusted. */
  trustPolicy: isText,
  /** Those that `trustPolicy` names by their ids. */
  trusted: isListOf(isTrustedEntity),
  tags: isTagList,
  /** ARN of the managed policy that is its permissions boundary. */
  boundaryArn: isOptional(isText),
})
export type RoleRecord = Shaped<typeof isRoleRecord>

export const isInstanceProfileRecord = isRecordOf({
  id: isText,
  name: isText,
  path: isText,
  createdAt: isText,
  tags: isTagList,
  /** Unique id of its role; there can be one only. */
  roleId: isOptional(isText),
})
export type InstanceProfileRecord = Shaped<typeof isInstanceProfileRecord>

export const isGroupRecord = isRecordOf({ id: isText, name: isText, path: isText, createdAt: isText })
export type GroupRecord = Shaped<typeof isGroupRecord>

export const isMembershipRecord = isRecordOf({ userId: isText, groupId: isText, addedAt: isText })

/** A customer managed policy; its documents are `PolicyVersionRecord`s. */
export const isPolicyRecord = isRecordOf({
  id: isText,
  name: isText,
  path: isText,
  description: isOptional(isText),
  createdAt: isText,
  updatedAt: isText,
  defaultVersion: isWhole,
  /** Version numbers are never used again, so the highest ever given is kept. */
  lastVersion: isWhole,
  tags: isTagList,
})
export type PolicyRecord = Shaped<typeof isPolicyRecord>

export const isPolicyVersionRecord = isRecordOf({
  policyId: isText,
  version: isWhole,
  document: isText,
  createdAt: isText,
})
export type PolicyVersionRecord = Shaped<typeof isPolicyVersionRecord>

export const isInlinePolicyRecord = isRecordOf({ ownerId: isText, name: isText, document: isText })
export type InlinePolicyRecord = Shaped<typeof isInlinePolicyRecord>

export const isAttachmentRecord = isRecordOf({ ownerId: isText, policyArn: isText, attachedAt: isText })
export type AttachmentRecord = Shaped<typeof isAttachmentRecord>

export const isAccessKeyRecord = isRecordOf({
  id: isText,
  ownerId: isText,
  status: isOneOf('Active', 'Inactive'),
  createdAt: isText,
  sealedSecret: isText,
})
export type AccessKeyRecord = Shaped<typeof isAccessKeyRecord>

/** `material` is the key in SSH's own form, as base64: comments and line breaks of what was uploaded are gone. */
export const isSshPublicKeyRecord = isRecordOf({
  id: isText,
  ownerId: isText,
  status: isOneOf('Active', 'Inactive'),
  uploadedAt: isText,
  material: isText,
})
export type SshPublicKeyRecord = Shaped<typeof isSshPublicKeyRecord>

export const isSigningCertificateRecord = isRecordOf({
  id: isText,
  ownerId: isText,
  status: isOneOf('Active', 'Inactive'),
  uploadedAt: isText,
  /** PEM, as it was uploaded. */
  body: isText,
  /** SHA-256 of the certificate, by which it is known again. */
  digest: isText,
})
export type SigningCertificateRecord = Shaped<typeof isSigningCertificateRecord>

export const isServerCertificateRecord = isRecordOf({
  id: isText,
  name: isText,
  path: isText,
  uploadedAt: isText,
  expiresAt: isText,
  /** PEM, as it was uploaded; so is the chain. */
  body: isText,
  chain: isOptional(isText),
  sealedPrivateKey: isText,
  tags: isTagList,
})
export type ServerCertificateRecord = Shaped<typeof isServerCertificateRecord>

export const isLoginProfileRecord = isRecordOf({
  ownerId: isText,
  createdAt: isText,
  changedAt: isText,
  passwordHash: isText,
  resetRequired: isTruth,
  /** Hashes of earlier passwords, newest first, as many as the reuse rule can ask for (24). */
  previousHashes: isListOf(isText),
})
export type LoginProfileRecord = Shaped<typeof isLoginProfileRecord>

export const isPasswordPolicyRecord = isRecordOf({
  minimumLength: isWhole,
  requireSymbols: isTruth,
  requireNumbers: isTruth,
  requireUppercase: isTruth,
  requireLowercase: isTruth,
  allowUsersToChange: isTruth,
  ageDaysMax: isOptional(isWhole),
  reusePrevention: isOptional(isWhole),
  hardExpiry: isOptional(isTruth),
})
export type PasswordPolicyRecord = Shaped<typeof isPasswordPolicyRecord>

export const isQuotaRecord = isRecordOf({ name: isText, value: isWhole })
