import { mfaDeviceResource } from '../../../account/credential/mfa-device.ts'
import { readOperation } from '../../operation.ts'
import { tagPage } from '../../tag-page.ts'
import { getRequestedDevice } from './requested-device.ts'

export const ListMFADeviceTags = readOperation('ListMFADeviceTags', {
  authorize: ({ SerialNumber }, view) => mfaDeviceResource(view, SerialNumber),
  handle({ input }, scene) {
    const operation = 'ListMFADeviceTags'
    const { serialNumber, tags } = getRequestedDevice(scene, { operation, serialNumber: input.SerialNumber })
    return tagPage(scene, { operation, input, resourceId: serialNumber, tags })
  },
})
