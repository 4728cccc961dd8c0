import {
  type EnabledDevice,
  getEnabledDevice,
  getMfaOwner,
  mfaOwnerResource,
} from '../../../account/credential/mfa-device.ts'
import { readOperation } from '../../operation.ts'

export const GetMFADevice = readOperation('GetMFADevice', {
  authorize: ({ UserName }, view) => mfaOwnerResource(view, UserName),
  handle({ input }, scene) {
    const owner = getMfaOwner(scene, input.UserName)
    const enabled = getEnabledDevice(
      scene.account,
      { ownerId: owner.id, serialNumber: input.SerialNumber },
      scene.error,
    )
    return {
      UserName: owner.name,
      SerialNumber: enabled.device.serialNumber,
      EnableDate: new Date(enabled.enabledAt),
      Certifications: certificationsOf(enabled),
    }
  },
})

/** Only passkeys and security keys are certified. */
function certificationsOf(enabled: EnabledDevice): Record<string, string> | undefined {
  if (enabled.kind === 'virtual') return undefined
  return Object.fromEntries(enabled.device.certifications.map(({ name, level }) => [name, level]))
}
