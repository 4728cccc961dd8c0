import { mfaDeviceResource } from '../../../account/credential/mfa-device.ts'
import { removeTags } from '../../../account/tags.ts'
import { writeOperation } from '../../operation.ts'
import { getRequestedDevice } from './requested-device.ts'

export const UntagMFADevice = writeOperation('UntagMFADevice', {
  authorize({ SerialNumber, TagKeys }, view) {
    const { resource, context } = mfaDeviceResource(view, SerialNumber)
    return { resource, context: { ...context, 'aws:TagKeys': TagKeys } }
  },
  handle({ input }, scene) {
    const device = getRequestedDevice(scene, { operation: 'UntagMFADevice', serialNumber: input.SerialNumber })
    scene.account.virtualMfaDevices.put({
      ...device,
      tags: removeTags(device.tags, input.TagKeys, { ignoreCase: false }),
    })
    return {}
  },
})
