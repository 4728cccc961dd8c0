/** The virtual MFA device that a request means by its SerialNumber, for operations that name nobody whose it is. */
import type { Fault, OperationName } from '@iamd/wire'
import type { VirtualMfaDeviceRecord } from '../../../account/credential/credential-records.ts'
import { getVirtualDevice } from '../../../account/credential/mfa-device.ts'
import { assertOwnArn } from '../../own-arn.ts'
import type { SceneView } from '../../scene.ts'

type DeviceScene = Pick<SceneView, 'account' | 'accountId' | 'principal'> & {
  readonly error: (code: 'NoSuchEntity' | 'AccessDenied', message: string) => Fault
}

/** Throws AccessDenied for the ARN of another account, and NoSuchEntity when there is no such device. */
export function getRequestedDevice(
  scene: DeviceScene,
  { operation, serialNumber }: { readonly operation: OperationName; readonly serialNumber: string },
): VirtualMfaDeviceRecord {
  if (serialNumber.startsWith('arn:')) assertOwnArn(scene, { operation, arn: serialNumber })
  return getVirtualDevice(scene.account, serialNumber, scene.error)
}
