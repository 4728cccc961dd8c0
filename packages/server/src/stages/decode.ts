/** The input, typed: its members read by the operation's model, and the model's constraints checked with AWS's sentences. */
import { decodeJson, decodeQuery, validate } from '@iamd/wire'
import type { Input, OperationName } from '@iamd/wire'
import type { Authenticated } from './authenticate.ts'

export interface Decoded extends Authenticated {
  /** Proved to be the input of `operation`. */
  readonly input: Input<OperationName>
}

export function decode(authenticated: Authenticated): Decoded {
  const { model, form, received } = authenticated
  const input = form === undefined ? decodeJson(model, received.body) : decodeQuery(model, form)
  validate(model, input)
  return { ...authenticated, input }
}
