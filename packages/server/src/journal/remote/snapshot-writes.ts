/** Snapshots that a worker writes page by page. */
import type { Journal, SnapshotPage, StreamRead } from '../journal.ts'

interface Writing {
  readonly pages: PageQueue
  readonly written: Promise<void>
}

export class SnapshotWrites {
  readonly #journal: Journal
  readonly #running = new Map<number, Writing>()
  #last = 0

  constructor(journal: Journal) {
    this.#journal = journal
  }

  begin({ stream, revision }: StreamRead): number {
    const snapshot = (this.#last += 1)
    const pages = new PageQueue()
    const written = this.#journal.writeSnapshot({ stream, revision, pages })
    // Whoever asks for the end hears of the failure; until then nobody may wait for pages to be taken.
    written.catch(() => pages.stop())
    this.#running.set(snapshot, { pages, written })
    return snapshot
  }

  async add(snapshot: number, page: SnapshotPage): Promise<null> {
    await this.#running.get(snapshot)?.pages.put(page)
    return null
  }

  async end(snapshot: number): Promise<null> {
    const writing = this.#running.get(snapshot)
    this.#running.delete(snapshot)
    await writing?.pages.put(undefined)
    await writing?.written
    return null
  }

  drop(snapshot: number): null {
    this.#running.get(snapshot)?.pages.fail(new Error('the worker could not finish the snapshot'))
    this.#running.delete(snapshot)
    return null
  }

  /** The worker is gone: what it had not finished does not count. */
  abandon(): void {
    for (const { pages } of this.#running.values()) pages.fail(new Error('the worker that wrote the snapshot is gone'))
    this.#running.clear()
  }
}

/** Pages handed from one side to the other, one at a time. */
class PageQueue implements AsyncIterable<SnapshotPage> {
  #slot = Promise.withResolvers<SnapshotPage | undefined>()
  #taken = Promise.withResolvers<undefined>()
  #isOver = false

  /** `undefined` ends it. Resolves when the page was taken. */
  async put(page: SnapshotPage | undefined): Promise<void> {
    if (this.#isOver) return
    const { promise } = this.#taken
    this.#slot.resolve(page)
    await promise
  }

  /** Whoever reads gets the error in place of the next page. */
  fail(error: Error): void {
    this.#slot.promise.catch(() => {})
    this.#slot.reject(error)
    this.stop()
  }

  /** Nobody reads any more. */
  stop(): void {
    this.#isOver = true
    this.#taken.resolve(undefined)
  }

  async *[Symbol.asyncIterator](): AsyncIterator<SnapshotPage> {
    try {
      for (;;) {
        const page = await this.#slot.promise
        const { resolve } = this.#taken
        this.#slot = Promise.withResolvers()
        this.#taken = Promise.withResolvers()
        resolve(undefined)
        if (page === undefined) return
        yield page
      }
    } finally {
      this.stop()
    }
  }
}
