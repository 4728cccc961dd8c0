/** Two small proxies, of the kinds that stand in front of a service: one passes bytes on, the other HTTP requests. */
import { once } from 'node:events'
import { createServer as createHttpServer, request as httpRequest } from 'node:http'
import { connect, createServer, type Server } from 'node:net'
import type { TestContext } from 'node:test'

/** Passes bytes on, after a PROXY protocol v2 header that names an IPv4 client. Resolves with its port. */
export function startByteProxy(context: TestContext, target: () => number, client: string): Promise<number> {
  const server = createServer((incoming) => {
    const outgoing = connect(target(), '127.0.0.1')
    outgoing.write(proxyHeader(client))
    incoming.pipe(outgoing).pipe(incoming)
    incoming.on('error', () => outgoing.destroy())
    outgoing.on('error', () => incoming.destroy())
    context.after(() => incoming.destroy())
  })
  return listening(context, server)
}

export interface RequestProxyOptions {
  /** Appended to the Forwarded header of each request. */
  readonly forwarded: string
  /** Put in the place of the Host that the client sent. */
  readonly host?: string
}

/** Passes HTTP requests on. Resolves with its port. */
export function startRequestProxy(
  context: TestContext,
  target: () => number,
  { forwarded, host }: RequestProxyOptions,
): Promise<number> {
  const server = createHttpServer((incoming, answer) => {
    const { method, url: path, headers } = incoming
    const said = headers.forwarded === undefined ? forwarded : `${headers.forwarded}, ${forwarded}`
    const outgoing = httpRequest({
      host: '127.0.0.1',
      port: target(),
      method,
      path,
      headers: { ...headers, forwarded: said, host: host ?? headers.host },
    })
    outgoing.on('response', (received) => {
      answer.writeHead(received.statusCode ?? 502, received.headers)
      received.pipe(answer)
    })
    outgoing.on('error', () => answer.destroy())
    incoming.pipe(outgoing)
  })
  context.after(() => server.closeAllConnections())
  return listening(context, server)
}

async function listening(context: TestContext, server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  context.after(() => server.close())
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** From the client, port 46081, to 203.0.113.1, port 443, over TCP. */
function proxyHeader(client: string): Buffer {
  const addresses = [...client.split('.').map(Number), 203, 0, 113, 1, 0xb4, 0x01, 0x01, 0xbb]
  return Buffer.from([...Buffer.from('0d0a0d0a000d0a515549540a2111000c', 'hex'), ...addresses])
}
