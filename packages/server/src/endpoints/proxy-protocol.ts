/**
 * PROXY protocol version 2 (haproxy.org, "The PROXY protocol"): a proxy says, before the first byte of a connection, for whom it opened it.
 *
 * Only the binary version, and only from trusted proxies. A connection of anybody else that begins so is refused by the HTTP parser.
 */
import { createServer, type Server, type Socket } from 'node:net'
import { Server as TlsServer } from 'node:tls'
import { plainAddress } from './plain-address.ts'
import type { TrustedProxies } from './trusted-proxies.ts'

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
  if (family === TCP_OVER_IPV6 && body.length >= 36)
    return { kind: 'header', length, client: plainAddress(ipv6Of(body)) }
  return { kind: 'invalid' }
}

export interface ProxiedListener {
  /** Listens in the place of the HTTP server. */
  readonly server: Server
  /** Ends the connections that have not said yet for whom they are: a stop need not wait for them. */
  closeWaiting(): void
}

/** A listener to put in front of an HTTP server: takes the header off connections from trusted proxies, and hands all of them on. */
export function acceptProxied(http: Server, proxies: TrustedProxies): ProxiedListener {
  const waiting = new Set<Socket>()
  const handOn = (socket: Socket, speaker: string, rest?: Buffer): void => {
    waiting.delete(socket)
    proxies.setSpeaker(socket, speaker)
    http.emit('connection', socket)
    if (rest !== undefined && rest.length > 0) socket.unshift(rest)
    socket.resume()
  }
  // As node's HTTP and TLS servers have it; an HTTP client may close its side when it has sent its request.
  const allowHalfOpen = !(http instanceof TlsServer)
  const server = createServer({ pauseOnConnect: true, noDelay: true, allowHalfOpen }, (socket) => {
    const peer = plainAddress(socket.remoteAddress)
    if (peer === '') return void socket.destroy()
    if (!proxies.isTrusted(peer)) return handOn(socket, peer)
    waiting.add(socket)
    socket.once('close', () => waiting.delete(socket))
    takeHeader(socket, ({ client, rest }) => handOn(socket, client ?? peer, rest))
  })
  http.prependListener('secureConnection', (socket: Socket) => proxies.adoptTls(socket))
  // Without this event the HTTP server would never look at how long a request takes to arrive (negative test N-05).
  server.on('listening', () => http.emit('listening'))
  return { server, closeWaiting: () => waiting.forEach((socket) => socket.destroy()) }
}

interface Begun {
  /** Whom the header named. */
  readonly client: string | undefined
  /** What came after the header. */
  readonly rest: Buffer
}

function takeHeader(socket: Socket, begin: (begun: Begun) => void): void {
  let held: Buffer = Buffer.alloc(0)
  const refuse = (): void => void socket.destroy()
  const timer = setTimeout(refuse, HEADER_TIMEOUT_MS)
  const give = (begun: Begun): void => {
    clearTimeout(timer)
    socket.off('data', take).off('error', refuse).off('end', refuse)
    socket.pause()
    begin(begun)
  }
  const take = (chunk: Buffer): void => {
    held = Buffer.concat([held, chunk])
    const header = readProxyHeader(held)
    if (header.kind === 'incomplete') return
    if (header.kind === 'invalid') return refuse()
    if (header.kind === 'none') return give({ client: undefined, rest: held })
    give({ client: header.client, rest: held.subarray(header.length) })
  }
  socket.on('data', take).on('error', refuse).on('end', refuse)
  socket.once('close', () => clearTimeout(timer))
  socket.resume()
}

function ipv6Of(body: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, at) => body.readUInt16BE(2 * at).toString(16))
  return groups.join(':')
}
