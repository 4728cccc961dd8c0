/**
 * Pagination markers: the position in a listing, encrypted and bound to the listing, so that nobody can make one, read one,
 * or carry one to another account, operation or filter (B-09). AWS allows 320 characters; a position may have 199 bytes.
 */
import { decrypt, encrypt } from './aead.ts'
import { KEY_ID_LENGTH, type KeyRing } from './key-ring.ts'
import type { MarkerContext } from './vault.ts'

/** base64url of key id (4) || nonce (12) || ciphertext || tag (16). */
export function sealMarker(ring: KeyRing, context: MarkerContext, position: string): string {
  const content = Buffer.from(position, 'utf8')
  const sealed = encrypt(ring.current.marker, { content, associated: associatedData(context) })
  return Buffer.concat([ring.current.keyIdBytes, sealed]).toString('base64url')
}

/** The position, or undefined for anything that sealMarker did not return for this context. */
export function openMarker(ring: KeyRing, context: MarkerContext, marker: string): string | undefined {
  const bytes = Buffer.from(marker, 'base64url')
  if (bytes.toString('base64url') !== marker) return undefined
  const keys = ring.find(bytes.toString('hex', 0, KEY_ID_LENGTH))
  if (keys === undefined) return undefined
  const content = bytes.subarray(KEY_ID_LENGTH)
  return decrypt(keys.marker, { content, associated: associatedData(context) })?.toString('utf8')
}

function associatedData({ accountId, operation, filter }: MarkerContext): Buffer {
  return Buffer.from(JSON.stringify([accountId, operation, filter]), 'utf8')
}
