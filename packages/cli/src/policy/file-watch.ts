import { type FSWatcher, watch } from 'node:fs'
import path from 'node:path'

/** How long after a change the next ones belong to it: an editor writes a file in several steps. */
const settlesAfterMs = 50

/** Watches JSON files for changes. They are seen from their folders, because editors put a new file in place of the old one. */
export class FileWatch {
  readonly #watchers = new Map<string, FSWatcher>()
  #hasChanged = false
  #wake: (() => void) | undefined

  /** Watches a folder with everything below it. */
  addFolder(folder: string): void {
    this.#add(path.resolve(folder), true)
  }

  /** Watches the folder of a file. */
  addFile(file: string): void {
    this.#add(path.dirname(path.resolve(file)), false)
  }

  /** Resolves with true once something has changed since the last call, or with false when the signal comes first. */
  async change(signal: AbortSignal): Promise<boolean> {
    while (!this.#hasChanged) {
      if (signal.aborted) return false
      await this.#woken(signal)
    }
    await new Promise((resolve) => setTimeout(resolve, settlesAfterMs))
    this.#hasChanged = false
    return true
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close()
    this.#watchers.clear()
  }

  async #woken(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>()
    const wake = (): void => resolve(undefined)
    this.#wake = wake
    signal.addEventListener('abort', wake)
    await promise
    // A watch of many hours would else collect a listener for each change.
    signal.removeEventListener('abort', wake)
  }

  #add(folder: string, recursive: boolean): void {
    if (this.#watchers.has(folder)) return
    const watcher = watch(folder, { recursive }, (_event, name) => {
      if (name !== null && !name.endsWith('.json')) return
      this.#hasChanged = true
      this.#wake?.()
    })
    // A folder that goes away is a change too; the next run says what is missing.
    watcher.on('error', () => {
      this.#watchers.delete(folder)
      this.#hasChanged = true
      this.#wake?.()
    })
    this.#watchers.set(folder, watcher)
  }
}
