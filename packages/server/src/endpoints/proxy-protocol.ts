/**
 * PROXY protocol version 2 (haproxy.org, "The PROXY protocol"): a proxy says, before the first byte of a connection, for whom it opened it.
 *
 * Only the binary version, and only from trusted proxies. A connection of anybody else that begins so is refused by the HTTP parser.
 */
import { createServer, type Server, type Socket } from 'node:net'
import type { TrustedProxies } from './trusted-proxies.ts'
import { plainAddress } from './trusted-proxies.ts'

const SIGNATURE = Buffer.from([0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a])
const FIXED_LENGTH = 16
/** Addresses and a few TLVs; the specification lets a proxy send up to 64 KiB. */
const HEADER_LENGTH_MAX = 4096
const HEADER_TIMEOUT_MS = 10_000
const COMMAND_LOCAL = 0x20
const COMMAND_PROXY = 0x21
const TCP_OVER_IPV4 = 0x11
const TCP_OVER_IPV6 = 0x21

export type ProxyHeader =
  /** More bytes are needed. */
  | { readonly kind: 'incomplete' }
  /** The connection does not begin with a header. */
  | { readonly kind: 'none' }
  | { readonly kind: 'invalid' }
  /** `client` is undefined for a connection that the proxy opened for itself. */
  | { readonly kind: 'header'; readonly length: number; readonly client: string | undefined }

/** Reads the header at the start of a connection's bytes. */
export function readProxyHeader(bytes: Buffer): ProxyHeader {
  const known = Math.min(bytes.length, SIGNATURE.length)
  if (!bytes.subarray(0, known).equals(SIGNATURE.subarray(0, known))) return { kind: 'none' }
  if (bytes.length < FIXED_LENGTH) return { kind: 'incomplete' }
  const [command = 0, family = 0] = bytes.subarray(12, 14)
  const length = FIXED_LENGTH + bytes.readUInt16BE(14)
  if ((command !== COMMAND_LOCAL && command !== COMMAND_PROXY) || length > HEADER_LENGTH_MAX) return { kind: 'invalid' }
  if (bytes.length < length) return { kind: 'incomplete' }
  const body = bytes.subarray(FIXED_LENGTH, length)
  if (command === COMMAND_LOCAL) return { kind: 'header', length, client: undefined }
  if (family === TCP_OVER_IPV4 && body.length >= 12)
    return { kind: 'header', length, client: body.subarray(0, 4).join('.') }
  if (family === TCP_OVER_IPV6 && body.length >= 36) return { kind: 'header', length, client: ipv6Of(body) }
  return { kind: 'invalid' }
}

/** A listener to put in front of an HTTP server: takes the header off connections from trusted proxies, and hands all of them on. */
export function acceptProxied(http: Server, proxies: TrustedProxies): Server {
  const handOn = (socket: Socket, rest: Buffer | undefined): void => {
    http.emit('connection', socket)
    if (rest !== undefined && rest.length > 0) socket.unshift(rest)
    socket.resume()
  }
  return createServer({ pauseOnConnect: true, noDelay: true }, (socket) => {
    if (proxies.isTrusted(plainAddress(socket.remoteAddress))) takeHeader(socket, proxies, handOn)
    else handOn(socket, undefined)
  })
}

function takeHeader(socket: Socket, proxies: TrustedProxies, handOn: (socket: Socket, rest: Buffer) => void): void {
  let held: Buffer = Buffer.alloc(0)
  const timer = setTimeout(() => socket.destroy(), HEADER_TIMEOUT_MS)
  const give = (rest: Buffer): void => {
    clearTimeout(timer)
    socket.off('data', take)
    socket.off('error', end)
    socket.pause()
    handOn(socket, rest)
  }
  const end = (): void => {
    clearTimeout(timer)
    socket.destroy()
  }
  const take = (chunk: Buffer): void => {
    held = Buffer.concat([held, chunk])
    const header = readProxyHeader(held)
    if (header.kind === 'incomplete') return
    if (header.kind === 'invalid') return end()
    if (header.kind === 'none') return give(held)
    if (header.client !== undefined) proxies.setClient(socket, header.client)
    give(held.subarray(header.length))
  }
  socket.on('data', take)
  socket.on('error', end)
  socket.once('close', () => clearTimeout(timer))
  socket.resume()
}

function ipv6Of(body: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, at) => body.readUInt16BE(2 * at).toString(16))
  return groups.join(':')
}
