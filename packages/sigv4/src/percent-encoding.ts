import { SignatureFault } from './signature-fault.ts'

const UNRESERVED = /^[A-Za-z0-9\-._~]*$/
const ENCODED_BY_BYTE: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte)
  return UNRESERVED.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
})
const HEX_PAIR = /^[0-9a-fA-F]{2}$/

/** RFC 3986 encoding, byte by byte, of a string that holds one byte per character; only unreserved characters stay. */
export function percentEncode(bytes: string): string {
  if (UNRESERVED.test(bytes)) return bytes
  let encoded = ''
  // A character above U+00FF stands for no byte: it is kept, and found when the canonical request is hashed.
  for (let index = 0; index < bytes.length; index += 1)
    encoded += ENCODED_BY_BYTE[bytes.charCodeAt(index)] ?? bytes[index]
  return encoded
}

/**
 * The bytes of one name or value of a query string, one per character: `+` is a space, as it is to whatever reads the form afterwards.
 * Throws MalformedQueryString for a percent sign without two hexadecimal digits, because readers differ about it.
 */
export function decodeQueryText(text: string): string {
  if (UNRESERVED.test(text)) return text
  let bytes = ''
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? ''
    if (character === '%') {
      bytes += decodeEscape(text.slice(index + 1, index + 3))
      index += 2
    } else {
      bytes += character === '+' ? ' ' : character
    }
  }
  return bytes
}

function decodeEscape(digits: string): string {
  if (!HEX_PAIR.test(digits)) {
    throw new SignatureFault('MalformedQueryString', 'The query string contains a syntax error.')
  }
  return String.fromCharCode(Number.parseInt(digits, 16))
}
