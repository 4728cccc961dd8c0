/** The HTTP server: its limits, its paths, and how it stops. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { HttpHandler } from './aws-api.ts'
import type { TlsMaterial } from './tls-material.ts'

/** Session tokens and many headers fit; floods do not. */
const HEADER_BYTES_MAX = 32 * 1024
const HEADERS_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 30_000
const IDLE_TIMEOUT_MS = 65_000
const CONNECTIONS_MAX = 10_000
/** Requests on one connection, after which the client has to connect again: bounds what one connection can hold on to. */
const REQUESTS_PER_CONNECTION_MAX = 1_000_000
/** After this a client that sends or reads too slowly no longer holds up a stop. */
const STOP_TIMEOUT_MS = 10_000

export interface HttpServerOptions {
  readonly listen: { readonly host: string; readonly port: number }
  readonly tls: TlsMaterial | undefined
  /** Sent with every answer, whatever it is; the emulator says here what it does differently. */
  readonly headers?: readonly (readonly [name: string, value: string])[]
  /**
   * Handlers by exact path; a path that ends in `/` also takes everything below it. It may be filled after the start: while it
   * is empty each call is answered with 503, so that nothing that must be done once is done before the address is ours.
   */
  readonly paths: ReadonlyMap<string, HttpHandler>
}

export interface RunningHttpServer {
  readonly server: Server
  readonly port: number
  /** Stops accepting, lets what is running finish, for 10 s at most, and closes. */
  close(): Promise<void>
}

/** Listens; rejects with the system's error when the address cannot be listened on. */
export async function startHttpServer(options: HttpServerOptions): Promise<RunningHttpServer> {
  const { listen, tls, paths, headers = [] } = options
  const limits = {
    maxHeaderSize: HEADER_BYTES_MAX,
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: IDLE_TIMEOUT_MS,
  }
  const running = { isStopping: false }
  const handle: HttpHandler = (request, response) => {
    for (const [name, value] of headers) response.setHeader(name, value)
    // A connection in flight would otherwise stay open for its idle time after close().
    if (running.isStopping) response.setHeader('Connection', 'close')
    handlerFor(paths, request)(request, response)
  }
  const server = tls === undefined ? createServer(limits, handle) : createTlsServer({ ...limits, ...tls }, handle)
  // The count of headers is checked by the handlers: node would drop what is over it without a word.
  server.maxHeadersCount = 0
  server.maxConnections = CONNECTIONS_MAX
  server.maxRequestsPerSocket = REQUESTS_PER_CONNECTION_MAX
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: listen.host, port: listen.port, backlog: 1024 }, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : listen.port
  return { server, port, close: () => closeServer(server, running) }
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

function closeServer(server: Server, running: { isStopping: boolean }): Promise<void> {
  running.isStopping = true
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => server.closeAllConnections(), STOP_TIMEOUT_MS)
    server.close((error) => {
      clearTimeout(deadline)
      if (error === undefined) resolve()
      else reject(error)
    })
    server.closeIdleConnections()
  })
}
