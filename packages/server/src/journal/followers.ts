/**
 * Delivery of entries in order, once: history is read from the store page by page, and what is committed meanwhile is
 * handed over without reading it again.
 */

import { setImmediate, setTimeout } from 'node:timers/promises'
import { JournalUnavailable, type JournalEntry } from './journal.ts'

export type Deliver = (entries: readonly JournalEntry[]) => void

/** How long a follower waits before it reads again from a store that cannot be read just now. */
const RETRY_MILLISECONDS = 100

export interface FollowerSource {
  /** The entries that come next after a position, as many as make a page; none when it is the last. What throws JournalUnavailable is tried again. */
  readonly readAfter: (position: number) => Promise<readonly JournalEntry[]>
  /** A follower could not be brought further than `position`; it stays there, because going on would leave a gap. */
  readonly stalled: (position: number, cause: unknown) => void
}

interface Follower {
  readonly deliver: Deliver
  position: number
  /** History may hold entries that this follower has not seen. */
  behind: boolean
  running: boolean
}

export class Followers {
  readonly #source: FollowerSource
  readonly #followers = new Set<Follower>()
  #latest: readonly JournalEntry[] = []

  constructor(source: FollowerSource) {
    this.#source = source
  }

  /** Starts a follower after `position`; the answer stops it. */
  add(position: number, deliver: Deliver): () => void {
    const follower: Follower = { deliver, position, behind: true, running: false }
    this.#followers.add(follower)
    this.#start(follower)
    return () => {
      this.#followers.delete(follower)
    }
  }

  /** Says what has just been committed. */
  committed(entries: readonly JournalEntry[]): void {
    if (entries.length === 0) return
    this.#latest = entries
    for (const follower of this.#followers) this.#start(follower)
  }

  /** Says that the store may hold entries that `committed` was never told of. */
  lookAgain(): void {
    for (const follower of this.#followers) {
      follower.behind = true
      this.#start(follower)
    }
  }

  /** Stops every follower. */
  clear(): void {
    this.#followers.clear()
  }

  #start(follower: Follower): void {
    if (follower.running) return
    follower.running = true
    // What `deliver` throws ends the process as an unhandled rejection: see Journal.follow.
    void this.#run(follower)
  }

  async #run(follower: Follower): Promise<void> {
    // Lets the append that woke this follower resolve first.
    await setImmediate()
    while (this.#followers.has(follower) && this.#mayHaveMore(follower)) {
      const entries = this.#fromLatest(follower) ?? (await this.#fromHistory(follower))
      const last = entries.at(-1)
      if (last === undefined || !this.#followers.has(follower)) continue
      follower.position = last.position
      follower.deliver(entries)
    }
    // In the same turn as the last look, or a commit in between would wake nobody.
    follower.running = false
  }

  #mayHaveMore({ behind, position }: Follower): boolean {
    return behind || position < (this.#latest.at(-1)?.position ?? 0)
  }

  /** What the newest commit has for this follower, if nothing lies between. */
  #fromLatest({ position }: Follower): readonly JournalEntry[] | undefined {
    const [first] = this.#latest
    const last = this.#latest.at(-1)
    if (first === undefined || last === undefined) return undefined
    if (first.position > position + 1 || last.position <= position) return undefined
    return this.#latest.slice(position + 1 - first.position)
  }

  async #fromHistory(follower: Follower): Promise<readonly JournalEntry[]> {
    try {
      const entries = await this.#source.readAfter(follower.position)
      if (entries.length === 0) follower.behind = false
      return entries
    } catch (cause) {
      if (cause instanceof JournalUnavailable) await setTimeout(RETRY_MILLISECONDS, undefined, { ref: false })
      else if (this.#followers.delete(follower)) this.#source.stalled(follower.position, cause)
      return []
    }
  }
}
