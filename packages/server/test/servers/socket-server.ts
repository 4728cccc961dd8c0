/** A server with a real socket and short times, for tests of what happens before a request is whole. */
import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { type Credentials, type HttpRequest, sign } from '@iamd/sigv4'
import { getOperation } from '@iamd/wire'
import { awsApi, type HttpHandler } from '../../src/endpoints/aws-api.ts'
import type { ConnectionLimits } from '../../src/endpoints/connection-limits.ts'
import { health } from '../../src/endpoints/health.ts'
import { type RunningHttpServer, startHttpServer } from '../../src/endpoints/http-server.ts'
import { directOrigin } from '../../src/endpoints/origin.ts'
import type { Answer } from '../../src/stages/encode.ts'
import type { Received } from '../../src/stages/receive.ts'
import { RawSocket, statusesIn } from './raw-socket.ts'
import { postCall } from '../wire-call.ts'
import { World } from '../world.ts'

/** Milliseconds, where production has seconds. */
const SHORT: Partial<ConnectionLimits> = { headersMs: 200, requestMs: 400, idleMs: 200, checkEveryMs: 20 }

export interface SocketServerOptions {
  readonly limits?: Partial<ConnectionLimits>
  /** In place of the pipeline, for faults that it does not have. */
  readonly answer?: (received: Received) => Answer | Promise<Answer>
}

export class SocketServer implements AsyncDisposable {
  readonly world: World
  /** What the endpoint took for a bug. */
  readonly bugs: unknown[] = []
  readonly #http: RunningHttpServer
  #callerKnown: (socket: Socket) => void = () => {}

  private constructor(world: World, http: RunningHttpServer) {
    this.world = world
    this.#http = http
  }

  static async start({ limits, answer }: SocketServerOptions = {}): Promise<SocketServer> {
    const world = await World.create()
    const paths = new Map<string, HttpHandler>()
    const listen = { host: '127.0.0.1', port: 0 }
    const http = await startHttpServer({ listen, tls: undefined, paths, limits: { ...SHORT, ...limits } })
    const server = new SocketServer(world, http)
    const onBug = (error: unknown): void => void server.bugs.push(error)
    const originOf = (request: IncomingMessage): ReturnType<typeof directOrigin> => {
      server.#callerKnown(request.socket)
      return directOrigin(request)
    }
    paths.set('/', awsApi({ answer: answer ?? ((received) => world.pipeline.answer(received)), originOf, onBug }))
    paths.set('/health', health)
    return server
  }

  get port(): number {
    return this.#http.port
  }

  /** The server's side of the connection that the next call comes over. */
  nextCaller(): Promise<Socket> {
    return new Promise((resolve) => {
      this.#callerKnown = resolve
    })
  }

  connect(): RawSocket {
    return new RawSocket(this.port)
  }

  /** What these bytes are answered, whole: waits until the server closes the connection. */
  async exchange(bytes: string): Promise<{ readonly statuses: readonly number[]; readonly received: string }> {
    const received = await this.connect().write(Buffer.from(bytes, 'latin1')).all()
    return { statuses: statusesIn(received), received }
  }

  /** Fails unless a good signed call is answered: whatever came before, the process lives and serves. */
  async assertServes(): Promise<void> {
    const { statuses, received } = await this.exchange(this.goodCall())
    assert.deepEqual(statuses, [200], received)
    assert.match(received, /<GetCallerIdentityResponse /)
  }

  /** GetCallerIdentity of the root user, as bytes; the connection is closed after it unless told otherwise. */
  goodCall({ close = true }: { readonly close?: boolean } = {}): string {
    return bytesOf(this.#signed(this.world.root), close ? ['Connection', 'close'] : [])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#http.close()
  }

  #signed(credentials: Credentials): HttpRequest {
    const unsigned = postCall(getOperation('GetCallerIdentity'), {})
    return sign(unsigned, credentials, { service: { service: 'sts' }, region: 'us-east-1', now: this.world.now })
  }
}

/** A request as it goes over the wire, with headers that the signature does not cover after the others. */
export function bytesOf({ method, target, rawHeaders, body }: HttpRequest, more: readonly string[] = []): string {
  const lines = [...rawHeaders, ...more].flatMap((name, at, all) => (at % 2 === 0 ? [`${name}: ${all[at + 1]}`] : []))
  return `${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${Buffer.from(body).toString('latin1')}`
}
