/**
 * A load generator that costs little: raw keep-alive sockets, requests made beforehand, answers counted by their length.
 *
 * Runs as a process of its own (`node bench/load-generator.ts`), takes one job on standard input and prints one result.
 */
import { connect } from 'node:net'
import { createHistogram, performance, type RecordableHistogram } from 'node:perf_hooks'
import { text } from 'node:stream/consumers'

export interface LoadJob {
  readonly port: number
  readonly connections: number
  readonly seconds: number
  readonly warmUpSeconds: number
  /** Whole HTTP requests. Repeated in turn when `once` is false; each sent once, and then the run ends, when it is true. */
  readonly requests: readonly string[]
  readonly once: boolean
  /** Calls per second over all connections, sent when they are due whatever has been answered; undefined for one after another. */
  readonly rate: number | undefined
}

export interface LoadResult {
  readonly calls: number
  readonly failures: number
  readonly callsPerSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly p999Ms: number
  readonly maxMs: number
  /** Body of the first answer that was not a 200, to tell what went wrong. */
  readonly firstFailure: string | undefined
}

class Run {
  readonly #job: LoadJob
  readonly #requests: readonly Buffer[]
  readonly #latency: RecordableHistogram = createHistogram()
  #next = 0
  #calls = 0
  #failures = 0
  #firstFailure: string | undefined
  #measuredFrom = 0
  #endsAt = 0

  constructor(job: LoadJob) {
    this.#job = job
    this.#requests = job.requests.map((request) => Buffer.from(request))
  }

  async result(): Promise<LoadResult> {
    const started = performance.now()
    this.#measuredFrom = started + this.#job.warmUpSeconds * 1000
    this.#endsAt = this.#measuredFrom + this.#job.seconds * 1000
    await Promise.all(Array.from({ length: this.#job.connections }, (_, index) => this.#connection(index)))
    const seconds = (Math.min(performance.now(), this.#endsAt) - this.#measuredFrom) / 1000
    const ms = (percentile: number): number => this.#latency.percentile(percentile) / 1e6
    return {
      calls: this.#calls,
      failures: this.#failures,
      callsPerSecond: this.#calls / seconds,
      p50Ms: ms(50),
      p99Ms: ms(99),
      p999Ms: ms(99.9),
      maxMs: this.#latency.max / 1e6,
      firstFailure: this.#firstFailure,
    }
  }

  #connection(index: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port: this.#job.port, host: '127.0.0.1', noDelay: true })
      const reader = new AnswerReader()
      let dueAt = performance.now() + this.#intervalMs() * (index / this.#job.connections)
      let sentAt = 0
      const send = (): void => {
        const request = this.#take()
        if (request === undefined) {
          socket.end()
          resolve()
          return
        }
        // In an open loop the time of a call counts from when it was due, so that a stall is not hidden by the calls it held up.
        sentAt = this.#job.rate === undefined ? performance.now() : dueAt
        socket.write(request)
      }
      const sendWhenDue = (): void => {
        if (this.#job.rate === undefined) return send()
        dueAt += this.#intervalMs()
        const waitMs = dueAt - performance.now()
        if (waitMs <= 0) send()
        else setTimeout(send, waitMs)
      }
      socket.on('connect', send)
      socket.on('error', reject)
      socket.on('data', (chunk: Buffer) => {
        const answer = reader.read(chunk)
        if (answer === undefined) return
        this.#record(answer, sentAt)
        sendWhenDue()
      })
    })
  }

  #intervalMs(): number {
    return this.#job.rate === undefined ? 0 : (1000 * this.#job.connections) / this.#job.rate
  }

  #take(): Buffer | undefined {
    if (performance.now() >= this.#endsAt) return undefined
    const at = this.#job.once ? this.#next : this.#next % this.#requests.length
    this.#next += 1
    return this.#requests[at]
  }

  #record(answer: WholeAnswer, sentAt: number): void {
    const now = performance.now()
    if (answer.status !== 200) {
      this.#failures += 1
      this.#firstFailure ??= answer.text()
    }
    if (now < this.#measuredFrom || now > this.#endsAt) return
    this.#calls += 1
    this.#latency.record(Math.max(1, Math.round((now - sentAt) * 1e6)))
  }
}

interface WholeAnswer {
  readonly status: number
  readonly text: () => string
}

/** Finds the end of one answer; every server here sends Content-Length. */
class AnswerReader {
  #held: Buffer = Buffer.alloc(0)

  read(chunk: Buffer): WholeAnswer | undefined {
    const data = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    const headEnd = data.indexOf('\r\n\r\n')
    const length = headEnd === -1 ? undefined : contentLength(data, headEnd)
    if (length === undefined || data.length < headEnd + 4 + length) {
      this.#held = data
      return undefined
    }
    this.#held = Buffer.alloc(0)
    return { status: Number(data.toString('latin1', 9, 12)), text: () => data.toString('utf8', headEnd + 4) }
  }
}

function contentLength(data: Buffer, headEnd: number): number {
  const found = /content-length: *(\d+)/i.exec(data.toString('latin1', 0, headEnd))
  return Number(found?.[1] ?? 0)
}

if (import.meta.main) {
  const job: LoadJob = JSON.parse(await text(process.stdin))
  console.log(JSON.stringify(await new Run(job).result()))
}
