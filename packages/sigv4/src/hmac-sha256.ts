import { hash } from 'node:crypto'

// One-shot hashing of a block that starts with the padded key is RFC 2104 written out; createHmac builds and tears down
// an OpenSSL context for each call, which costs more than the two hashes themselves.
const BLOCK_BYTES = 64
const DIGEST_BYTES = 32

/** HMAC-SHA-256 of a message of ASCII characters. */
export function hmacSha256(key: Uint8Array, message: string): Buffer {
  return Buffer.from(outerDigest(key, message, 'binary'), 'latin1')
}

/** HMAC-SHA-256 of a message of ASCII characters, as 64 lower-case hexadecimal digits. */
export function hmacSha256Hex(key: Uint8Array, message: string): string {
  return outerDigest(key, message, 'hex')
}

function outerDigest(key: Uint8Array, message: string, encoding: 'hex' | 'binary'): string {
  const block = key.length > BLOCK_BYTES ? hash('sha256', key, 'buffer') : key
  const inner = padded(block, { pad: 0x36, messageBytes: message.length })
  inner.write(message, BLOCK_BYTES, 'latin1')
  const outer = padded(block, { pad: 0x5c, messageBytes: DIGEST_BYTES })
  outer.write(hash('sha256', inner, 'binary'), BLOCK_BYTES, 'latin1')
  return hash('sha256', outer, encoding)
}

function padded(key: Uint8Array, layout: { readonly pad: number; readonly messageBytes: number }): Buffer {
  const buffer = Buffer.allocUnsafe(BLOCK_BYTES + layout.messageBytes)
  for (let index = 0; index < key.length; index += 1) buffer[index] = (key[index] ?? 0) ^ layout.pad
  buffer.fill(layout.pad, key.length, BLOCK_BYTES)
  return buffer
}
