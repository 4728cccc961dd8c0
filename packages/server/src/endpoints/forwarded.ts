/** The Forwarded header (RFC 7239): one element for each proxy that passed the request on, the nearest one last. */
import { isIP } from 'node:net'
import { plainAddress } from './plain-address.ts'

export interface ForwardedHop {
  /** IP address; undefined where the proxy gave none, or an obfuscated name. */
  readonly client: string | undefined
  readonly proto: string | undefined
}

const ELEMENTS_MAX = 32
/** token=token or token="quoted string", section 4; no escapes, which no address needs. */
const PAIR = /^\s*([!#$%&'*+.^_`|~\w-]+)=(?:"([^"\\]*)"|([!#$%&'*+.^_`|~\w:[\]-]+))\s*$/

/** Section 6.2 and 6.3: `unknown`, or a name that hides the address. */
const NO_ADDRESS = /^(?:unknown|_[\w.-]+)(?::[\w.-]+)?$/i

/** Every element of every Forwarded header, in order, and the last 32 at most. */
export function readForwarded(rawHeaders: readonly string[]): readonly (ForwardedHop | 'unreadable')[] {
  const values = rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === 'forwarded')
  return values.flatMap(hopsIn).slice(-ELEMENTS_MAX)
}

function hopsIn(value: string): (ForwardedHop | 'unreadable')[] {
  // A client that opens a quote and leaves it open would swallow what a proxy appends to its header.
  if (value.split('"').length % 2 === 0) return ['unreadable']
  // RFC 9110, section 5.6.1: empty elements of a list are ignored.
  return splitOutsideQuotes(value, ',')
    .filter((element) => element.trim() !== '')
    .map(readHop)
}

function readHop(element: string): ForwardedHop | 'unreadable' {
  const pairs = new Map<string, string>()
  for (const part of splitOutsideQuotes(element, ';')) {
    if (part.trim() === '') continue
    const [, name, quoted, token] = PAIR.exec(part) ?? []
    if (name === undefined || pairs.has(name.toLowerCase())) return 'unreadable'
    pairs.set(name.toLowerCase(), quoted ?? token ?? '')
  }
  const node = pairs.get('for') ?? 'unknown'
  const client = addressOf(node)
  const isReadable = client !== undefined || NO_ADDRESS.test(node)
  return isReadable ? { client, proto: pairs.get('proto')?.toLowerCase() } : 'unreadable'
}

/** Section 6: `192.0.2.43`, `192.0.2.43:47011`, `[2001:db8::1]`, `[2001:db8::1]:4711`. */
function addressOf(node: string): string | undefined {
  const [, v6, v4] = /^(?:\[([0-9a-fA-F:.]+)\]|([0-9.]+))(?::(?:\d{1,5}|_[\w.-]+))?$/.exec(node) ?? []
  const address = v6 ?? v4
  return address !== undefined && isIP(address) === (v6 === undefined ? 4 : 6) ? plainAddress(address) : undefined
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts: string[] = ['']
  let isQuoted = false
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted
    if (character === separator && !isQuoted) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts
}
