/** Tells a call that a program makes from one that a web page makes somebody's browser send. */
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

export interface DirectCallRule {
  /** Names, lower-case, by which the server may be called besides `localhost`, `*.localhost` and any IP address. */
  readonly hostNames: readonly string[]
}

/**
 * Whether no browser sent this. Browsers name the page's origin with every POST (Fetch standard, "Origin header"), the
 * page's own included, and say with Sec-Fetch-Site where a page stands. A name that is not the server's own may have been
 * pointed at this machine by whoever owns the name (DNS rebinding), whatever else the request says.
 */
export function isDirectCall({ headers, rawHeaders }: IncomingMessage, { hostNames }: DirectCallRule): boolean {
  if (headers.origin !== undefined) return false
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'none') return false
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length
  const name = hosts === 1 ? hostNameOf(headers.host ?? '') : undefined
  if (name === undefined) return false
  return isOwnName(name) || hostNames.includes(name)
}

/** Without the port, lower-case; undefined if it is no host (RFC 9110, section 7.2). */
function hostNameOf(host: string): string | undefined {
  const [, bracketed, plain] = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+))(?::\d{1,5})?$/.exec(host) ?? []
  if (bracketed !== undefined) return isIP(bracketed) === 6 ? bracketed.toLowerCase() : undefined
  return plain?.toLowerCase()
}

function isOwnName(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || isIP(name) !== 0
}
