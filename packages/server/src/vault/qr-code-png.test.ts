import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, inflateSync } from 'node:zlib'
import { encode } from 'uqr'
import { qrCodePng } from './qr-code-png.ts'

/** The chunks of a PNG, whose lengths and checksums are right. */
function chunksOf(png: Uint8Array): [type: string, data: Buffer][] {
  const bytes = Buffer.from(png)
  assert.equal(bytes.toString('latin1', 0, 8), '\u0089PNG\r\n\u001a\n')
  const chunks: [string, Buffer][] = []
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at)
    const typed = bytes.subarray(at + 4, at + 8 + length)
    assert.equal(bytes.readUInt32BE(at + 8 + length), crc32(typed))
    chunks.push([typed.toString('latin1', 0, 4), typed.subarray(4)])
    at += 12 + length
  }
  return chunks
}

/** Whether each pixel is black, row by row, as a viewer of one-bit pictures reads them. */
function pixelsOf(png: Uint8Array): boolean[][] {
  const [header, data, end] = chunksOf(png)
  assert.deepEqual([header?.[0], data?.[0], end?.[0]], ['IHDR', 'IDAT', 'IEND'])
  const side = header?.[1].readUInt32BE(0) ?? 0
  assert.equal(header?.[1].readUInt32BE(4), side)
  assert.deepEqual([...(header?.[1].subarray(8) ?? [])], [1, 0, 0, 0, 0])
  const lines = inflateSync(data?.[1] ?? Buffer.alloc(0))
  const lineLength = 1 + Math.ceil(side / 8)
  assert.equal(lines.length, side * lineLength)
  return Array.from({ length: side }, (_row, y) => {
    const line = lines.subarray(y * lineLength, (y + 1) * lineLength)
    assert.equal(line[0], 0, 'no filter')
    return Array.from({ length: side }, (_pixel, x) => (((line[1 + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 0)
  })
}

function sixTimes<T>(value: T): T[] {
  return Array.from({ length: 6 }, () => value)
}

for (const text of ['a', `otpauth://totp/iamd:Bob@123456789012?secret=${'A'.repeat(64)}`, 'é東京'.repeat(40)]) {
  test(`the picture of a QR code of ${text.length} characters has six pixels for each module and a border of four modules`, () => {
    const pixels = pixelsOf(qrCodePng(text))
    const { data } = encode(text, { ecc: 'L', border: 4 })
    assert.equal(pixels.length, data.length * 6)
    assert.deepEqual(
      pixels,
      data.flatMap((row) => sixTimes(row.flatMap((isDark) => sixTimes(isDark)))),
    )
    assert(
      pixels
        .slice(0, 24)
        .flat()
        .every((isBlack) => !isBlack),
      'the border is white',
    )
    assert.deepEqual(pixels[24]?.slice(24, 24 + 42), Array(42).fill(true), 'a finder pattern begins after it')
  })
}

test('a text that no QR code can hold is refused', () => {
  assert.throws(() => qrCodePng('a'.repeat(3000)))
})
