/** Numbers that look random and are the same for the same seed: fast, and of no use to cryptography. */
export interface SeededRandom {
  /** From 0 to below `limit`. */
  readonly below: (limit: number) => number
  /** True as often as `probability` says. */
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(list: readonly T[]) => T
  /** Between `min` and `max` picks, both included. */
  readonly some: <T>(list: readonly T[], min: number, max: number) => T[]
}

/** Seeds are whole numbers; `stream` gives independent sequences for one seed. */
export function seededRandom(seed: number, stream: number): SeededRandom {
  // Mulberry32: a counter with a good mixing function.
  let state = mix(seed ^ Math.imul(mix(stream + 0x9e3779b9), 0x85ebca6b))
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    return mix(state) / 0x1_0000_0000
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  const pick = <T>(list: readonly T[]): T => {
    const at = below(list.length)
    for (const item of list.slice(at, at + 1)) return item
    throw new Error('nothing to pick from')
  }
  return {
    below,
    pick,
    chance: (probability) => next() < probability,
    some: (list, min, max) => Array.from({ length: min + below(max - min + 1) }, () => pick(list)),
  }
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 15), value | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return (mixed ^ (mixed >>> 14)) >>> 0
}
