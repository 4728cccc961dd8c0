/** Where a request came from, when nothing stands between the client and this server. */
import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import type { Origin } from './aws-api.ts'

const MAPPED_PREFIX = '::ffff:'

/** The address and the encryption of the connection itself; no header is believed. */
export function directOrigin({ socket }: IncomingMessage): Origin {
  const address = socket.remoteAddress ?? ''
  return {
    // A socket that takes both families shows IPv4 clients as mapped addresses.
    sourceIp: address.startsWith(MAPPED_PREFIX) ? address.slice(MAPPED_PREFIX.length) : address,
    isSecureTransport: socket instanceof TLSSocket,
    host: undefined,
  }
}
