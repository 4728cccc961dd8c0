/** What is measured of one server under one load, and how rounds become one figure. */

export interface Figures {
  readonly callsPerSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Of the server and its children: all threads, user and system. */
  readonly cpuMicrosecondsPerCall: number
  readonly residentMegabytes: number
  readonly failures: number
  readonly firstFailure: string | undefined
  /** CPU of the load generator per second; near 1 the server could have answered more. */
  readonly generatorLoad: number
}

/** The middle value; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN
  return (lower + upper) / 2
}

/** The median of each figure over the rounds; of failures the sum. */
export function medianFigures(rounds: readonly Figures[]): Figures {
  const of = (figure: (round: Figures) => number): number => median(rounds.map(figure))
  return {
    callsPerSecond: of((round) => round.callsPerSecond),
    p50Ms: of((round) => round.p50Ms),
    p99Ms: of((round) => round.p99Ms),
    cpuMicrosecondsPerCall: of((round) => round.cpuMicrosecondsPerCall),
    residentMegabytes: of((round) => round.residentMegabytes),
    failures: rounds.reduce((total, { failures }) => total + failures, 0),
    firstFailure: rounds.find(({ firstFailure }) => firstFailure !== undefined)?.firstFailure,
    generatorLoad: of((round) => round.generatorLoad),
  }
}
