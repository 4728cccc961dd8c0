/**
 * What bounds a connection before its bytes mean anything (negative tests N-04, N-05, N-09).
 *
 * A stranger's connection costs a file, some memory and nothing else: each kind of slowness has a time, and each source a number.
 */
import type { Server } from 'node:http'
import type { Socket } from 'node:net'

export interface ConnectionLimits {
  /** From the first byte of a request to the end of its headers; the TLS handshake has as long. */
  readonly headersMs: number
  /** From the first byte of a request to its last. */
  readonly requestMs: number
  /** Between two requests. */
  readonly idleMs: number
  /** Without a byte in either direction, whatever the connection is doing: a client that does not read its answer. */
  readonly stalledMs: number
  /** How often the first two are looked at: they hold to within this. */
  readonly checkEveryMs: number
  readonly connectionsMax: number
  /** Of one address; of IPv6, of one /64, which is what one subscriber is given (RFC 6177). */
  readonly connectionsPerSourceMax: number
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  headersMs: 10_000,
  requestMs: 30_000,
  idleMs: 65_000,
  stalledMs: 120_000,
  checkEveryMs: 1_000,
  connectionsMax: 10_000,
  // Ten sources are needed to hold everything; a proxy or a machine of load tests has enough.
  connectionsPerSourceMax: 1_000,
}

/** Ends every connection of a source that has that many already. Connections without an address are not counted: those of proxies. */
export function limitPerSource(
  server: Server,
  connectionsMax: number,
  addressOf: (socket: Socket) => string | undefined,
): void {
  const open = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    const address = addressOf(socket)
    if (address === undefined) return
    const source = sourceOf(address)
    const count = open.get(source) ?? 0
    if (count >= connectionsMax) {
      socket.destroy()
      return
    }
    open.set(source, count + 1)
    socket.once('close', () => {
      const left = (open.get(source) ?? 1) - 1
      if (left === 0) open.delete(source)
      else open.set(source, left)
    })
  })
}

/** The address of a source; of IPv6 its first 64 bits, and of a mapped address the IPv4 address. */
export function sourceOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('%', 1).join('').split('::')
  const before = groupsOf(head)
  if (tail === undefined) return before.slice(0, 4).join(':')
  const after = groupsOf(tail)
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  return [...before, ...zeros, ...after].slice(0, 4).join(':')
}

function groupsOf(text: string): string[] {
  return text === '' ? [] : text.split(':')
}
