/** The tables of an account's image, their keys and indexes. Names ignore case, as on AWS. */
import {
  isAccessKeyRecord,
  isAccountRecord,
  isAttachmentRecord,
  isGroupRecord,
  isInlinePolicyRecord,
  isInstanceProfileRecord,
  isLoginProfileRecord,
  isMembershipRecord,
  isPasswordPolicyRecord,
  isPolicyRecord,
  isPolicyVersionRecord,
  isQuotaRecord,
  isRoleRecord,
  isServerCertificateRecord,
  isSigningCertificateRecord,
  isSshPublicKeyRecord,
  isUserRecord,
} from './records.ts'
import {
  type FidoDeviceRecord,
  isFidoDeviceRecord,
  isServiceCredentialRecord,
  isVirtualMfaDeviceRecord,
  type VirtualMfaDeviceRecord,
} from './credential/credential-records.ts'
import { Image, type Readable, type Writable } from './image.ts'
import type { Guard } from './shape.ts'
import type { TableSchema } from './table.ts'

const SINGLE = 'self'

export const accountTables = {
  account: single('account', isAccountRecord, false),
  users: table({
    name: 'users',
    guard: isUserRecord,
    key: (user) => nameKey(user.name),
    indexes: {
      id: (user) => user.id,
      boundary: ({ boundaryArn, id }) => (boundaryArn === undefined ? undefined : pairKey(boundaryArn, id)),
    },
    decides: true,
  }),
  groups: table({
    name: 'groups',
    guard: isGroupRecord,
    key: (group) => nameKey(group.name),
    indexes: { id: (group) => group.id },
    decides: true,
  }),
  roles: table({
    name: 'roles',
    guard: isRoleRecord,
    key: (role) => nameKey(role.name),
    indexes: {
      id: (role) => role.id,
      boundary: ({ boundaryArn, id }) => (boundaryArn === undefined ? undefined : pairKey(boundaryArn, id)),
    },
    decides: true,
  }),
  instanceProfiles: table({
    name: 'instanceProfiles',
    guard: isInstanceProfileRecord,
    key: (profile) => nameKey(profile.name),
    indexes: { role: ({ roleId, name }) => (roleId === undefined ? undefined : pairKey(roleId, nameKey(name))) },
    decides: false,
  }),
  memberships: table({
    name: 'memberships',
    guard: isMembershipRecord,
    key: (membership) => pairKey(membership.userId, membership.groupId),
    indexes: { group: (membership) => pairKey(membership.groupId, membership.userId) },
    decides: true,
  }),
  policies: table({
    name: 'policies',
    guard: isPolicyRecord,
    key: (policy) => nameKey(policy.name),
    indexes: { id: (policy) => policy.id },
    decides: true,
  }),
  policyVersions: table({
    name: 'policyVersions',
    guard: isPolicyVersionRecord,
    key: (version) => policyVersionKey(version.policyId, version.version),
    indexes: {},
    decides: true,
  }),
  inlinePolicies: table({
    name: 'inlinePolicies',
    guard: isInlinePolicyRecord,
    key: (policy) => pairKey(policy.ownerId, nameKey(policy.name)),
    indexes: {},
    decides: true,
  }),
  attachments: table({
    name: 'attachments',
    guard: isAttachmentRecord,
    key: (attachment) => pairKey(attachment.ownerId, attachment.policyArn),
    indexes: { policy: (attachment) => pairKey(attachment.policyArn, attachment.ownerId) },
    decides: true,
  }),
  accessKeys: table({
    name: 'accessKeys',
    guard: isAccessKeyRecord,
    key: (key) => key.id,
    indexes: { owner: (key) => pairKey(key.ownerId, `${key.createdAt}/${key.id}`) },
    decides: false,
  }),
  sshPublicKeys: table({
    name: 'sshPublicKeys',
    guard: isSshPublicKeyRecord,
    key: (key) => key.id,
    indexes: { owner: (key) => pairKey(key.ownerId, key.id) },
    decides: false,
  }),
  signingCertificates: table({
    name: 'signingCertificates',
    guard: isSigningCertificateRecord,
    key: (certificate) => certificate.id,
    indexes: {
      owner: ({ ownerId, uploadedAt, id }) => pairKey(ownerId, `${uploadedAt}/${id}`),
      digest: (certificate) => certificate.digest,
    },
    decides: false,
  }),
  serverCertificates: table({
    name: 'serverCertificates',
    guard: isServerCertificateRecord,
    key: (certificate) => nameKey(certificate.name),
    indexes: {},
    decides: false,
  }),
  loginProfiles: table({
    name: 'loginProfiles',
    guard: isLoginProfileRecord,
    key: (profile) => profile.ownerId,
    indexes: {},
    decides: false,
  }),
  virtualMfaDevices: table({
    name: 'virtualMfaDevices',
    guard: isVirtualMfaDeviceRecord,
    key: virtualMfaDeviceKey,
    indexes: { serialNumber: (device) => nameKey(device.serialNumber) },
    decides: false,
  }),
  fidoDevices: table({
    name: 'fidoDevices',
    guard: isFidoDeviceRecord,
    key: fidoDeviceKey,
    indexes: { serialNumber: (device) => nameKey(device.serialNumber) },
    decides: false,
  }),
  serviceCredentials: table({
    name: 'serviceCredentials',
    guard: isServiceCredentialRecord,
    key: (credential) => credential.id,
    indexes: {
      owner: ({ ownerId, createdAt, id }) => pairKey(ownerId, `${createdAt}/${id}`),
      alias: ({ service, alias }) => pairKey(service, nameKey(alias)),
    },
    decides: false,
  }),
  passwordPolicy: single('passwordPolicy', isPasswordPolicyRecord, true),
  quotas: table({ name: 'quotas', guard: isQuotaRecord, key: (quota) => quota.name, indexes: {}, decides: false }),
} as const

