/**
 * Which proxies are believed, and what they say of where a request came from (negative tests A-02, F-16, I-04).
 *
 * A trusted proxy may say it in two ways: a PROXY protocol v2 header before the connection's first byte, and the Forwarded header
 * (RFC 7239). What anybody else says of it has no effect.
 */
import type { IncomingMessage } from 'node:http'
import { BlockList, isIP, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { ConfigurationFault } from '../config/configuration-fault.ts'
import type { Origin } from './aws-api.ts'
import { readForwarded } from './forwarded.ts'

const MAPPED_PREFIX = '::ffff:'

export class TrustedProxies {
  readonly #ranges: BlockList
  readonly #publicHost: string | undefined
  /** What a PROXY header said, by the peer's address and port: the one thing that a connection and its TLS socket share. */
  readonly #clients = new Map<string, string>()

  /** Throws ConfigurationFault for a range that is none. */
  constructor(ranges: readonly string[], publicHost: string | undefined) {
    this.#ranges = blockListOf(ranges)
    this.#publicHost = publicHost
  }

  isTrusted(address: string): boolean {
    const family = isIP(address)
    return family !== 0 && this.#ranges.check(address, family === 4 ? 'ipv4' : 'ipv6')
  }

  /** Remembers, until the connection closes, for whom a trusted proxy opened it. */
  setClient(socket: Socket, client: string): void {
    const key = peerKey(socket)
    this.#clients.set(key, client)
    socket.once('close', () => this.#clients.delete(key))
  }

  originOf(request: IncomingMessage): Origin {
    const { socket } = request
    const isSecureTransport = socket instanceof TLSSocket
    const peer = plainAddress(socket.remoteAddress)
    const client = this.#clients.get(peerKey(socket)) ?? peer
    if (!this.isTrusted(peer)) return { sourceIp: peer, isSecureTransport, host: undefined }
    const hop = this.#lastUntrustedHop(request)
    return {
      sourceIp: hop?.client ?? client,
      isSecureTransport: hop?.proto === undefined ? isSecureTransport : hop.proto === 'https',
      host: this.#publicHost,
    }
  }

  /** Proxies append on the right: the first from there that is not one of ours is the client, and what stands further left is its own word. */
  #lastUntrustedHop(request: IncomingMessage): ReturnType<typeof readForwarded>[number] | undefined {
    const hops = readForwarded(request.rawHeaders)
    return hops.findLast(({ client }) => client === undefined || !this.isTrusted(client)) ?? hops[0]
  }
}

/** An IPv4 client of a socket that takes both families, as IPv4. */
export function plainAddress(address: string | undefined): string {
  if (address === undefined) return ''
  return address.startsWith(MAPPED_PREFIX) ? address.slice(MAPPED_PREFIX.length) : address
}

function peerKey(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort}`
}

function blockListOf(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/')
    const family = isIP(address)
    const bits = family === 4 ? 32 : 128
    const length = prefix === undefined ? bits : Number(prefix)
    if (family === 0 || !Number.isInteger(length) || length < 0 || length > bits || prefix === '') {
      throw new ConfigurationFault(`\`${range}\` is not an IP address range, such as 10.0.0.0/8`)
    }
    list.addSubnet(address, length, family === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}
