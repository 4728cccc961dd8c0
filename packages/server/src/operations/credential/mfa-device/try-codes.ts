/** Two codes of a virtual MFA device are tried, and the try is counted whether they are right or not. */
import type { Fault } from '@iamd/wire'
import { findSyncStep, stepAt, withTry } from '../../../account/credential/code-sync.ts'
import type { VirtualMfaDeviceRecord } from '../../../account/credential/credential-records.ts'
import { mfaDevicePlace } from '../../../account/credential/mfa-device-place.ts'
import type { WriteScene } from '../../scene.ts'

type CodeScene = Pick<WriteScene<'EnableMFADevice'>, 'accountId' | 'now' | 'vault' | 'oneTimeCodes'> & {
  readonly error: (code: 'AccessDenied', message: string) => Fault
}

export interface TriedDevice {
  /** To be stored in any case. */
  readonly device: VirtualMfaDeviceRecord
  readonly isRight: boolean
}

/** What is answered when the codes are wrong; a handler returns it, so that the try stays counted. */
export const WRONG_CODES = 'Authentication code for device is not valid.'

/** Throws AccessDenied when there were too many tries: codes are not even looked at then. */
export function tryCodes(
  { accountId, now, vault, oneTimeCodes, error }: CodeScene,
  before: VirtualMfaDeviceRecord,
  codes: readonly [string, string],
): TriedDevice {
  const device = withTry(before, now)
  if (device === undefined) {
    // The code is observed of verifications in STS, AWS's words are not known.
    throw error(
      'AccessDenied',
      'MultiFactorAuthentication failed, the MFA device is unavailable. Please try again later.',
    )
  }
  const seed = vault.open(mfaDevicePlace(accountId, device.serialNumber), device.sealedSeed)
  const step = findSyncStep(oneTimeCodes.codesOf(seed), codes, { now, after: device.sync?.step })
  if (step === undefined) return { device, isRight: false }
  return { device: { ...device, sync: { step, driftSteps: step - stepAt(now) } }, isRight: true }
}