export type AccountImage = Image<typeof accountTables>
export type AccountReader = Readable<typeof accountTables>
export type AccountWriter = Writable<typeof accountTables>

export function emptyAccount(accountId: string): AccountImage {
  return Image.empty(accountStream(accountId), accountTables)
}

export function accountStream(accountId: string): string {
  return `account/${accountId}`
}

/** The one record of a table that has one record. */
export function findSingle<R>(only: { find(key: string): R | undefined }): R | undefined {
  return only.find(SINGLE)
}

/** Removes the one record of a table that has one record. */
export function deleteSingle(only: { delete(key: string): void }): void {
  only.delete(SINGLE)
}

/** Names are unique and looked up ignoring case (IAM and STS quotas, "IAM name requirements"). They are ASCII. */
export function nameKey(name: string): string {
  return name.toLowerCase()
}

/** Key of a relation between two things; every relation of `left` starts with `pairPrefix(left)`. */
export function pairKey(left: string, right: string): string {
  return `${left} ${right}`
}

export function pairPrefix(left: string): string {
  return `${left} `
}

/** Zero-padded, so that versions are ordered. */
export function policyVersionKey(policyId: string, version: number): string {
  return pairKey(policyId, String(version).padStart(10, '0'))
}

/** What stands for an owner where there is none. */
const NOBODY = '-'

/** A device that is somebody's is found by that; and one whose record cannot be read counts as its owner's, who is then denied. */
export function virtualMfaDeviceKey({ assignment, serialNumber }: VirtualMfaDeviceRecord): string {
  return pairKey(assignment?.ownerId ?? NOBODY, nameKey(serialNumber))
}

export function fidoDeviceKey({ ownerId, serialNumber }: FidoDeviceRecord): string {
  return pairKey(ownerId, nameKey(serialNumber))
}

function table<R, const I extends string>(schema: TableSchema<R, I>): TableSchema<R, I> {
  return schema
}

function single<R>(name: string, guard: Guard<R>, decides: boolean): TableSchema<R> {
  return { name, guard, key: () => SINGLE, indexes: {}, decides }
}
