/**
 * A load generator that costs little: raw keep-alive sockets, requests made beforehand, answers told apart by their length.
 *
 * Runs as a process of its own (`node bench/processes/load-generator.ts`), takes one job on standard input and prints one result.
 */
import { connect, type Socket } from 'node:net'
import { createHistogram, performance, type RecordableHistogram } from 'node:perf_hooks'
import { text } from 'node:stream/consumers'
import { AnswerReader, type WholeAnswer } from './answer-reader.ts'

export interface LoadJob {
  readonly port: number
  readonly connections: number
  readonly seconds: number
  readonly warmUpSeconds: number
  /** Whole HTTP requests. Repeated in turn when `once` is false; each sent once, and then the run ends, when it is true. */
  readonly requests: readonly string[]
  readonly once: boolean
  /** Calls per second over all connections, sent when they are due or as soon after as one of them is free; absent for one after another. */
  readonly rate?: number
}

export interface LoadResult {
  /** Answered in the measured seconds; of a server that answered none in them, all that it answered. */
  readonly calls: number
  /** Answered with the warm-up and what was under way at the end. */
  readonly callsWithWarmUp: number
  /** Of all calls, those not answered with 200. */
  readonly failures: number
  /** What the first of them was answered. */
  readonly firstFailure: string | undefined
  readonly callsPerSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly p999Ms: number
  readonly maxMs: number
  /** CPU of this process during the run, per second of it: near 1 it was the generator that could not go faster. */
  readonly generatorLoad: number
}

/** Runs one job to its end. Throws where a connection breaks while a call waits for its answer. */
export function generateLoad(job: LoadJob): Promise<LoadResult> {
  return new Run(job).result()
}

class Run {
  readonly #job: LoadJob
  readonly #requests: readonly Buffer[]
  readonly #latency: RecordableHistogram = createHistogram()
  #next = 0
  #calls = 0
  #callsWithWarmUp = 0
  #failures = 0
  #firstFailure: string | undefined
  #startedAt = 0
  #measuredFrom = 0
  #endsAt = 0

  constructor(job: LoadJob) {
    if (job.requests.length === 0) throw new Error('a job without requests')
    this.#job = job
    this.#requests = job.requests.map((request) => Buffer.from(request))
  }

  async result(): Promise<LoadResult> {
    const cpuBefore = process.cpuUsage()
    this.#startedAt = performance.now()
    this.#measuredFrom = this.#startedAt + this.#job.warmUpSeconds * 1000
    this.#endsAt = this.#measuredFrom + this.#job.seconds * 1000
    await Promise.all(Array.from({ length: this.#job.connections }, (_, index) => this.#connection(index)))
    const endedAt = performance.now()
    const { user, system } = process.cpuUsage(cpuBefore)
    const ms = (percentile: number): number => this.#latency.percentile(percentile) / 1e6
    // The calls that were under way at the end have been waited for, however long that took.
    const isTooSlow = this.#calls === 0
    const calls = isTooSlow ? this.#callsWithWarmUp : this.#calls
    const measuredMs = isTooSlow ? endedAt - this.#startedAt : Math.min(endedAt, this.#endsAt) - this.#measuredFrom
    return {
      calls,
      callsWithWarmUp: this.#callsWithWarmUp,
      failures: this.#failures,
      firstFailure: this.#firstFailure,
      callsPerSecond: (calls * 1000) / measuredMs,
      p50Ms: ms(50),
      p99Ms: ms(99),
      p999Ms: ms(99.9),
      maxMs: this.#latency.max / 1e6,
      generatorLoad: (user + system) / 1000 / (endedAt - this.#startedAt),
    }
  }

  /** Sends one call after another over one connection, and over a new one where the server closes it between calls. */
  async #connection(index: number): Promise<void> {
    const schedule = new Schedule(this.#job, this.#startedAt, index)
    while ((await this.#callsOver(await open(this.#job.port), schedule)) === 'closed by the server');
  }

  #callsOver(socket: Socket, schedule: Schedule): Promise<'done' | 'closed by the server'> {
    return new Promise((resolve, reject) => {
      const reader = new AnswerReader()
      let sentAt: number | undefined
      const send = (): void => {
        const request = this.#take()
        if (request === undefined) {
          resolve('done')
          socket.destroy()
          return
        }
        sentAt = schedule.callStartsAt()
        socket.write(request)
      }
      const sendWhenDue = (): void => {
        const waitMs = schedule.nextInMs()
        if (waitMs <= 0) send()
        else setTimeout(() => (socket.closed ? resolve('closed by the server') : send()), waitMs)
      }
      socket.on('error', reject)
      socket.on('close', () => {
        if (sentAt === undefined) resolve('closed by the server')
        else reject(new Error('the server closed a connection on which a call waited for its answer'))
      })
      socket.on('data', (chunk: Buffer) => {
        const answer = reader.read(chunk)
        if (answer === undefined || sentAt === undefined) return
        this.#record(answer, sentAt)
        sentAt = undefined
        if (answer.isLast) resolve('closed by the server')
        else sendWhenDue()
      })
      sendWhenDue()
    })
  }

  #take(): Buffer | undefined {
    if (performance.now() >= this.#endsAt) return undefined
    const at = this.#job.once ? this.#next : this.#next % this.#requests.length
    this.#next += 1
    return this.#requests[at]
  }

  #record(answer: WholeAnswer, sentAt: number): void {
    const now = performance.now()
    this.#callsWithWarmUp += 1
    if (answer.status !== 200) {
      this.#failures += 1
      this.#firstFailure ??= answer.text()
    }
    if (now < this.#measuredFrom) return
    if (now <= this.#endsAt) this.#calls += 1
    // Of a server that answers nothing in time the latency of what comes too late is all there is.
    else if (this.#calls > 0) return
    this.#latency.record(Math.max(1, Math.round((now - sentAt) * 1e6)))
  }
}

/** When one of the connections sends its calls. */
class Schedule {
  /** Between two calls of this connection; 0 for one after another. */
  readonly #intervalMs: number
  #dueAt: number

  constructor({ rate, connections }: LoadJob, startedAt: number, index: number) {
    this.#intervalMs = rate === undefined ? 0 : (1000 * connections) / rate
    this.#dueAt = startedAt + this.#intervalMs * (index / connections - 1)
  }

  nextInMs(): number {
    if (this.#intervalMs === 0) return 0
    this.#dueAt += this.#intervalMs
    return this.#dueAt - performance.now()
  }

  /** In an open loop a call counts from when it was due, so that a stall is not hidden by the calls that it held up. */
  callStartsAt(): number {
    return this.#intervalMs === 0 ? performance.now() : this.#dueAt
  }
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => {
      socket.off('error', reject)
      resolve(socket)
    })
    socket.once('error', reject)
  })
}

if (import.meta.main) {
  const job: LoadJob = JSON.parse(await text(process.stdin))
  console.log(JSON.stringify(await generateLoad(job)))
}
