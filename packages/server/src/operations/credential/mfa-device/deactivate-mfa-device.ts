import {
  getEnabledDevice,
  getMfaOwner,
  mfaOwnerResource,
  replaceVirtualDevice,
} from '../../../account/credential/mfa-device.ts'
import { fidoDeviceKey } from '../../../account/account-tables.ts'
import { writeOperation } from '../../operation.ts'

/** Takes a device from its owner. A virtual one stays, with what it was synchronised with, so that no code of it is good again. */
export const DeactivateMFADevice = writeOperation('DeactivateMFADevice', {
  authorize: ({ UserName }, view) => mfaOwnerResource(view, UserName),
  handle({ input }, scene) {
    const { account, error } = scene
    const { id: ownerId } = getMfaOwner(scene, input.UserName)
    const enabled = getEnabledDevice(account, { ownerId, serialNumber: input.SerialNumber }, error)
    if (enabled.kind === 'fido') {
      account.fidoDevices.delete(fidoDeviceKey(enabled.device))
    } else {
      const { assignment: _taken, ...after } = enabled.device
      replaceVirtualDevice(account, { before: enabled.device, after })
    }
    return {}
  },
})
