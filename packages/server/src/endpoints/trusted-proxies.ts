/**
 * Which proxies are believed, and what they say of where a request came from (negative tests A-02, F-16, I-04).
 *
 * A trusted proxy may say it in two ways: a PROXY protocol v2 header before the connection's first byte, and the Forwarded header
 * (RFC 7239). What anybody else says of it has no effect; that includes the client of a proxy that passes bytes on as they are, which
 * speaks HTTP itself.
 */
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Origin } from './aws-api.ts'
import { type ForwardedHop, readForwarded } from './forwarded.ts'
import { plainAddress } from './plain-address.ts'
import { ProxyRanges } from './proxy-ranges.ts'

export class TrustedProxies {
  readonly #ranges: ProxyRanges
  readonly #publicHost: string | undefined
  /** Who speaks HTTP on a connection: its peer, or whom a PROXY header named. */
  readonly #speakers = new WeakMap<Socket, string>()
  /** The same by the peer's address and port, the one thing that an open connection and its TLS socket share. */
  readonly #speakersByPeer = new Map<string, string>()

  /** Throws ConfigurationFault for a range that is none. */
  constructor(ranges: readonly string[], publicHost: string | undefined) {
    this.#ranges = new ProxyRanges(ranges)
    this.#publicHost = publicHost
  }

  /** For an address as `plainAddress` spells it. */
  isTrusted(address: string): boolean {
    return this.#ranges.has(address)
  }

  /** Remembers for whom a connection was opened: its peer, unless a trusted proxy named another. */
  setSpeaker(connection: Socket, speaker: string): void {
    const key = peerKey(connection)
    this.#speakers.set(connection, speaker)
    this.#speakersByPeer.set(key, speaker)
    connection.once('close', () => this.#speakersByPeer.delete(key))
  }

  /** To be called while the connection under a new TLS socket is open. */
  adoptTls(socket: Socket): void {
    const speaker = this.#speakersByPeer.get(peerKey(socket))
    if (speaker !== undefined) this.#speakers.set(socket, speaker)
  }

  /** Whose connections are counted together with this one; undefined for a proxy's, which stand for many clients. */
  countedAddressOf(connection: Socket): string | undefined {
    const speaker = this.#speakers.get(connection) ?? plainAddress(connection.remoteAddress)
    return this.isTrusted(speaker) ? undefined : speaker
  }

  /** Undefined when it cannot be told: the Forwarded header of a trusted proxy cannot be read. */
  originOf({ socket, rawHeaders }: Pick<IncomingMessage, 'socket' | 'rawHeaders'>): Origin | undefined {
    const speaker = this.#speakers.get(socket)
    if (speaker === undefined) return undefined
    const isTls = socket instanceof TLSSocket
    if (!this.isTrusted(speaker)) return { sourceIp: speaker, isSecureTransport: isTls, host: undefined }
    const hop = this.#clientHop(readForwarded(rawHeaders))
    if (hop === 'unreadable') return undefined
    return {
      sourceIp: hop?.client ?? speaker,
      // Of the way from the client to the first proxy nothing is known unless that proxy says it.
      isSecureTransport: hop === undefined ? isTls : hop.proto === 'https',
      host: this.#publicHost,
    }
  }

  /**
   * Proxies append on the right: the first from there that is not one of ours is the client, and what stands further left is its own
   * word. An element without an address (`for=unknown`) ends the search too.
   */
  #clientHop(hops: readonly (ForwardedHop | 'unreadable')[]): ForwardedHop | 'unreadable' | undefined {
    const isClient = (hop: ForwardedHop | 'unreadable'): boolean =>
      hop === 'unreadable' || hop.client === undefined || !this.isTrusted(hop.client)
    return hops.findLast(isClient) ?? hops[0]
  }
}

function peerKey(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort}`
}
