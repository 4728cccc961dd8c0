/**
 * A sealed secret: `v1.` and base64url of
 *
 *   key id (4) || wrapped key: nonce (12), key (32), tag (16) || secret: nonce (12), ciphertext, tag (16)
 *
 * Both layers carry the place as associated data, so neither opens anywhere else. Whoever deletes the wrapped key has destroyed the secret.
 */
import { AEAD_OVERHEAD, decrypt, encrypt, KEY_LENGTH } from './aead.ts'
import { KEY_ID_LENGTH, type KeyRing } from './key-ring.ts'
import { takeRandomBytes } from './random-pool.ts'
import type { SealedSecret, SecretPlace } from './vault.ts'
import { VaultFault } from './vault-fault.ts'

const PREFIX = 'v1.'
const WRAPPED_END = KEY_ID_LENGTH + KEY_LENGTH + AEAD_OVERHEAD

/** Whether a stored string has the form of a sealed secret; says nothing about whether it opens. */
export function isSealedSecret(value: string): value is SealedSecret {
  return value.startsWith(PREFIX)
}

/** Encrypts under a new key and wraps that key. Throws VaultFault for a string that UTF-8 cannot hold. */
export function sealSecret(ring: KeyRing, place: SecretPlace, secret: string): SealedSecret {
  if (!secret.isWellFormed()) throw new VaultFault(`cannot seal \`${place.field}\`: it is not well-formed Unicode`)
  const associated = associatedData(place)
  const key = takeRandomBytes(KEY_LENGTH)
  const wrapped = encrypt(ring.current.secret, { content: key, associated })
  const sealed = encrypt(key, { content: Buffer.from(secret, 'utf8'), associated })
  key.fill(0)
  return `v1.${Buffer.concat([ring.current.keyIdBytes, wrapped, sealed]).toString('base64url')}`
}

/** Throws VaultFault if the value does not open here. */
export function openSecret(ring: KeyRing, place: SecretPlace, sealed: string): string {
  const bytes = decodeExactly(sealed)
  const keys = ring.find(bytes.toString('hex', 0, KEY_ID_LENGTH))
  if (keys === undefined) throw cannotOpen(place, 'it was sealed by an installation key that is not here')
  const associated = associatedData(place)
  const key = decrypt(keys.secret, { content: bytes.subarray(KEY_ID_LENGTH, WRAPPED_END), associated })
  const secret = key && decrypt(key, { content: bytes.subarray(WRAPPED_END), associated })
  key?.fill(0)
  if (secret === undefined) throw cannotOpen(place, 'it was changed, or sealed for another place')
  return secret.toString('utf8')
}

/** An empty buffer for what is not exactly our encoding, so that no two strings mean the same sealed value. */
function decodeExactly(sealed: string): Buffer {
  if (!isSealedSecret(sealed)) return Buffer.alloc(0)
  const bytes = Buffer.from(sealed.slice(PREFIX.length), 'base64url')
  return bytes.toString('base64url') === sealed.slice(PREFIX.length) ? bytes : Buffer.alloc(0)
}

/** A JSON array of strings is unambiguous: no two places give the same bytes. */
function associatedData({ accountId, table, key, field }: SecretPlace): Buffer {
  return Buffer.from(JSON.stringify([PREFIX, accountId, table, key, field]), 'utf8')
}

function cannotOpen({ accountId, table, key, field }: SecretPlace, reason: string): VaultFault {
  return new VaultFault(`cannot open \`${field}\` of \`${table}/${key}\` in account ${accountId}: ${reason}`)
}
