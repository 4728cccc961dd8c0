/** Rounds in which all engines take turns, and what they come to. */
import { median } from '../measures/figures.ts'
import { CONTESTANTS, type Contestant, runContestant } from './contestants.ts'
import type { EngineRecord, WorkloadRecord } from './decision-record.ts'
import type { EngineFigures, EngineReport } from './engine-program.ts'
import type { Workload } from './workloads/workload.ts'

export interface EngineRounds {
  readonly workload: Workload
  readonly rounds: number
  readonly seconds: number
  /** Without moto where python has none. */
  readonly hasMoto: boolean
}

/** Every engine in a process of its own, one after another, round by round. */
export function compareEngines({ workload, rounds, seconds, hasMoto }: EngineRounds): WorkloadRecord {
  const contestants = CONTESTANTS.filter(({ kind }) => kind !== 'python' || hasMoto)
  const reports = new Map<string, EngineReport[]>(contestants.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const contestant of contestants) {
      const known = reports.get(contestant.name) ?? []
      // Who answers otherwise does so in every round.
      if (known[0]?.kind !== 'differs') known.push(runContestant(contestant, { workload, seconds }))
    }
  }
  const own = measuredRounds(reports.get('iamd') ?? [])
  const engines = contestants.map((contestant) => engineRecord(contestant, reports.get(contestant.name) ?? [], own))
  return { workload: workload.name, what: workload.what, engines }
}

function measuredRounds(reports: readonly EngineReport[]): readonly EngineFigures[] {
  return reports.flatMap((report) => (report.kind === 'measured' ? [report.figures] : []))
}

function engineRecord(
  { name, kind }: Contestant,
  reports: readonly EngineReport[],
  own: readonly EngineFigures[],
): EngineRecord {
  const rounds = measuredRounds(reports)
  const wrong = Math.max(...reports.map((report) => (report.kind === 'differs' ? report.wrong.length : 0)))
  if (wrong > 0 && kind !== 'npm' && kind !== 'python') throw new Error(`${name} answers ${wrong} questions wrongly`)
  const ratios = rounds.map(
    ({ decisionsPerSecond }, round) => (own[round]?.decisionsPerSecond ?? 0) / decisionsPerSecond,
  )
  return {
    name,
    kind,
    wrong,
    figures: rounds.length === 0 ? undefined : medianOf(rounds),
    timesByIamd: rounds.length === 0 ? undefined : median(ratios),
    rounds,
  }
}

function medianOf(rounds: readonly EngineFigures[]): EngineFigures {
  const of = (figure: (round: EngineFigures) => number): number => median(rounds.map(figure))
  return {
    decisionsPerSecond: of((round) => round.decisionsPerSecond),
    p50Ns: of((round) => round.p50Ns),
    p99Ns: of((round) => round.p99Ns),
    clockNs: of((round) => round.clockNs),
    bytesPerDecision: of((round) => round.bytesPerDecision ?? Number.NaN),
    compileMs: of((round) => round.compileMs),
  }
}
