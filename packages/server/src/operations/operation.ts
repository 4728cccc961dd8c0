/**
 * What an operation is: what it needs to be allowed, and what it does.
 *
 * An operation is one file that exports the result of `readOperation` or `writeOperation`, and one line in `registry.ts`.
 */
import type { ContextValue } from '@iamd/policy'
import type { Fault, Input, OperationName, Output } from '@iamd/wire'
import type { Principal } from '../account/principal.ts'
import type { ReadScene, SceneView, WriteScene } from './scene.ts'

/** What must be allowed for the call to go on. */
export interface Ask {
  /** Only where it is not the operation's own: tags sent with CreateUser need `iam:TagUser` too. */
  readonly action?: string | undefined
  /** ARN of the entity as it is stored (its real path and case), or of the one to be made; `*` where the action has no resource. */
  readonly resource: string
  /** Condition keys of this request and resource, as AWS writes them: `iam:PolicyARN`, `aws:RequestTag/Team`. */
  readonly context?: Readonly<Record<string, ContextValue | undefined>> | undefined
  /** What must be allowed besides; the first that is not allowed is what the caller is told of. */
  readonly also?: readonly Omit<Ask, 'also'>[] | undefined
}

/** The call needs no permission; AWS says so of a few operations only. */
export const NO_PERMISSION_NEEDED = 'no permission needed'

declare const authorized: unique symbol
/** A call that may go on. Only `stages/authorize.ts` makes one, so a handler cannot be reached without it. */
export interface Authorized<N extends OperationName> {
  readonly [authorized]: N
  readonly input: Input<N>
  readonly principal: Principal
}

interface Definition<N extends OperationName> {
  authorize(input: Input<N>, view: SceneView): Ask | typeof NO_PERMISSION_NEEDED
}

interface ReadDefinition<N extends OperationName> extends Definition<N> {
  handle(call: Authorized<N>, scene: ReadScene<N>): Output<N>
}

interface WriteDefinition<N extends OperationName, P> extends Definition<N> {
  /**
   * A fault that is thrown leaves nothing behind. One that is returned refuses the call as well, and what was changed is committed:
   * a try at a code counts though the code was wrong.
   */
  handle(call: Authorized<N>, scene: WriteScene<N>, prepared: P): Output<N> | Fault
}

interface PreparedDefinition<N extends OperationName, P> extends WriteDefinition<N, P> {
  /**
   * Work that must wait (hashing a password): after a first authorisation, before the write's turn. What it was based on
   * may have moved when `handle` runs: then handle throws `PrepareAgain`.
   */
  prepare(call: Authorized<N>, scene: ReadScene<N>): Promise<P>
}

/** What `prepare` was based on has changed: it runs again, then the handler. */
export class PrepareAgain extends Error {
  override readonly name = 'PrepareAgain'
}

export interface ReadOperation<N extends OperationName> extends ReadDefinition<N> {
  readonly kind: 'read'
  readonly name: N
}
export interface WriteOperation<N extends OperationName> extends WriteDefinition<N, undefined> {
  readonly kind: 'write'
  readonly name: N
}
export interface PreparedOperation<N extends OperationName, P> extends PreparedDefinition<N, P> {
  readonly kind: 'prepared write'
  readonly name: N
}

/** Any operation, as the pipeline sees it: which input belongs to which is proved by `stages/decode.ts`. */
export type Operation =
  | ReadOperation<OperationName>
  | WriteOperation<OperationName>
  | PreparedOperation<OperationName, unknown>

/** An operation that changes nothing: it reads the published images. */
export function readOperation<N extends OperationName>(name: N, definition: ReadDefinition<N>): ReadOperation<N> {
  return { kind: 'read', name, ...definition }
}

/** An operation that changes the account or the directory: it runs in the ledger's queue, on a draft. */
export function writeOperation<N extends OperationName>(
  name: N,
  definition: WriteDefinition<N, undefined>,
): WriteOperation<N> {
  return { kind: 'write', name, ...definition }
}

/** A write with work that must wait before its turn, such as hashing a password. */
export function preparedWriteOperation<N extends OperationName, P>(
  name: N,
  definition: PreparedDefinition<N, P>,
): PreparedOperation<N, P> {
  return { kind: 'prepared write', name, ...definition }
}
