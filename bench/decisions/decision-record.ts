import type { Machine } from '../report/machine.ts'
import type { EngineFigures } from './engine-program.ts'
import type { LimitsReport } from './limits-report.ts'
import type { Workload } from './workloads/workload.ts'

/** Everything that one run found out; written as JSON, and told as text. */
export interface DecisionRecord {
  /** ISO 8601. */
  readonly time: string
  readonly commit: string
  readonly node: string
  readonly machine: Machine
  /** Of the peers, by name. */
  readonly versions: Readonly<Record<string, string>>
  readonly rounds: number
  readonly secondsPerLoop: number
  readonly workloads: readonly WorkloadRecord[]
  readonly limits: LimitsReport
}

export interface WorkloadRecord {
  readonly workload: Workload['name']
  readonly what: string
  readonly engines: readonly EngineRecord[]
}

export interface EngineRecord {
  readonly name: string
  readonly kind: 'iamd' | 'variant' | 'npm' | 'python'
  /** How many questions it answers otherwise than iamd; it is not measured unless none. */
  readonly wrong: number
  /** Medians of the rounds. */
  readonly figures: EngineFigures | undefined
  /** How many times iamd's decisions per second are its own: the median of the ratios in the rounds. */
  readonly timesByIamd: number | undefined
  readonly rounds: readonly EngineFigures[]
}
