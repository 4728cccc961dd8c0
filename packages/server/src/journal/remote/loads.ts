/** Loads that a worker takes part by part, so that a large stream is never one message. */
import type { Journal, JournalEntry, SnapshotPage } from '../journal.ts'
import type { Answers } from './messages.ts'

interface Loading {
  readonly pages: AsyncIterator<SnapshotPage> | Iterator<SnapshotPage> | undefined
  readonly entries: AsyncIterator<JournalEntry>
}

/** Some tens of kilobytes. */
const ENTRIES_PER_PART = 100

export class Loads {
  readonly #journal: Journal
  readonly #running = new Map<number, Loading>()
  #last = 0

  constructor(journal: Journal) {
    this.#journal = journal
  }

  async begin(stream: string): Promise<Answers['load']> {
    const { snapshot, entries, damaged } = await this.#journal.load(stream)
    const load = (this.#last += 1)
    this.#running.set(load, { pages: iteratorOf(snapshot?.pages), entries: entries[Symbol.asyncIterator]() })
    return { load, snapshotRevision: snapshot?.revision ?? null, damaged }
  }

  async pages(load: number): Promise<Answers['loadPages']> {
    const next = await this.#running.get(load)?.pages?.next()
    return next === undefined || next.done === true ? [] : [next.value]
  }

  async entries(load: number): Promise<Answers['loadEntries']> {
    const part: JournalEntry[] = []
    const iterator = this.#running.get(load)?.entries
    while (iterator !== undefined && part.length < ENTRIES_PER_PART) {
      const next = await iterator.next()
      if (next.done === true) break
      part.push(next.value)
    }
    if (part.length === 0) this.#running.delete(load)
    return part
  }
}

function iteratorOf(
  pages: AsyncIterable<SnapshotPage> | Iterable<SnapshotPage> | undefined,
): AsyncIterator<SnapshotPage> | Iterator<SnapshotPage> | undefined {
  if (pages === undefined) return undefined
  return Symbol.asyncIterator in pages ? pages[Symbol.asyncIterator]() : pages[Symbol.iterator]()
}
