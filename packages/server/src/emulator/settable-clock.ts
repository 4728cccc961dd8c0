/** The emulator's clock: the machine's, until a test sets it or moves it on. */
import type { ClockChange, ClockState } from '../endpoints/emulator-paths.ts'

type Mode =
  | { readonly kind: 'stopped'; readonly atMs: number }
  | { readonly kind: 'running'; readonly offsetMs: number }

const FOLLOWING: Mode = { kind: 'running', offsetMs: 0 }
/** Times are written with four digits for the year, everywhere on the wire. */
const TIME_MS_MAX = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

export class SettableClock {
  readonly #machineTimeMs: () => number
  #mode: Mode = FOLLOWING

  constructor(machineTimeMs: () => number = Date.now) {
    this.#machineTimeMs = machineTimeMs
  }

  now(): Date {
    return new Date(this.#nowMs(this.#mode))
  }

  /** Throws RangeError, and stays as it is, for a time outside of the years 1970 to 9999. */
  change(change: ClockChange): ClockState {
    const mode = this.#changed(change)
    const timeMs = this.#nowMs(mode)
    if (!(timeMs >= 0 && timeMs <= TIME_MS_MAX)) throw new RangeError('the time must be in the years 1970 to 9999')
    this.#mode = mode
    return { time: new Date(timeMs).toISOString(), isStopped: mode.kind === 'stopped' }
  }

  #changed(change: ClockChange): Mode {
    switch (change.kind) {
      case 'follow':
        return FOLLOWING
      case 'set':
        return { kind: 'stopped', atMs: change.time.getTime() }
      case 'advance': {
        const byMs = Math.round(change.seconds * 1000)
        return this.#mode.kind === 'stopped'
          ? { kind: 'stopped', atMs: this.#mode.atMs + byMs }
          : { kind: 'running', offsetMs: this.#mode.offsetMs + byMs }
      }
    }
  }

  #nowMs(mode: Mode): number {
    return mode.kind === 'stopped' ? mode.atMs : this.#machineTimeMs() + mode.offsetMs
  }
}
