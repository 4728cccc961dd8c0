/**
 * Runs the operation: a read on the published images at once, a write in the ledger's queue.
 *
 * INVARIANT (P3): a write is authorised, with its caller confirmed, on the very draft that it changes and that is then committed.
 */
import { randomBytes } from 'node:crypto'
import { Fault } from '@iamd/wire'
import type { OperationName } from '@iamd/wire'
import type { Principal } from '../account/principal.ts'
import type { Activity } from '../activity/activity.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Draft } from '../ledger/overlay.ts'
import { PrepareAgain } from '../operations/operation.ts'
import type { Authorized, PreparedOperation } from '../operations/operation.ts'
import type { MakeError, PasswordHashing, ReadScene, WriteScene } from '../operations/scene.ts'
import { PasswordGuesses } from '../vault/password-guesses.ts'
import { oneTimeCodes } from '../vault/one-time-codes.ts'
import { hashPassword, verifyPassword } from '../vault/password-hash.ts'
import type { Vault } from '../vault/vault.ts'
import { confirmPrincipal } from './authenticate.ts'
import type { Authorizer, State } from './authorize.ts'
import type { Decoded } from './decode.ts'
import { header } from './receive.ts'

export interface HandlerOptions {
  readonly ledger: Ledger
  readonly authorizer: Authorizer
  readonly activity: Activity
  readonly vault: Vault
  readonly now: () => Date
}

const PREPARE_ROUNDS_MAX = 5

/** Runs operations with what they need: the published images or a draft, time, randomness, secrets. */
export class Handler {
  readonly #options: HandlerOptions
  readonly #passwords: PasswordHashing

  constructor(options: HandlerOptions) {
    this.#options = options
    const guesses = new PasswordGuesses({ verify: verifyPassword, now: options.now })
    this.#passwords = {
      hash: hashPassword,
      verify: verifyPassword,
      guess: (password, hash) => guesses.guess(password, hash),
    }
  }

  /** The operation's output. Reads answer in the same turn; writes when they are durable. */
  handle(decoded: Decoded): unknown {
    const { operation } = decoded
    switch (operation.kind) {
      case 'read': {
        const scene = this.#readScene(decoded)
        return operation.handle(this.#options.authorizer.authorize(decoded, scene), scene)
      }
      case 'write':
        return this.#write(decoded, (call, scene) => operation.handle(call, scene, undefined))
      case 'prepared write':
        return this.#prepareAndWrite(decoded, operation)
    }
  }

  async #prepareAndWrite(decoded: Decoded, operation: PreparedOperation<OperationName, unknown>): Promise<unknown> {
    for (let round = 0; round < PREPARE_ROUNDS_MAX; round += 1) {
      const scene = this.#readScene(decoded)
      const call = this.#options.authorizer.authorize(decoded, scene)
      const prepared = await operation.prepare(call, scene)
      try {
        return await this.#write(decoded, (turn, draft) => operation.handle(turn, draft, prepared))
      } catch (error) {
        if (!(error instanceof PrepareAgain)) throw error
      }
    }
    throw new Fault('Throttling', 'Rate exceeded', { status: 400 })
  }

  async #write(
    decoded: Decoded,
    change: (call: Authorized<OperationName>, scene: WriteScene<OperationName>) => unknown,
  ): Promise<unknown> {
    const { received, service, principal } = decoded
    const output = await this.#options.ledger.write({
      requestId: received.requestId,
      action: `${service.name}:${decoded.operation.name}`,
      origin: {
        caller: principal.arn,
        sourceIp: received.sourceIp,
        userAgent: header(received, 'user-agent') ?? '',
      },
      attempt: (draft, now) => {
        const scene = this.#writeScene(decoded, draft, now)
        return change(this.#options.authorizer.authorize(decoded, scene), scene)
      },
    })
    if (output instanceof Fault) throw output
    return output
  }

  #readScene(decoded: Decoded): ReadScene<OperationName> & State {
    const { ledger, activity, vault, now } = this.#options
    const { principal } = decoded
    const { images } = ledger
    const image = images.account(principal.accountId)
    if (image === undefined) throw noAccount(principal)
    const { directory } = images
    return {
      image,
      principal,
      accountId: principal.accountId,
      account: image.tables,
      directory: directory.tables,
      now: now(),
      activity,
      vault,
      passwords: this.#passwords,
      error: errorMaker(decoded),
      findAccount: (accountId) => images.account(accountId)?.tables,
      accountOfKey: (accessKeyId) => images.accountOfKey(accessKeyId),
    }
  }

  #writeScene(decoded: Decoded, draft: Draft, now: Date): WriteScene<OperationName> & State {
    const image = draft.account(decoded.principal.accountId)
    if (image === undefined) throw noAccount(decoded.principal)
    const principal = confirmPrincipal(image, decoded.principal)
    return {
      image,
      principal,
      accountId: principal.accountId,
      account: image.tables,
      // Asked for only by operations that need it: looking at it pins its revision.
      get directory() {
        return draft.directory.tables
      },
      now,
      findAccount: (accountId) => draft.account(accountId)?.tables,
      vault: this.#options.vault,
      oneTimeCodes,
      randomBytes,
      error: errorMaker(decoded),
    }
  }
}

function errorMaker({ model }: Decoded): MakeError<OperationName> {
  return (code, message) => new Fault(code, message, { status: model.errors.get(code) ?? 400 })
}

function noAccount(principal: Principal): Error {
  return new Error(`no image of account \`${principal.accountId}\``)
}
