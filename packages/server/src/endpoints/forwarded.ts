/** The Forwarded header (RFC 7239): one element for each proxy that passed the request on, the nearest one last. */
import { isIP } from 'node:net'

export interface ForwardedHop {
  /** IP address; undefined where the proxy gave none, an obfuscated name, or something that cannot be read. */
  readonly client: string | undefined
  readonly proto: string | undefined
}

const ELEMENTS_MAX = 32
/** token=token or token="quoted string", section 4; no escapes, which no address needs. */
const PAIR = /^\s*([!#$%&'*+.^_`|~\w-]+)=(?:"([^"\\]*)"|([!#$%&'*+.^_`|~\w:[\]-]+))\s*$/

/** Every element of every Forwarded header, in order. An element that cannot be read is a hop without an address. */
export function readForwarded(rawHeaders: readonly string[]): readonly ForwardedHop[] {
  const values = rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === 'forwarded')
  const elements = values.flatMap((value) => splitOutsideQuotes(value, ','))
  return elements.slice(-ELEMENTS_MAX).map(readHop)
}

function readHop(element: string): ForwardedHop {
  const pairs = new Map<string, string>()
  for (const part of splitOutsideQuotes(element, ';')) {
    const [, name, quoted, token] = PAIR.exec(part) ?? []
    if (name === undefined || pairs.has(name.toLowerCase())) return { client: undefined, proto: undefined }
    pairs.set(name.toLowerCase(), quoted ?? token ?? '')
  }
  return { client: addressOf(pairs.get('for')), proto: pairs.get('proto')?.toLowerCase() }
}

/** Section 6: `192.0.2.43`, `192.0.2.43:47011`, `[2001:db8::1]`, `[2001:db8::1]:4711`. */
function addressOf(node: string | undefined): string | undefined {
  const [, v6, v4] = /^(?:\[([0-9a-fA-F:.]+)\]|([0-9.]+))(?::\d{1,5})?$/.exec(node ?? '') ?? []
  const address = v6 ?? v4
  return address !== undefined && isIP(address) === (v6 === undefined ? 4 : 6) ? address : undefined
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
