import {
  enabledDevicePosition,
  enabledDevicesOf,
  enabledDeviceView,
  getMfaOwner,
  mfaOwnerResource,
} from '../../../account/credential/mfa-device.ts'
import { readOperation } from '../../operation.ts'
import { page } from '../../page.ts'

/** The devices of a user, or of the caller: virtual ones and passkeys. */
export const ListMFADevices = readOperation('ListMFADevices', {
  authorize: ({ UserName }, view) => mfaOwnerResource(view, UserName),
  handle({ input }, scene) {
    const owner = getMfaOwner(scene, input.UserName)
    const { rows, truncation } = page(scene, {
      operation: 'ListMFADevices',
      input,
      filter: owner.id,
      rows: (after = '') =>
        enabledDevicesOf(scene.account, owner.id).filter((device) => enabledDevicePosition(device) > after),
      position: enabledDevicePosition,
    })
    return { MFADevices: rows.map((device) => enabledDeviceView(device, owner)), ...truncation }
  },
})
