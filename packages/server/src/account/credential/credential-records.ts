/**
 * The stored shape of MFA devices and of service-specific credentials. `ownerId` is the unique id of a user or, for MFA devices of
 * the root user, the account number; times are ISO 8601 texts in UTC. Steps are those of one-time codes: 30 seconds since 1970.
 */
import { isListOf, isOneOf, isOptional, isRecordOf, isText, isWhole, type Shaped } from '../shape.ts'
import { isTagList } from '../tags.ts'

export const isVirtualMfaDeviceRecord = isRecordOf({
  /** Its ARN, with path and name as they were given. */
  serialNumber: isText,
  createdAt: isText,
  sealedSeed: isText,
  tags: isTagList,
  /** Absent while it is assigned to nobody. */
  assignment: isOptional(isRecordOf({ ownerId: isText, enabledAt: isText })),
  /** The newest step of which a code was taken to synchronise, and how far ahead of ours the device's clock was then. */
  sync: isOptional(isRecordOf({ step: isWhole, driftSteps: isWhole })),
  /** How often codes were tried in the newest window in which any were. */
  tries: isOptional(isRecordOf({ window: isWhole, count: isWhole })),
})
export type VirtualMfaDeviceRecord = Shaped<typeof isVirtualMfaDeviceRecord>

/** A passkey or security key. It is somebody's from its registration on, and gone when it is deactivated. */
export const isFidoDeviceRecord = isRecordOf({
  /** `arn:aws:iam::ACCOUNT:u2f/user/NAME/DEVICE` */
  serialNumber: isText,
  ownerId: isText,
  enabledAt: isText,
  /** Such as `FIDO` with `L1` (IAM API Reference, GetMFADevice). */
  certifications: isListOf(isRecordOf({ name: isText, level: isText })),
})
export type FidoDeviceRecord = Shaped<typeof isFidoDeviceRecord>

export const isServiceCredentialRecord = isRecordOf({
  id: isText,
  ownerId: isText,
  service: isText,
  /** What the service knows the user by: made of the name that the user had then, and unique in the account and service. */
  alias: isText,
  status: isOneOf('Active', 'Inactive'),
  createdAt: isText,
  expiresAt: isOptional(isText),
  sealedSecret: isText,
})
export type ServiceCredentialRecord = Shaped<typeof isServiceCredentialRecord>
