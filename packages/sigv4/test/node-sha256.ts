import { createHash, createHmac } from 'node:crypto'
import type { Hash, Hmac } from 'node:crypto'

type SourceData = string | ArrayBuffer | ArrayBufferView

/** SHA-256, or HMAC-SHA-256 where there is a secret, in the form that `@smithy/signature-v4` asks for. */
export class NodeSha256 {
  readonly #secret: SourceData | undefined
  #hash: Hash | Hmac

  constructor(secret?: SourceData) {
    this.#secret = secret
    this.#hash = start(secret)
  }

  update(chunk: Uint8Array): void {
    this.#hash.update(chunk)
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }

  reset(): void {
    this.#hash = start(this.#secret)
  }
}

function start(secret: SourceData | undefined): Hash | Hmac {
  if (secret === undefined) return createHash('sha256')
  return createHmac('sha256', typeof secret === 'string' ? secret : new Uint8Array(bytesOf(secret)))
}

function bytesOf(source: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source)
}
