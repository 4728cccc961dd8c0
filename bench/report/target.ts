/** One thing that iamd promises to reach, and what this run found. */
export interface Target {
  readonly what: string
  readonly wanted: string
  readonly found: string
  readonly isReached: boolean
}

export interface Bound {
  readonly atLeast?: number
  readonly atMost?: number
  readonly unit: string
}

/** Holds a figure against its bound. */
export function reached(what: string, found: number, { atLeast, atMost, unit }: Bound): Target {
  return {
    what,
    wanted: atLeast === undefined ? `<= ${number(atMost ?? Infinity)}${unit}` : `>= ${number(atLeast)}${unit}`,
    found: `${found < 10 ? found.toFixed(2) : number(Math.round(found))}${unit}`,
    isReached: found >= (atLeast ?? -Infinity) && found <= (atMost ?? Infinity),
  }
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}
