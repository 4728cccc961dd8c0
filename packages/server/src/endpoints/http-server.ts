/** The HTTP server: its limits, its paths, and how it stops. */
import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Server as NetServer } from 'node:net'
import type { HttpHandler } from './aws-api.ts'
import { CONNECTION_LIMITS, type ConnectionLimits, limitPerSource } from './connection-limits.ts'
import { acceptProxied } from './proxy-protocol.ts'
import type { TlsMaterial } from './tls-material.ts'
import type { TrustedProxies } from './trusted-proxies.ts'

/** Session tokens and many headers fit; floods do not. */
const HEADER_BYTES_MAX = 32 * 1024
/** Requests on one connection, after which the client has to connect again: bounds what one connection can hold on to. */
const REQUESTS_PER_CONNECTION_MAX = 1_000_000
/** How often connections that have come to rest are closed during a stop: their clients would keep them open. */
const STOP_SWEEP_MS = 50
/** After this a client that sends or reads too slowly no longer holds up a stop. */
const STOP_TIMEOUT_MS = 10_000

export interface HttpServerOptions {
  readonly listen: { readonly host: string; readonly port: number }
  readonly tls: TlsMaterial | undefined
  /** Whose connections may begin with a PROXY header; nobody's when undefined. */
  readonly proxies?: TrustedProxies | undefined
  /** Sent with every answer, whatever it is; the emulator says here what it does differently. */
  readonly headers?: readonly (readonly [name: string, value: string])[]
  /**
   * Handlers by exact path; a path that ends in `/` also takes everything below it. It may be filled after the start: while it
   * is empty each call is answered with 503, so that nothing that must be done once is done before the address is ours.
   */
  readonly paths: ReadonlyMap<string, HttpHandler>
  /** Shorter ones, for tests of what slow clients meet. */
  readonly limits?: Partial<ConnectionLimits>
}

export interface RunningHttpServer {
  readonly server: Server
  readonly port: number
  /** New connections are shown this certificate; only for a server that was started with one. */
  setTls(material: TlsMaterial): void
  /** Stops accepting, lets what is running finish, for 10 s at most, and closes. */
  close(): Promise<void>
}

/** Listens; rejects with the system's error when the address cannot be listened on. */
export async function startHttpServer(options: HttpServerOptions): Promise<RunningHttpServer> {
  const { listen, tls, proxies, paths, headers = [] } = options
  const limits = { ...CONNECTION_LIMITS, ...options.limits }
  const running = { isStopping: false }
  const handle: HttpHandler = (request, response) => {
    for (const [name, value] of headers) response.setHeader(name, value)
    // A connection in flight would otherwise stay open for its idle time after close().
    if (running.isStopping) response.setHeader('Connection', 'close')
    const handler = request.httpVersionMajor === 1 ? handlerFor(paths, request) : tooOld
    handler(request, response)
  }
  const serving = serverOptions(limits)
  const tlsServer =
    tls === undefined ? undefined : createTlsServer({ ...serving, ...tls, handshakeTimeout: limits.headersMs }, handle)
  const server = tlsServer ?? createServer(serving, handle)
  // The count of headers is checked by the handlers: node would drop what is over it without a word.
  server.maxHeadersCount = 0
  server.timeout = limits.stalledMs
  limitPerSource(server, limits.connectionsPerSourceMax, (socket) =>
    proxies === undefined ? (socket.remoteAddress ?? '') : proxies.countedAddressOf(socket),
  )
  server.maxRequestsPerSocket = REQUESTS_PER_CONNECTION_MAX
  const proxied = proxies === undefined ? undefined : acceptProxied(server, proxies)
  const front = proxied?.server ?? server
  front.maxConnections = limits.connectionsMax
  await listening(front, listen)
  const address = front.address()
  return {
    server,
    port: typeof address === 'object' && address !== null ? address.port : listen.port,
    setTls: (material) => tlsServer?.setSecureContext({ ...material }),
    close() {
      running.isStopping = true
      proxied?.closeWaiting()
      return closeServer(server, front)
    },
  }
}

function listening(front: NetServer, { host, port }: HttpServerOptions['listen']): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    front.once('error', reject)
    front.listen({ host, port, backlog: 1024 }, () => {
      front.off('error', reject)
      resolve()
    })
  })
}

function serverOptions({ headersMs, requestMs, idleMs, checkEveryMs }: ConnectionLimits): ServerOptions {
  return {
    maxHeaderSize: HEADER_BYTES_MAX,
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: idleMs,
    // Node's default looks every 30 s, which makes 40 s of the 10 s for headers.
    connectionsCheckingInterval: checkEveryMs,
    // Not even where NODE_OPTIONS asks for it: a lenient parser lets requests be smuggled past a proxy.
    insecureHTTPParser: false,
  }
}

function handlerFor(paths: ReadonlyMap<string, HttpHandler>, { url = '' }: IncomingMessage): HttpHandler {
  const mark = url.indexOf('?')
  const path = mark === -1 ? url : url.slice(0, mark)
  const exact = paths.get(path)
  if (exact !== undefined) return exact
  for (const [prefix, handler] of paths) {
    if (prefix !== '/' && prefix.endsWith('/') && path.startsWith(prefix)) return handler
  }
  return paths.size === 0 ? notReady : notFound
}

/** HTTP/0.9 has no headers and no status: its client takes the head of an answer for a page (negative test N-10). */
function tooOld(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(400, { 'Content-Length': 0, Connection: 'close' })
  response.end()
}

function notReady(_request: IncomingMessage, response: ServerResponse): void {
  const body = 'the server is starting\n'
  const headers = {
    'Content-Type': 'text/plain',
    'Content-Length': body.length,
    'Retry-After': '1',
    Connection: 'close',
  }
  response.writeHead(503, headers)
  response.end(body)
}

function notFound(_request: IncomingMessage, response: ServerResponse): void {
  const body = 'nothing is served at this path; the AWS API is at /\n'
  response.writeHead(404, { 'Content-Type': 'text/plain', 'Content-Length': body.length, 'Cache-Control': 'no-store' })
  response.end(body)
}

function closeServer(server: Server, front: NetServer): Promise<void> {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => server.closeAllConnections(), STOP_TIMEOUT_MS)
    const sweep = setInterval(() => server.closeIdleConnections(), STOP_SWEEP_MS)
    front.close((error) => {
      clearTimeout(deadline)
      clearInterval(sweep)
      if (error === undefined) resolve()
      else reject(error)
    })
    server.closeIdleConnections()
    // It does not listen itself then, and would go on looking at its connections.
    if (front !== server) server.close()
  })
}
