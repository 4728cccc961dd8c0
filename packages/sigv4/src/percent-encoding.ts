import { SignatureFault } from './signature-fault.ts'

const RESERVED = /[^A-Za-z0-9\-._~]/g
const HEX_PAIR = /^[0-9a-fA-F]{2}$/
const ESCAPE_BY_BYTE: readonly string[] = Array.from(
  { length: 256 },
  (_, byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
)

/** RFC 3986 encoding, byte by byte, of a string that holds one byte per character; only unreserved characters stay. */
export function percentEncode(bytes: string): string {
  // A character above U+00FF stands for no byte: it is kept, and found when the canonical request is hashed.
  return bytes.replace(RESERVED, (character) => ESCAPE_BY_BYTE[character.charCodeAt(0)] ?? character)
}

/**
 * The bytes of one name or value of a query string, one per character: `+` is a space, as it is to whatever reads the form afterwards.
 * Throws MalformedQueryString for a percent sign without two hexadecimal digits, because readers differ about it.
 */
export function decodeQueryText(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  let escape = spaced.indexOf('%')
  if (escape === -1) return spaced
  let bytes = ''
  let start = 0
  for (; escape !== -1; escape = spaced.indexOf('%', start)) {
    bytes += spaced.slice(start, escape) + decodeEscape(spaced.slice(escape + 1, escape + 3))
    start = escape + 3
  }
  return bytes + spaced.slice(start)
}

function decodeEscape(digits: string): string {
  if (!HEX_PAIR.test(digits)) {
    throw new SignatureFault('MalformedQueryString', 'The query string contains a syntax error.')
  }
  return String.fromCharCode(Number.parseInt(digits, 16))
}
