/**
 * The path of one call, from whole request to whole answer.
 *
 * Each stage takes the record of the one before and returns a richer one. A call that only reads is answered in the same turn.
 */
import type { ServiceName } from '@iamd/wire'
import { type Answer, encodeFailure, encodeOutput, faultOf, INTERNAL_FAILURE } from './stages/encode.ts'
import { type Authenticated, Authenticator } from './stages/authenticate.ts'
import { Authorizer, type AuthorizerOptions } from './stages/authorize.ts'
import { decode } from './stages/decode.ts'
import { Handler, type HandlerOptions } from './stages/handle.ts'
import { header, type Received } from './stages/receive.ts'
import { route } from './stages/route.ts'

export interface PipelineOptions extends Omit<HandlerOptions, 'authorizer'>, AuthorizerOptions {
  /** What the dates of signatures are checked against, where it is not `now`: the emulator's clock can be set. */
  readonly signatureTime?: () => Date
  /** Told of every bug that a caller met, with what is needed to find it. */
  readonly onBug: (error: unknown, requestId: string) => void
}

export class Pipeline {
  readonly #authenticator: Authenticator
  readonly #handler: Handler
  readonly #options: PipelineOptions
  readonly #signatureTime: () => Date

  constructor(options: PipelineOptions) {
    this.#options = options
    this.#signatureTime = options.signatureTime ?? options.now
    this.#authenticator = new Authenticator(options.ledger.images, options.vault)
    this.#handler = new Handler({ ...options, authorizer: new Authorizer(options) })
    options.ledger.images.onRemoved((id) => options.activity.forget(id))
  }

  answer(received: Received): Answer | Promise<Answer> {
    let service: ServiceName | undefined
    try {
      const routed = route(received)
      service = routed.service.name
      const authenticated = this.#authenticator.authenticate(routed, this.#signatureTime())
      return this.#answerAuthenticated(authenticated)
    } catch (error) {
      return this.#failure(service ?? serviceAsked(received), error, received.requestId)
    }
  }

  #answerAuthenticated(authenticated: Authenticated): Answer | Promise<Answer> {
    const { received, service, model } = authenticated
    const { requestId } = received
    const finish = (output: unknown): Answer => {
      this.#note(authenticated, true)
      return encodeOutput(model, output, requestId)
    }
    const fail = (error: unknown): Answer => {
      const answer = this.#failure(service.name, error, requestId)
      this.#note(authenticated, faultOf(error)?.code !== 'AccessDenied')
      return answer
    }
    try {
      const output = this.#handler.handle(decode(authenticated))
      return output instanceof Promise ? output.then(finish).catch(fail) : finish(output)
    } catch (error) {
      return fail(error)
    }
  }

  #failure(service: ServiceName, error: unknown, requestId: string): Answer {
    const fault = faultOf(error)
    if (fault === undefined) this.#options.onBug(error, requestId)
    return encodeFailure(service, fault ?? INTERNAL_FAILURE, requestId)
  }

  /** Never able to fail a call: what a write has committed cannot be answered as a failure for want of a note of it. */
  #note({ received, principal, region, service, operation }: Authenticated, allowed: boolean): void {
    const { activity, ledger, now, onBug } = this.#options
    const { accountId, accessKeyId, id: principalId } = principal
    const action = `${service.name}:${operation.name}`
    try {
      const time = now().getTime()
      // A key that this very call deleted is forgotten already.
      const isThere = ledger.images.accountOfKey(accessKeyId) !== undefined
      if (isThere) activity.noteKeyUse({ accountId, accessKeyId, service: service.name, region, time })
      activity.notePrincipalUse({ accountId, principalId, action, region, allowed, time })
    } catch (error) {
      onBug(error, received.requestId)
    }
  }
}

/** Of a call that could not be routed: by the protocol that it was made in. */
function serviceAsked(received: Received): ServiceName {
  return header(received, 'x-amz-target') === undefined ? 'iam' : 'iamd'
}
