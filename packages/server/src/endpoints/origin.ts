/** Where a request came from, when nothing stands between the client and this server. */
import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import type { Origin } from './aws-api.ts'
import { plainAddress } from './plain-address.ts'

/** The address and the encryption of the connection itself; no header is believed. Undefined once the connection is gone. */
export function directOrigin({ socket }: IncomingMessage): Origin | undefined {
  const sourceIp = plainAddress(socket.remoteAddress)
  return sourceIp === '' ? undefined : { sourceIp, isSecureTransport: socket instanceof TLSSocket, host: undefined }
}
