/** The worker thread as seen from the process: started when needed, started again when it has died. */
import { Worker } from 'node:worker_threads'
import type { Batch, Reply, Request } from './exchange.ts'

/** Beside the journal's worker this is the second; it holds one batch and one database's cache. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 4 }
/** The same ending as this file's: the source runs as it is, and a release has been compiled. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)

export class Writer {
  readonly #file: string
  readonly #waiting = new Map<number, (reply: Reply) => void>()
  #worker: Worker | undefined
  #lastId = 0

  constructor(file: string) {
    this.#file = file
  }

  /** Resolves when the batch is in the file, or says why it is not. Never rejects. */
  write(batch: Batch): Promise<Reply> {
    return this.#ask((id) => ({ kind: 'write', id, batch }))
  }

  async close(): Promise<void> {
    const worker = this.#worker
    if (worker === undefined) return
    await this.#ask((id) => ({ kind: 'close', id }))
    this.#worker = undefined
    await worker.terminate()
  }

  /** Lets the thread end while there is nothing to write; the next batch starts another. */
  rest(): void {
    const worker = this.#worker
    if (worker === undefined || this.#waiting.size > 0) return
    this.#worker = undefined
    // Its file is closed first. What was written is safe however it ends.
    worker.once('message', () => void worker.terminate())
    worker.postMessage({ kind: 'close', id: 0 } satisfies Request)
  }

  #ask(request: (id: number) => Request): Promise<Reply> {
    this.#lastId += 1
    const id = this.#lastId
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      const worker = (this.#worker ??= this.#start())
      // A process that has nothing else to do waits for an answer, but not for the thread.
      worker.ref()
      worker.postMessage(request(id))
    })
  }

  #start(): Worker {
    const worker = new Worker(WORKER, { workerData: this.#file, resourceLimits: RESOURCE_LIMITS, name: 'activity' })
    worker.on('message', (reply: Reply) => {
      if (this.#worker !== worker) return
      this.#settle(reply)
      if (this.#waiting.size === 0) worker.unref()
    })
    worker.on('error', (error: unknown) => this.#fail(worker, error instanceof Error ? error.message : String(error)))
    worker.on('exit', () => this.#fail(worker, 'the thread has ended'))
    return worker
  }

  #settle(reply: Reply): void {
    const resolve = this.#waiting.get(reply.id)
    this.#waiting.delete(reply.id)
    resolve?.(reply)
  }

  #fail(worker: Worker, failure: string): void {
    // One that was let go: what waits now waits for another.
    if (this.#worker !== worker) return
    this.#worker = undefined
    for (const id of this.#waiting.keys()) this.#settle({ id, failure, replaced: undefined })
  }
}
