/** `iamd start` within a test: the whole production server on a directory of its own, asked over its socket. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { sign } from '@iamd/sigv4'
import { getOperation, type OperationName } from '@iamd/wire'
import { type ProductionConfiguration, type RunningServer, startProduction } from '../../src/index.ts'
import { RawSocket, statusesIn } from './raw-socket.ts'
import { bytesOf } from './socket-server.ts'
import { postCall, type WireInput } from '../wire-call.ts'
import type { Credentials } from '../world.ts'

export interface ServedAnswer {
  readonly status: number
  /** Head and body. */
  readonly received: string
}

/** What a production server is started with on that directory. */
export function productionOn(dataDirectory: string): ProductionConfiguration {
  return {
    listen: { host: '127.0.0.1', port: 0 },
    tls: undefined,
    dataDirectory,
    masterKey: { kind: 'file', path: join(dataDirectory, 'master.key') },
    rootEmail: undefined,
    trustedProxies: [],
    publicHost: undefined,
  }
}

export class ProductionServer implements AsyncDisposable {
  /** What was logged as a warning or an error. */
  readonly logged: string[]
  readonly root: Credentials
  readonly #running: RunningServer

  private constructor(running: RunningServer, root: Credentials, logged: string[]) {
    this.#running = running
    this.root = root
    this.logged = logged
  }

  /** Rejects as `startProduction` does. `root` is the credential of an installation that was there already. */
  static async start(directory: string, root?: Credentials): Promise<ProductionServer> {
    const logged: string[] = []
    const note = (_detail: object, message: string): void => void logged.push(message)
    const running = await startProduction(productionOn(directory), { info: () => {}, warn: note, error: note })
    const credentials = root ?? running.rootCredential
    assert(credentials !== undefined, 'the directory has an installation, and nobody said its credential')
    return new ProductionServer(running, credentials, logged)
  }

  /** The root user's call, signed with the time of day. */
  async call(name: OperationName, input: WireInput = {}): Promise<ServedAnswer> {
    const model = getOperation(name)
    const options = { service: { service: model.service }, region: 'us-east-1', now: new Date() }
    const signed = sign(postCall(model, input), this.root, options)
    const socket = new RawSocket(Number(new URL(this.#running.url).port))
    const received = await socket.write(bytesOf(signed, ['Connection', 'close'])).all()
    const [status] = statusesIn(received)
    assert(status !== undefined, 'the server answered nothing')
    return { status, received }
  }

  async close(): Promise<void> {
    await this.#running.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }
}
