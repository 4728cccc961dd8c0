/** Where the seed of a virtual MFA device is kept: what its sealed form is bound to, whoever's the device is. */
import type { SecretPlace } from '../../vault/vault.ts'

export function mfaDevicePlace(accountId: string, serialNumber: string): SecretPlace {
  return { accountId, table: 'virtualMfaDevices', key: serialNumber, field: 'sealedSeed' }
}
