/**
 * Streams of which an entry is missing here: they have to be loaded again, and are no ground to write on before they are.
 * Loading is tried until it succeeds, with pauses that grow.
 */
import { JournalUnavailable, type StreamId } from '../journal/journal.ts'

const PAUSE_MS_MIN = 100
const PAUSE_MS_MAX = 10_000

export interface TornStreamsOptions {
  readonly load: (stream: StreamId) => Promise<void>
  readonly alarm: (message: string, detail: Readonly<Record<string, unknown>>) => void
  readonly wait: (milliseconds: number) => Promise<void>
}

export class TornStreams {
  readonly #options: TornStreamsOptions
  /** By stream, which tear it is: a load that began before the latest one does not mend it. */
  readonly #tears = new Map<StreamId, number>()
  readonly #beingMended = new Set<StreamId>()
  #count = 0
  #isStopped = false

  constructor(options: TornStreamsOptions) {
    this.#options = options
  }

  /** How many are not whole. */
  get size(): number {
    return this.#tears.size
  }

  /** An entry came that does not follow on from what is here. Resolves when the stream is whole again. */
  async add(stream: StreamId, position: number): Promise<void> {
    this.#count += 1
    this.#tears.set(stream, this.#count)
    if (this.#beingMended.has(stream)) return
    this.#beingMended.add(stream)
    try {
      await this.#mendAtLast(stream, position)
    } finally {
      this.#beingMended.delete(stream)
    }
  }

  /** Tries all of them now; throws JournalUnavailable while one cannot be loaded. */
  async mendAll(): Promise<void> {
    for (const stream of this.#tears.keys()) {
      try {
        await this.#mend(stream)
      } catch (cause) {
        throw new JournalUnavailable(`the stream \`${stream}\` is not whole here and cannot be loaded`, { cause })
      }
    }
  }

  /** Tries no more. */
  stop(): void {
    this.#isStopped = true
  }

  async #mendAtLast(stream: StreamId, position: number): Promise<void> {
    const { alarm, wait } = this.#options
    let pauseMs = PAUSE_MS_MIN
    while (this.#tears.has(stream) && !this.#isStopped) {
      try {
        await this.#mend(stream)
      } catch (error) {
        const detail = { stream, position, cause: String(error) }
        if (pauseMs === PAUSE_MS_MIN) alarm('a stream could not be loaded; nothing is written before it is', detail)
        await wait(pauseMs)
        pauseMs = Math.min(pauseMs * 2, PAUSE_MS_MAX)
      }
    }
    if (pauseMs > PAUSE_MS_MIN && !this.#isStopped) alarm('the stream was loaded', { stream, position })
  }

  async #mend(stream: StreamId): Promise<void> {
    const tear = this.#tears.get(stream)
    await this.#options.load(stream)
    if (this.#tears.get(stream) === tear) this.#tears.delete(stream)
  }
}
