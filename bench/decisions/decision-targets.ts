import { reached, type Target } from '../report/target.ts'
import type { DecisionRecord, EngineRecord, WorkloadRecord } from './decision-record.ts'
import type { Workload } from './workloads/workload.ts'

const DECISIONS_PER_SECOND_MIN: Readonly<Record<Workload['name'], number>> = {
  W1: 5_000_000,
  W2: 1_000_000,
  W3: 400_000,
}
/** Times the quickest peer that npm has. */
const TIMES_BEST_PEER_MIN: Readonly<Partial<Record<Workload['name'], number>>> = { W2: 300, W3: 400 }
const W3_TO_W2_MAX = 2.5
const EXPLAINS_PER_SECOND_MIN = 100_000
const HOSTILE_MS_MAX = 5

/** What the project promises about the speed of decisions, held against a run. */
export function decisionTargets({ workloads, limits }: DecisionRecord): Target[] {
  return [
    ...workloads.map((record) =>
      reached(`${record.workload}: decisions`, perSecond(record), {
        atLeast: DECISIONS_PER_SECOND_MIN[record.workload],
        unit: '/s',
      }),
    ),
    ...workloads.flatMap((record) => {
      const atLeast = TIMES_BEST_PEER_MIN[record.workload]
      const best = bestPeer(record)
      if (atLeast === undefined || best?.timesByIamd === undefined) return []
      return [
        reached(`${record.workload}: times ${best.name}, the best peer`, best.timesByIamd, { atLeast, unit: 'x' }),
      ]
    }),
    reached('W3: time for a decision, to that of W2', perSecondOf(workloads, 'W2') / perSecondOf(workloads, 'W3'), {
      atMost: W3_TO_W2_MAX,
      unit: 'x',
    }),
    reached('W2: explanations', limits.explanationsPerSecond, { atLeast: EXPLAINS_PER_SECOND_MIN, unit: '/s' }),
    reached(
      '6 KiB pattern on a 2 KiB value, the longest decision',
      Math.max(...limits.hostilePatterns.map(({ ms }) => ms)),
      { atMost: HOSTILE_MS_MAX, unit: ' ms' },
    ),
  ]
}

/** The quickest of the peers from npm that answer as iamd does. */
function bestPeer({ engines }: WorkloadRecord): EngineRecord | undefined {
  return engines
    .filter(({ kind, timesByIamd }) => kind === 'npm' && timesByIamd !== undefined)
    .toSorted((one, other) => (one.timesByIamd ?? 0) - (other.timesByIamd ?? 0))[0]
}

function perSecondOf(workloads: readonly WorkloadRecord[], name: Workload['name']): number {
  const found = workloads.find(({ workload }) => workload === name)
  if (found === undefined) throw new Error(`${name} was not measured`)
  return perSecond(found)
}

function perSecond({ engines }: WorkloadRecord): number {
  return engines.find(({ kind }) => kind === 'iamd')?.figures?.decisionsPerSecond ?? Number.NaN
}
