/**
 * IP addresses and ranges, as the IP operators read them. Written here because the package runs in browsers, which have no
 * such parser; strict, because what one reader takes for 10.0.0.1 and another for 8.0.0.1 is a hole (negative test F-19).
 */

export interface IpAddress {
  readonly family: 4 | 6
  /** 4 or 16 of them. */
  readonly bytes: readonly number[]
}

export interface IpRange extends IpAddress {
  readonly prefixLength: number
}

/** An IPv4 address in four decimal numbers without leading zeros, or an IPv6 address (RFC 4291 section 2.2) without zone. */
export function parseIpAddress(text: string): IpAddress | undefined {
  const bytes = parseIpv4(text)
  if (bytes !== undefined) {
    assertBytes(bytes)
    return { family: 4, bytes }
  }
  const long = parseIpv6(text)
  if (long === undefined) return undefined
  assertBytes(long)
  return { family: 6, bytes: long }
}

/** Throws for what is no address. */
export function assertAddress({ family, bytes }: IpAddress): void {
  assertBytes(bytes)
  if (bytes.length !== (family === 4 ? 4 : 16)) throw new TypeError('an address has too few bytes, or too many')
}

/** The address of a request: an IPv4-mapped IPv6 address (`::ffff:192.0.2.1`) counts as IPv4. Observed. */
export function parseRequestAddress(text: string): IpAddress | undefined {
  const address = parseIpAddress(text)
  if (address === undefined || address.family === 4) return address
  const { bytes } = address
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff
  return isMapped ? { family: 4, bytes: bytes.slice(12) } : address
}

/**
 * A range of a policy, `address/length` or one address. It keeps its family. Observed: bits of the host are ignored for
 * IPv4, while an IPv6 range that has some is malformed, matches nothing and is not stored.
 */
export function parseIpRange(text: string): IpRange | undefined {
  const slash = text.indexOf('/')
  const address = parseIpAddress(slash < 0 ? text : text.slice(0, slash))
  if (address === undefined) return undefined
  const lengthMax = address.bytes.length * 8
  const prefixLength = slash < 0 ? lengthMax : parseNumber(text.slice(slash + 1), lengthMax)
  if (prefixLength === undefined) return undefined
  const range = { ...address, prefixLength }
  return address.family === 6 && hasHostBits(range) ? undefined : range
}

/** Whether the first bits agree; an address of the other family is in no range. */
export function isInRange(address: IpAddress, range: IpRange): boolean {
  if (address.family !== range.family) return false
  const whole = range.prefixLength >> 3
  for (let index = 0; index < whole; index += 1) {
    if (address.bytes[index] !== range.bytes[index]) return false
  }
  const rest = range.prefixLength & 7
  if (rest === 0) return true
  return (address.bytes[whole] ?? 0) >> (8 - rest) === (range.bytes[whole] ?? 0) >> (8 - rest)
}

function hasHostBits({ bytes, prefixLength }: IpRange): boolean {
  return bytes.some((byte, index) => {
    const kept = Math.min(Math.max(prefixLength - index * 8, 0), 8)
    return (byte & (0xff >> kept)) !== 0
  })
}

/** Unit by unit, because a request's address is read in many a decision. */
function parseIpv4(text: string): readonly number[] | undefined {
  const { length } = text
  if (length > IPV4_LENGTH_MAX) return undefined
  const bytes: number[] = []
  let byte = NO_DIGIT
  for (let at = 0; at <= length; at += 1) {
    const unit = at === length ? DOT : text.charCodeAt(at)
    if (unit === DOT) {
      if (byte === NO_DIGIT) return undefined
      bytes.push(byte)
      byte = NO_DIGIT
    } else {
      const isLeadingZero = byte === 0
      if (unit < ZERO || unit > NINE || isLeadingZero) return undefined
      byte = byte === NO_DIGIT ? unit - ZERO : byte * 10 + unit - ZERO
      if (byte > 255) return undefined
    }
  }
  return bytes.length === 4 ? bytes : undefined
}

const IPV4_LENGTH_MAX = '255.255.255.255'.length
const NO_DIGIT = -1
const DOT = 0x2e
const ZERO = 0x30
const NINE = 0x39

function parseIpv6(text: string): readonly number[] | undefined {
  const halves = text.split('::')
  const [head = '', tail] = halves
  if (halves.length > 2) return undefined
  const front = parseGroups(head, tail === undefined)
  const back = tail === undefined ? [] : parseGroups(tail, true)
  if (front === undefined || back === undefined) return undefined
  assertBytes(front)
  assertBytes(back)
  const missing = 16 - front.length - back.length
  // `::` stands for at least one group.
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined
  return [...front, ...Array.from({ length: missing }, () => 0), ...back]
}

/** Groups of one side of `::`. An IPv4 address may stand for the last two groups of the whole. */
function parseGroups(text: string, isLastSide: boolean): readonly number[] | undefined {
  if (text === '') return []
  const groups = text.split(':')
  const bytes: number[] = []
  for (const [index, group] of groups.entries()) {
    const isLast = isLastSide && index === groups.length - 1
    const parsed = isLast && group.includes('.') ? parseIpv4(group) : parseGroup(group)
    if (parsed === undefined) return undefined
    assertBytes(parsed)
    bytes.push(...parsed)
  }
  return bytes
}

function assertBytes(bytes: unknown): void {
  if (!Array.isArray(bytes)) throw new TypeError('a part of an address is no list of bytes')
}

function parseGroup(text: string): readonly number[] | undefined {
  if (!/^[0-9a-fA-F]{1,4}$/.test(text)) return undefined
  const group = Number.parseInt(text, 16)
  return [group >> 8, group & 0xff]
}

/** A decimal number without sign or leading zero, up to `max`. */
function parseNumber(text: string, max: number): number | undefined {
  if (!/^(?:0|[1-9]\d{0,2})$/.test(text)) return undefined
  const number = Number.parseInt(text, 10)
  return number <= max ? number : undefined
}
