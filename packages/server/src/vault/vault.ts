/**
 * The vault: seals what must be recovered later (secret access keys, MFA seeds) and what a caller carries for us (pagination markers).
 *
 * Every secret is encrypted with a key of its own; that key is wrapped by the installation key; the installation key is wrapped by
 * the master key and lies in `installation.key.json`. Sealing and opening are synchronous, because handlers are, and cost microseconds.
 */
import { mkdir } from 'node:fs/promises'
import { addInstallationKey, loadInstallationKeys } from './installation-key.ts'
import { createKeyRing, newInstallationKey, type KeyRing } from './key-ring.ts'
import { openMarker, sealMarker, type MarkerContext } from './marker.ts'
import { openSecret, sealSecret, type SealedSecret, type SecretPlace } from './sealed-secret.ts'
import type { MasterKeySource } from './master-key.ts'

/** Seals and opens secrets and pagination markers. Synchronous; holds the keys of one installation in memory. */
export interface Vault {
  /** Encrypts a secret for exactly one place. The result is versioned, safe inside JSON, and different each time. */
  seal(place: SecretPlace, secret: string): SealedSecret
  /** The secret again; throws VaultFault if the value was changed, sealed for another place, or by another installation. */
  open(place: SecretPlace, sealed: string): string
  /** An opaque pagination marker for a position (a record's key) in one listing. */
  sealMarker(context: MarkerContext, position: string): string
  /** The position, or undefined if this installation did not make this marker for this very listing. */
  openMarker(context: MarkerContext, marker: string): string | undefined
  /** Makes a new installation key that seals from now on; what the former ones sealed still opens. */
  rotate(): Promise<void>
  /** Reads the installation keys again, so that a key made by another process of this installation is known. */
  reload(): Promise<void>
}

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
  await mkdir(options.dataDirectory, { recursive: true, mode: 0o700 })
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
