/** Makes a vault: of a data directory, or of random keys in memory. */
import { addInstallationKey, loadInstallationKeys } from './installation-key.ts'
import { createKeyRing, newInstallationKey, type KeyRing } from './key-ring.ts'
import { openMarker, sealMarker } from './marker.ts'
import type { MasterKeySource } from './master-key.ts'
import { makePrivateDirectory } from './private-file.ts'
import { openSecret, sealSecret } from './sealed-secret.ts'
import type { Vault } from './vault.ts'

export interface VaultOptions {
  /** Where `installation.key.json` lies. Made (0700) if absent. */
  readonly dataDirectory: string
  readonly masterKey: MasterKeySource
  /**
   * True on a first start only: keys that do not exist are generated. With false a missing key file is a VaultFault,
   * because a new key could open nothing that the journal already holds.
   */
  readonly mayCreateKeys: boolean
}

/** Opens the vault of a data directory. Throws VaultFault with one clear line when a key is missing, exposed, malformed or the wrong one. */
export async function createVault(options: VaultOptions): Promise<Vault> {
  await makePrivateDirectory(options.dataDirectory)
  return vaultOf({
    initial: createKeyRing(await loadInstallationKeys(options)),
    reload: async () => createKeyRing(await loadInstallationKeys({ ...options, mayCreateKeys: false })),
    rotate: async () => createKeyRing(await addInstallationKey(options)),
  })
}

/** A vault whose keys are random and live only as long as it does (the emulator, tests). */
export function createMemoryVault(): Vault {
  let keys = [newInstallationKey()]
  return vaultOf({
    initial: createKeyRing(keys),
    reload: async () => createKeyRing(keys),
    rotate: async () => createKeyRing((keys = [newInstallationKey(), ...keys])),
  })
}

interface KeyRings {
  readonly initial: KeyRing
  reload(): Promise<KeyRing>
  rotate(): Promise<KeyRing>
}

function vaultOf(rings: KeyRings): Vault {
  let ring = rings.initial
  return {
    seal: (place, secret) => sealSecret(ring, place, secret),
    open: (place, sealed) => openSecret(ring, place, sealed),
    sealMarker: (context, position) => sealMarker(ring, context, position),
    openMarker: (context, marker) => openMarker(ring, context, marker),
    rotate: async () => {
      ring = await rings.rotate()
    },
    reload: async () => {
      ring = await rings.reload()
    },
  }
}
