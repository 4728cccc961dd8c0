/** What operands and requests mean as numbers, times, addresses and bytes. Nothing stands for what cannot be converted. */

/** Powers of ten beyond this are no numbers of AWS, and would cost. */
const POWER_MAX = 2000

/**
 * A decimal number, exact however long, in units of the smallest power of ten: signs, leading zeroes, fractions and powers of ten; no
 * hexadecimal, no NaN, no Infinity.
 */
export function numberOf(text: string): bigint | undefined {
  const parts = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text)
  if (parts === null) return undefined
  const [, sign = '', whole = '', fraction = '', powerText = '0'] = parts
  const power = Number(powerText) - fraction.length
  if (Math.abs(power) > POWER_MAX) return undefined
  const digits = BigInt(whole + fraction) * 10n ** BigInt(power + POWER_MAX)
  return sign === '-' ? -digits : digits
}

/** A year with or without sign, month, day; hour, minute, second, fraction; zone. All but the year may be left out from the right. */
const TIME =
  /^([+-]?\d{1,9})(?:-(\d\d?)(?:-(\d\d?))?)?(?:T(?:(\d\d?)(?::(\d\d?)(?::(\d\d?)(?:[.,](\d{1,9}))?)?)?)?(?:Z|([+-])(\d\d)(?::?(\d\d))?)?)?$/i

/**
 * Milliseconds since 1970: whole seconds since 1970 without a sign, or a time of ISO 8601 in the forms that CreatePolicy was observed to
 * store, which are more than the W3C's that the user guide names: one digit may be enough, and no zone is UTC.
 */
export function timeOf(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const parts = TIME.exec(text)
  if (parts === null) return undefined
  const given = (place: number, standby: number): number => Number(parts[place] ?? standby)
  const [year, month, day] = [given(1, 0), given(2, 1), given(3, 1)]
  const [hour, minute, second] = [given(4, 0), given(5, 0), given(6, 0)]
  const [offsetHours, offsetMinutes] = [given(9, 0), given(10, 0)]
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month)
  if (!isDay || hour > 23 || minute > 59 || second > 59 || offsetHours > 23 || offsetMinutes > 59) return undefined
  const offset = (offsetHours * 60 + offsetMinutes) * (parts[8] === '-' ? -60_000 : 60_000)
  // Precision is a millisecond (observed); what is finer is cut off.
  const milliseconds = Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3))
  const midnight = new Date(0).setUTCFullYear(year, month - 1, day)
  const time = midnight + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds - offset
  return Number.isNaN(time) ? undefined : time
}

/** `true` in any case; everything else is false (observed). */
export function truthOf(text: string): boolean {
  return text.toLowerCase() === 'true'
}

/** The bytes of base64 as text, each a character. */
export function bytesOf(text: string): string | undefined {
  const isBase64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)
  // Bits that stand for nothing must be nought.
  return isBase64 && btoa(atob(text)) === text ? atob(text) : undefined
}

/** An address: 32 or 128 bits as text of noughts and ones. */
export function addressOf(text: string): string | undefined {
  return text.includes(':') ? address6(text) : address4(text)
}

/** As `addressOf`, but an IPv6 form of an IPv4 address is the IPv4 address: requests may arrive over either (observed). */
export function requestAddressOf(text: string): string | undefined {
  const address = addressOf(text)
  const mapped = '0'.repeat(80) + '1'.repeat(16)
  return address !== undefined && address.length === 128 && address.startsWith(mapped) ? address.slice(96) : address
}

/** An address with how many of its bits count; without a prefix all do. */
export function networkOf(text: string): { readonly address: string; readonly prefixBits: number } | undefined {
  const [addressText = '', prefixText, ...rest] = text.split('/')
  const address = addressOf(addressText)
  if (address === undefined || rest.length > 0) return undefined
  if (prefixText === undefined) return { address, prefixBits: address.length }
  const prefixBits = /^(0|[1-9]\d{0,2})$/.test(prefixText) ? Number(prefixText) : Number.POSITIVE_INFINITY
  return prefixBits <= address.length ? { address, prefixBits } : undefined
}

/**
 * The address lies in the network; families do not mix. Host bits of an IPv4 network are ignored; an IPv6 network that has some
 * matches nothing (observed).
 */
export function isInNetwork(
  address: string,
  network: { readonly address: string; readonly prefixBits: number },
): boolean {
  const hostBits = network.address.slice(network.prefixBits)
  if (network.address.length === 128 && hostBits.includes('1')) return false
  return address.length === network.address.length && address.startsWith(network.address.slice(0, network.prefixBits))
}

function daysOf(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}

function address4(text: string): string | undefined {
  const parts = text.split('.')
  // A leading zero is refused: some read it as octal.
  const isAddress = parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
  return isAddress ? parts.map((part) => bits(Number(part), 8)).join('') : undefined
}

/** RFC 4291 section 2.2: eight groups, one run of zeroes left out, the last two perhaps as IPv4. No zone. */
function address6(text: string): string | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half, index) => groups(half, index === halves.length - 1))
  if (head === undefined) return undefined
  if (halves.length === 1) return head.length === 128 ? head : undefined
  if (tail === undefined) return undefined
  const missing = 128 - head.length - tail.length
  return missing >= 16 ? head + '0'.repeat(missing) + tail : undefined
}

function groups(text: string, isLast: boolean): string | undefined {
  if (text === '') return ''
  const parts = text.split(':').map((group, index, all) => {
    if (isLast && index === all.length - 1 && group.includes('.')) return address4(group)
    return /^[0-9a-fA-F]{1,4}$/.test(group) ? bits(Number.parseInt(group, 16), 16) : undefined
  })
  return parts.includes(undefined) ? undefined : parts.join('')
}

function bits(value: number, width: number): string {
  return value.toString(2).padStart(width, '0')
}
