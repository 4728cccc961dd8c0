import type { VirtualMfaDeviceRecord } from '../../../account/credential/credential-records.ts'
import { findVirtualDevice } from '../../../account/credential/mfa-device.ts'
import { mfaDevicePlace } from '../../../account/credential/mfa-device-place.ts'
import { virtualMfaDeviceArn } from '../../../account/arns.ts'
import { quota } from '../../../account/quotas.ts'
import { mergeTags, requestTagContext, tagsView } from '../../../account/tags.ts'
import { writeOperation } from '../../operation.ts'

/** A serial number is sent back in requests, whose model ends it here. */
const SERIAL_NUMBER_LENGTH_MAX = 256

/** 64 characters of base32, as AWS's seeds have (observed). */
const SEED_BYTES = 40

/** Makes a device that is nobody's yet. Its seed is in this answer, as text and as picture, and never again (P8). */
export const CreateVirtualMFADevice = writeOperation('CreateVirtualMFADevice', {
  authorize({ VirtualMFADeviceName, Path = '/', Tags = [] }, { accountId }) {
    const resource = virtualMfaDeviceArn(accountId, Path, VirtualMFADeviceName)
    const context = requestTagContext(Tags)
    // A create with tags is also refused where tagging is not allowed (observed of users).
    return { resource, context, also: Tags.length === 0 ? [] : [{ action: 'iam:TagMFADevice', resource, context }] }
  },
  handle({ input }, scene) {
    const { account, accountId, directory, now, oneTimeCodes, randomBytes, vault, error } = scene
    const { VirtualMFADeviceName: name, Path = '/', Tags = [] } = input
    const serialNumber = virtualMfaDeviceArn(accountId, Path, name)
    if (serialNumber.length > SERIAL_NUMBER_LENGTH_MAX) {
      const length = `${SERIAL_NUMBER_LENGTH_MAX} characters`
      throw error('InvalidInput', `The path and name of the device make its serial number longer than ${length}.`)
    }
    if (findVirtualDevice(account, serialNumber) !== undefined) {
      throw error('EntityAlreadyExists', 'MFA device already exists.')
    }
    // "Equal to the user quota for the account" (IAM and STS quotas).
    const devicesMax = quota(account, 'UsersQuota')
    if (account.virtualMfaDevices.size >= devicesMax) {
      throw error('LimitExceeded', `Cannot exceed quota for MFADevicesPerAccount: ${devicesMax}`)
    }
    const seed = oneTimeCodes.seedOf(randomBytes(SEED_BYTES))
    const device: VirtualMfaDeviceRecord = {
      serialNumber,
      createdAt: now.toISOString(),
      sealedSeed: vault.seal(mfaDevicePlace(accountId, serialNumber), seed),
      tags: mergeTags([], Tags, { ignoreCase: false, error }),
    }
    account.virtualMfaDevices.put(device)
    const alias = directory.accounts.find(accountId)?.alias ?? accountId
    return {
      VirtualMFADevice: {
        SerialNumber: serialNumber,
        Base32StringSeed: Buffer.from(seed),
        QRCodePNG: oneTimeCodes.qrCode({ seed, name, account: alias }),
        Tags: device.tags.length === 0 ? undefined : tagsView(device.tags),
      },
    }
  },
})
