/** MFA devices: whose they are, how they are found, stored and shown. Serial numbers are ARNs, and found ignoring case. */
import type { ContextValue } from '@iamd/policy'
import type { Fault, MFADevice } from '@iamd/wire'
import { getKeyOwner, type KeyOwner } from '../access-key.ts'
import { type AccountReader, type AccountWriter, nameKey, pairPrefix, virtualMfaDeviceKey } from '../account-tables.ts'
import { virtualMfaDeviceArn } from '../arns.ts'
import type { Principal } from '../principal.ts'
import { awsResourceTagContext } from '../tags.ts'
import { userOrCallerResource } from '../user-or-caller.ts'
import type { FidoDeviceRecord, VirtualMfaDeviceRecord } from './credential-records.ts'

interface View {
  readonly account: AccountReader
  readonly accountId: string
  readonly principal: Principal
}
type NoSuchEntity = (code: 'NoSuchEntity', message: string) => Fault

/** A device that somebody can sign in with. */
export type EnabledDevice =
  | { readonly kind: 'virtual'; readonly enabledAt: string; readonly device: VirtualMfaDeviceRecord }
  | { readonly kind: 'fido'; readonly enabledAt: string; readonly device: FidoDeviceRecord }

/** What to authorise on for an operation on somebody's devices. */
export function mfaOwnerResource(
  view: View,
  userName: string | undefined,
): { readonly resource: string; readonly context?: Readonly<Record<string, ContextValue>> } {
  return userOrCallerResource(view, withoutOwnNumber(view.principal, userName))
}

/** Whose devices are meant: the user of that name or NoSuchEntity, or the caller. */
export function getMfaOwner(scene: View & { readonly error: NoSuchEntity }, userName: string | undefined): KeyOwner {
  return getKeyOwner(scene, withoutOwnNumber(scene.principal, userName))
}

/**
 * The root user has no name, and EnableMFADevice cannot do without one: it may give its account number. (AWS enables a root
 * user's device in the console only, where the number of the account stands for it in no published way.)
 */
function withoutOwnNumber(principal: Principal, userName: string | undefined): string | undefined {
  return principal.kind === 'root' && userName === principal.accountId ? undefined : userName
}

/** What to authorise on for an operation on a virtual device: its ARN as it is stored, or as it was asked for, and its tags. */
export function mfaDeviceResource(
  { account, accountId }: Pick<View, 'account' | 'accountId'>,
  serialNumber: string,
): { readonly resource: string; readonly context: Readonly<Record<string, ContextValue>> } {
  const device = findVirtualDevice(account, serialNumber)
  if (device !== undefined) return { resource: device.serialNumber, context: awsResourceTagContext(device.tags) }
  const isArn = serialNumber.startsWith('arn:')
  return { resource: isArn ? serialNumber : virtualMfaDeviceArn(accountId, '/', serialNumber), context: {} }
}

export function findVirtualDevice(account: AccountReader, serialNumber: string): VirtualMfaDeviceRecord | undefined {
  return account.virtualMfaDevices.findBy('serialNumber', nameKey(serialNumber))
}

/** The virtual device, or the fault that AWS answers when there is none (observed; also for one that is not virtual). */
export function getVirtualDevice(
  account: AccountReader,
  serialNumber: string,
  error: NoSuchEntity,
): VirtualMfaDeviceRecord {
  const device = findVirtualDevice(account, serialNumber)
  if (device === undefined) throw noSuchDevice(serialNumber, error)
  return device
}

/** The device with that serial number if it is enabled for this owner; one that is somebody else's is told from one that is not there. */
export function getEnabledDevice(
  account: AccountReader,
  { ownerId, serialNumber }: { readonly ownerId: string; readonly serialNumber: string },
  error: NoSuchEntity,
): EnabledDevice {
  const found = enabledDevicesOf(account, ownerId).find(
    ({ device }) => nameKey(device.serialNumber) === nameKey(serialNumber),
  )
  if (found !== undefined) return found
  const isOthers =
    findVirtualDevice(account, serialNumber) ?? account.fidoDevices.findBy('serialNumber', nameKey(serialNumber))
  throw isOthers === undefined
    ? noSuchDevice(serialNumber, error)
    : error('NoSuchEntity', 'MFA Device invalid for user.')
}

function noSuchDevice(serialNumber: string, error: NoSuchEntity): Fault {
  return error('NoSuchEntity', `MFA Device with serial number ${serialNumber} does not exist.`)
}

/** Every device that is enabled for an owner, in order of `enabledDevicePosition`. They are few: there is a quota. */
export function enabledDevicesOf(account: AccountReader, ownerId: string): readonly EnabledDevice[] {
  const prefix = pairPrefix(ownerId)
  const devices: EnabledDevice[] = []
  for (const device of account.virtualMfaDevices.scan({ prefix })) {
    if (device.assignment !== undefined) {
      devices.push({ kind: 'virtual', enabledAt: device.assignment.enabledAt, device })
    }
  }
  for (const device of account.fidoDevices.scan({ prefix })) {
    devices.push({ kind: 'fido', enabledAt: device.enabledAt, device })
  }
  return devices.toSorted((a, b) => (enabledDevicePosition(a) < enabledDevicePosition(b) ? -1 : 1))
}

/** The virtual devices of the account that are somebody's. */
export function assignedVirtualDevices(account: AccountReader): IteratorObject<VirtualMfaDeviceRecord> {
  return account.virtualMfaDevices.scan().filter(({ assignment }) => assignment !== undefined)
}

/** Where a device stands among its owner's: by serial number. */
export function enabledDevicePosition({ device }: EnabledDevice): string {
  return nameKey(device.serialNumber)
}

/** Stores a virtual device in place of what it was before; whose it is may have changed. */
export function replaceVirtualDevice(
  account: AccountWriter,
  { before, after }: { readonly before: VirtualMfaDeviceRecord; readonly after: VirtualMfaDeviceRecord },
): void {
  const key = virtualMfaDeviceKey(before)
  if (key !== virtualMfaDeviceKey(after)) account.virtualMfaDevices.delete(key)
  account.virtualMfaDevices.put(after)
}

/** As ListMFADevices shows it. The model wants a name there, so the root user's devices have the account number. */
export function enabledDeviceView({ device, enabledAt }: EnabledDevice, { id, name = id }: KeyOwner): MFADevice {
  return { UserName: name, SerialNumber: device.serialNumber, EnableDate: new Date(enabledAt) }
}
