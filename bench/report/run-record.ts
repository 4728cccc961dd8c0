import type { Comparison } from '../measures/compare-servers.ts'
import type { MixedLoad } from '../measures/mixed-load.ts'
import type { StartUp } from '../measures/start-up.ts'
import type { WorkersGain } from '../measures/workers-gain.ts'
import type { Machine } from './machine.ts'

/** Everything that one run found out; written as JSON, and told as text. */
export interface RunRecord {
  /** ISO 8601. */
  readonly time: string
  readonly commit: string
  readonly node: string
  readonly moto: string | undefined
  readonly machine: Machine
  readonly seed: string
  readonly users: number
  readonly rounds: number
  readonly secondsPerRound: number
  readonly comparisons: readonly Comparison[]
  readonly mixedLoad: MixedLoad
  readonly startUp: StartUp
  /** Undefined where iamd runs as one process only. */
  readonly workersGain: WorkersGain | undefined
}
