/** The main thread's end of the worker: one promise per request, and a new worker when one has died. */

import { Worker } from 'node:worker_threads'
import { errorOf } from '../failure.ts'
import type { RaiseAlarm } from '../journal-alarm.ts'
import type { Exchange, Kind, Reply, Request, StoreOptions } from './exchange.ts'

/** The worker died before it answered: what it was asked may or may not have been done. */
export class WorkerLost extends Error {
  override readonly name = 'WorkerLost'
}

interface Waiting {
  readonly settle: (answer: unknown) => void
  readonly fail: (error: Error) => void
}

// The published package has the compiled file beside this one.
const entry = new URL(import.meta.url.endsWith('.ts') ? './journal-worker.ts' : './journal-worker.js', import.meta.url)

export class WorkerClient {
  readonly #options: StoreOptions
  readonly #alarm: RaiseAlarm
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #lastId = 0

  constructor(options: StoreOptions, alarm: RaiseAlarm) {
    this.#options = options
    this.#alarm = alarm
  }

  /** Asks the worker. Rejects with the port's errors, or with WorkerLost. */
  ask<K extends Kind>(kind: K, ask: Exchange[K]['ask']): Promise<Exchange[K]['answer']> {
    const worker = (this.#worker ??= this.#start())
    const id = (this.#lastId += 1)
    return new Promise((resolve, reject) => {
      const settle = (answer: unknown): void => {
        resolve(answer as Exchange[K]['answer']) // the worker answers what `answerers` declares for the kind it was asked
      }
      this.#waiting.set(id, { settle, fail: reject })
      const request: Request<K> = { id, kind, ask }
      worker.postMessage(request)
    })
  }

  /** Has the store closed, and resolves when the thread has ended. */
  async end(): Promise<void> {
    const worker = this.#worker
    if (worker === undefined) return
    // A thread that is lost here has closed its files by that.
    await this.ask('close', undefined).catch(() => {})
    await worker.terminate()
  }

  #start(): Worker {
    const worker = new Worker(entry, { name: 'iamd journal' })
    worker.postMessage(this.#options)
    let cause: unknown
    worker.on('message', (message: Reply) => this.#receive(message))
    worker.on('error', (error) => {
      cause = error
    })
    worker.on('exit', () => {
      this.#worker = undefined
      for (const { fail } of this.#waiting.values()) fail(new WorkerLost('the journal thread ended', { cause }))
      this.#waiting.clear()
    })
    return worker
  }

  #receive(message: Reply): void {
    if ('alarm' in message) {
      this.#alarm(message.alarm)
      return
    }
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if ('failure' in message) waiting?.fail(errorOf(message.failure))
    else waiting?.settle(message.answer)
  }
}
