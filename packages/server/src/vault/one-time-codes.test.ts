import assert from 'node:assert/strict'
import { test } from 'node:test'
import { oneTimeCodes } from './one-time-codes.ts'
import { qrCodePng } from './qr-code-png.ts'

/** RFC 6238, Appendix B, with its SHA-1 seed: the last six of the eight digits, by the seconds since 1970. */
const VECTORS: readonly (readonly [seconds: number, code: string])[] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
]
const SEED = oneTimeCodes.seedOf(Buffer.from('12345678901234567890'))

test('a seed is the base32 text of its bytes', () => {
  assert.equal(SEED, 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
})

test('codes are those of RFC 6238', () => {
  const isCodeAt = oneTimeCodes.codesOf(SEED)
  for (const [seconds, code] of VECTORS) {
    const step = Math.floor(seconds / 30)
    assert(isCodeAt(step, code))
    assert(!isCodeAt(step + 1, code))
    assert(!isCodeAt(step - 1, code))
  }
})

test('what is no code of six digits is never the code, whatever it begins with', () => {
  const isCodeAt = oneTimeCodes.codesOf(SEED)
  for (const code of ['', '28708', '2870820', '287082 ', ' 287082', '287O82', '２８７０８２', '94287082']) {
    assert(!isCodeAt(1, code), code)
  }
})

test('the QR code holds an otpauth URI with the name of the device at the account', () => {
  const uri = `otpauth://totp/iamd:Bob%2Bphone%40acme?issuer=iamd&secret=${SEED}&algorithm=SHA1&digits=6&period=30`
  assert.deepEqual(oneTimeCodes.qrCode({ seed: SEED, name: 'Bob+phone', account: 'acme' }), qrCodePng(uri))
})
