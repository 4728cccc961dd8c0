import {
  getEnabledDevice,
  getMfaOwner,
  getVirtualDevice,
  mfaOwnerResource,
  replaceVirtualDevice,
} from '../../../account/credential/mfa-device.ts'
import { writeOperation } from '../../operation.ts'
import { tryCodes, WRONG_CODES } from './try-codes.ts'

/** Learns anew by how much the clock of a device differs, from two of its codes in a row. */
export const ResyncMFADevice = writeOperation('ResyncMFADevice', {
  authorize: ({ UserName }, view) => mfaOwnerResource(view, UserName),
  handle({ input }, scene) {
    const { account, error } = scene
    const { SerialNumber: serialNumber } = input
    getEnabledDevice(account, { ownerId: getMfaOwner(scene, input.UserName).id, serialNumber }, error)
    // Passkeys have no clock.
    const before = getVirtualDevice(account, serialNumber, error)
    const { device, isRight } = tryCodes(scene, before, [input.AuthenticationCode1, input.AuthenticationCode2])
    replaceVirtualDevice(account, { before, after: device })
    return isRight ? {} : error('InvalidAuthenticationCode', WRONG_CODES)
  },
})
