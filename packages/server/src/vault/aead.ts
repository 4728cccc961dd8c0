/** AES-256-GCM with the nonce in front and the tag behind: the only cipher of this program (NIST SP 800-38D). */
import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'
import { takeRandomBytes } from './random-pool.ts'

const CIPHER = 'aes-256-gcm'
const NONCE_LENGTH = 12
const TAG_LENGTH = 16

/** Bytes that encryption adds: nonce and tag. */
export const AEAD_OVERHEAD = 28

export const KEY_LENGTH = 32

/** 32 bytes, or the same inside a KeyObject. */
export type AeadKey = Buffer | KeyObject

/** What is encrypted and the associated data that it is bound to. */
export interface Bound<Content> {
  readonly content: Content
  readonly associated: Buffer
}

/** nonce || ciphertext || tag, under a fresh random nonce. */
export function encrypt(key: AeadKey, { content, associated }: Bound<Buffer>): Buffer {
  const nonce = takeRandomBytes(NONCE_LENGTH)
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_LENGTH })
  cipher.setAAD(associated)
  return Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()])
}

/** The content, or undefined if any bit of the bytes, the key or the associated data differs. */
export function decrypt(key: AeadKey, { content, associated }: Bound<Buffer>): Buffer | undefined {
  if (content.length < AEAD_OVERHEAD) return undefined
  const decipher = createDecipheriv(CIPHER, key, content.subarray(0, NONCE_LENGTH), { authTagLength: TAG_LENGTH })
  decipher.setAAD(associated)
  decipher.setAuthTag(content.subarray(-TAG_LENGTH))
  try {
    return Buffer.concat([decipher.update(content.subarray(NONCE_LENGTH, -TAG_LENGTH)), decipher.final()])
  } catch {
    // Node throws on a wrong tag without saying more, and nothing more may be told.
    return undefined
  }
}
