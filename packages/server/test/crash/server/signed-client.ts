/** Signed calls to a server in another process, over one connection that is kept. */
import { once } from 'node:events'
import { Agent, type IncomingMessage, request as httpRequest } from 'node:http'
import { text } from 'node:stream/consumers'
import { type Credentials, sign } from '@iamd/sigv4'
import { getOperation, type OperationName } from '@iamd/wire'
import { postCall, type WireInput } from '../../wire-call.ts'

export interface SignedAnswer {
  readonly status: number
  readonly body: string
  /** The header of that name. */
  readonly retryAfter: string | undefined
}

export class SignedClient implements Disposable {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  readonly #port: number
  readonly #credentials: Credentials

  constructor(port: number, credentials: Credentials) {
    this.#port = port
    this.#credentials = credentials
  }

  /** Rejects when the whole answer did not come: what the call did is not known then. */
  async call(
    name: OperationName,
    input: WireInput,
    credentials: Credentials = this.#credentials,
  ): Promise<SignedAnswer> {
    const model = getOperation(name)
    const options = { service: { service: model.service }, region: 'us-east-1', now: new Date() }
    const { method, target, rawHeaders, body } = sign(postCall(model, input), credentials, options)
    const place = { host: '127.0.0.1', port: this.#port, agent: this.#agent }
    const request = httpRequest({ ...place, method, path: target, headers: rawHeaders })
    request.end(body)
    const [response]: IncomingMessage[] = await once(request, 'response')
    if (response === undefined) throw new Error(`${name} has no answer`)
    const retryAfter = response.headers['retry-after']
    return { status: response.statusCode ?? 0, body: await text(response), retryAfter }
  }

  [Symbol.dispose](): void {
    this.#agent.destroy()
  }
}

/** The texts of the elements of that name, in their order. */
export function textsIn(xml: string, element: string): string[] {
  return [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(([, found = '']) => found)
}
