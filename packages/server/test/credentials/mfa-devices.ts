import {
  CreateVirtualMFADeviceCommand,
  type CreateVirtualMFADeviceCommandInput,
  EnableMFADeviceCommand,
} from '@aws-sdk/client-iam'
import type { FidoDeviceRecord } from '../../src/account/credential/credential-records.ts'
import { codesAt } from './mfa-codes.ts'
import { userIdOf, type World } from '../world.ts'

/** A virtual device as who made it knows it. */
export interface MadeDevice {
  readonly SerialNumber: string
  /** Base32. */
  readonly seed: string
}

/** Makes a virtual device as the root user. */
export async function createDevice(
  world: World,
  VirtualMFADeviceName: string,
  options: Partial<CreateVirtualMFADeviceCommandInput> = {},
): Promise<MadeDevice> {
  const command = new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName, ...options })
  const { VirtualMFADevice } = await world.iam().send(command)
  const seed = Buffer.from(VirtualMFADevice?.Base32StringSeed ?? []).toString('latin1')
  return { SerialNumber: VirtualMFADevice?.SerialNumber ?? '', seed }
}

/** Makes a virtual device and enables it for a user, or for the root user by its account number. */
export async function enableNewDevice(world: World, UserName: string, deviceName: string): Promise<MadeDevice> {
  const device = await createDevice(world, deviceName)
  const { SerialNumber, seed } = device
  await world.iam().send(new EnableMFADeviceCommand({ UserName, SerialNumber, ...codesAt(seed, world.now) }))
  return device
}

/** Gives Bob a passkey, around the operations, which cannot make one. The answer is its serial number. */
export async function givePasskey(world: World, passkey: Partial<FidoDeviceRecord> = {}): Promise<string> {
  const serialNumber = 'arn:aws:iam::123456789012:u2f/user/Bob/key'
  const enabledAt = world.now.toISOString()
  const bobs = { serialNumber, ownerId: userIdOf('Bob'), enabledAt, certifications: [] }
  await world.change((account) => account.fidoDevices.put({ ...bobs, ...passkey }))
  return serialNumber
}
