import { virtualMfaDeviceKey } from '../../../account/account-tables.ts'
import { mfaDeviceResource } from '../../../account/credential/mfa-device.ts'
import { writeOperation } from '../../operation.ts'
import { getRequestedDevice } from './requested-device.ts'

/** Deletes a device that is nobody's, and with it the only copy of its seed. */
export const DeleteVirtualMFADevice = writeOperation('DeleteVirtualMFADevice', {
  authorize: ({ SerialNumber }, view) => mfaDeviceResource(view, SerialNumber),
  handle({ input }, scene) {
    const { account, error } = scene
    const request = { operation: 'DeleteVirtualMFADevice', serialNumber: input.SerialNumber } as const
    const device = getRequestedDevice(scene, request)
    if (device.assignment !== undefined) {
      throw error('DeleteConflict', 'MFA VirtualDevice in use. Must deactivate first.')
    }
    account.virtualMfaDevices.delete(virtualMfaDeviceKey(device))
    return {}
  },
})
