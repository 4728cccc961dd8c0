import {
  enabledDevicesOf,
  getMfaOwner,
  getVirtualDevice,
  mfaOwnerResource,
  replaceVirtualDevice,
} from '../../../account/credential/mfa-device.ts'
import { quota } from '../../../account/quotas.ts'
import { writeOperation } from '../../operation.ts'
import { tryCodes, WRONG_CODES } from './try-codes.ts'

/** Assigns a virtual device to a user, or to the root user that calls, who proves to have it by two of its codes in a row. */
export const EnableMFADevice = writeOperation('EnableMFADevice', {
  authorize: ({ UserName }, view) => mfaOwnerResource(view, UserName),
  handle({ input }, scene) {
    const { account, now, error } = scene
    const owner = getMfaOwner(scene, input.UserName)
    const before = getVirtualDevice(account, input.SerialNumber, error)
    if (before.assignment !== undefined) throw error('EntityAlreadyExists', 'MFA Device is already in use.')
    const devicesMax = quota(account, 'MFADevicesPerUserQuota')
    if (enabledDevicesOf(account, owner.id).length >= devicesMax) {
      throw error('LimitExceeded', `Cannot exceed quota for MFADevicesPerUser: ${devicesMax}`)
    }
    const { device, isRight } = tryCodes(scene, before, [input.AuthenticationCode1, input.AuthenticationCode2])
    const assignment = { ownerId: owner.id, enabledAt: now.toISOString() }
    replaceVirtualDevice(account, { before, after: isRight ? { ...device, assignment } : device })
    return isRight ? {} : error('InvalidAuthenticationCode', WRONG_CODES)
  },
})
