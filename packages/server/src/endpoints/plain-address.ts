/** One spelling for each address, so that a policy that names it cannot be got around by another. */
import { isIP, SocketAddress } from 'node:net'

const MAPPED_PREFIX = '::ffff:'

/**
 * An IP address as policies and the journal show it: IPv6 compressed (RFC 5952) and without a zone, and the mapped address by which
 * a socket of both families shows an IPv4 client as IPv4. What is no address comes back empty.
 */
export function plainAddress(address: string | undefined): string {
  if (address === undefined) return ''
  const family = isIP(address)
  if (family !== 6) return family === 4 ? address : ''
  const canonical = new SocketAddress({ address, family: 'ipv6' }).address
  const embedded = canonical.slice(MAPPED_PREFIX.length)
  return canonical.startsWith(MAPPED_PREFIX) && isIP(embedded) === 4 ? embedded : canonical
}
