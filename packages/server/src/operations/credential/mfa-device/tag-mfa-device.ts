import { mfaDeviceResource } from '../../../account/credential/mfa-device.ts'
import { mergeTags, requestTagContext } from '../../../account/tags.ts'
import { writeOperation } from '../../operation.ts'
import { getRequestedDevice } from './requested-device.ts'

/** Tag keys of devices are told apart by case, as those of all but users and roles (IAM and STS quotas, "Tag keys"). */
export const TagMFADevice = writeOperation('TagMFADevice', {
  authorize({ SerialNumber, Tags }, view) {
    const { resource, context } = mfaDeviceResource(view, SerialNumber)
    return { resource, context: { ...context, ...requestTagContext(Tags) } }
  },
  handle({ input }, scene) {
    const { account, error } = scene
    const device = getRequestedDevice(scene, { operation: 'TagMFADevice', serialNumber: input.SerialNumber })
    account.virtualMfaDevices.put({ ...device, tags: mergeTags(device.tags, input.Tags, { ignoreCase: false, error }) })
    return {}
  },
})
