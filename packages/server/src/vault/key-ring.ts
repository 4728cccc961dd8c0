/**
 * The installation keys in memory, and the keys derived from each for one purpose (HKDF-SHA256, RFC 5869). A value sealed for
 * one purpose cannot be opened for another (M-10), and no key comes from a credential (M-02).
 */
import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { KEY_LENGTH } from './aead.ts'
import { takeRandomBytes } from './random-pool.ts'

/** One label for each purpose. A label is never reused for anything else, and never changed. */
const LABELS = {
  secret: 'iamd/1/secret-wrapping',
  marker: 'iamd/1/pagination-marker',
} as const

export type KeyPurpose = keyof typeof LABELS

/** Length of the id that every sealed value starts with, in bytes. */
export const KEY_ID_LENGTH = 4

/** A root key of this installation. `keyId` is random, 8 hex digits; `key` is 32 random bytes. */
export interface InstallationKey {
  readonly keyId: string
  readonly key: Buffer
}

/** The derived keys of one installation key. */
export type DerivedKeys = Readonly<Record<KeyPurpose, KeyObject>> & { readonly keyIdBytes: Buffer }

/** `current` seals; `find` gives what an older value was sealed with. */
export interface KeyRing {
  readonly current: DerivedKeys
  find(keyId: string): DerivedKeys | undefined
}

export function newInstallationKey(): InstallationKey {
  return { keyId: takeRandomBytes(KEY_ID_LENGTH).toString('hex'), key: takeRandomBytes(KEY_LENGTH) }
}

/** A ring of at least one key; the first is the one that seals. */
export function createKeyRing(keys: readonly InstallationKey[]): KeyRing {
  const derived = new Map(keys.map((key) => [key.keyId, derive(key)]))
  const current = derived.get(keys[0]?.keyId ?? '')
  if (current === undefined) throw new Error('a key ring needs a key')
  return { current, find: (keyId) => derived.get(keyId) }
}

function derive({ keyId, key }: InstallationKey): DerivedKeys {
  return {
    keyIdBytes: Buffer.from(keyId, 'hex'),
    secret: derivedKey(key, LABELS.secret),
    marker: derivedKey(key, LABELS.marker),
  }
}

function derivedKey(key: Buffer, label: string): KeyObject {
  return createSecretKey(new Uint8Array(hkdfSync('sha256', key, '', label, KEY_LENGTH)))
}
