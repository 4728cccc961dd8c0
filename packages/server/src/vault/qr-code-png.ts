/** A text as a PNG of its QR code (ISO/IEC 18004; PNG: RFC 2083): black and white, one bit for each pixel. */
import { crc32, deflateSync } from 'node:zlib'
import { encode } from 'uqr'

const PIXELS_PER_MODULE = 6
/** "Quiet zone": 4 modules on every side. */
const BORDER_MODULES = 4

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const BIT_DEPTH = 1
const GRAYSCALE = 0

/** Throws for a text that no QR code can hold (more than 2,953 bytes). */
export function qrCodePng(text: string): Uint8Array {
  const { data } = encode(text, { ecc: 'L', border: BORDER_MODULES })
  const side = data.length * PIXELS_PER_MODULE
  const rows = data.flatMap((modules) => Array.from({ length: PIXELS_PER_MODULE }, () => scanLine(modules)))
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header(side)),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Width, height, bit depth, colour type; then the only compression, filter method and interlacing: 0. */
function header(side: number): Buffer {
  const bytes = Buffer.alloc(13)
  bytes.writeUInt32BE(side, 0)
  bytes.writeUInt32BE(side, 4)
  bytes.writeUInt8(BIT_DEPTH, 8)
  bytes.writeUInt8(GRAYSCALE, 9)
  return bytes
}

/** Filter type 0 (none) and the pixels, most significant bit first; a dark module is black: 0. */
function scanLine(modules: readonly boolean[]): Buffer {
  const side = modules.length * PIXELS_PER_MODULE
  const line = Buffer.alloc(1 + Math.ceil(side / 8))
  for (let pixel = 0; pixel < side; pixel += 1) {
    if (modules[Math.floor(pixel / PIXELS_PER_MODULE)] === true) continue
    const at = 1 + Math.floor(pixel / 8)
    line.writeUInt8(line.readUInt8(at) | (0x80 >> (pixel % 8)), at)
  }
  return line
}

/** Length, type, data, and the checksum of type and data. */
function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(typed))
  return Buffer.concat([length, typed, checksum])
}
