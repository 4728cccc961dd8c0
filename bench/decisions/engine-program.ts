/**
 * What the program of every engine does: it reads a job from its input, checks the engine's answers, measures it, and prints what
 * it found. Engines share this file and nothing else; each runs in a process of its own.
 */
import { text } from 'node:stream/consumers'
import { getHeapStatistics } from 'node:v8'
import { median } from '../measures/figures.ts'
import type { BenchQuestion, PolicyText, Workload } from './workloads/workload.ts'

/** An engine as the bench drives it. */
export interface Engine<Source> {
  /** Policies in the engine's own language; not measured. */
  readonly translate: (policies: readonly PolicyText[]) => Source
  /** From that language to something that decides; measured as compilation. */
  readonly compile: (source: Source) => Decider | Promise<Decider>
}

/** Whether a call is allowed. Makes the engine's own form of the question every time. */
export type Decider = (question: BenchQuestion) => boolean

export interface EngineJob {
  readonly workload: Workload
  /** Of warm-up, and then of each of the two loops that are measured: throughput, and single decisions. */
  readonly seconds: number
}

export type EngineReport =
  /** `wrong` are questions that it answers otherwise; it is not measured then. */
  | { readonly kind: 'differs'; readonly wrong: readonly string[] }
  | { readonly kind: 'measured'; readonly figures: EngineFigures }

export interface EngineFigures {
  readonly decisionsPerSecond: number
  /** Of single decisions, the clock's own time included. */
  readonly p50Ns: number
  readonly p99Ns: number
  /** What reading the clock costs. */
  readonly clockNs: number
  /** On JavaScript's heap; what WebAssembly or python allocate is not seen. */
  readonly bytesPerDecision?: number | undefined
  /** Of all policies, from the engine's own language; the median of five. */
  readonly compileMs: number
}

const COMPILATIONS = 5
const SINGLE_DECISIONS_MAX = 200_000

/** Does the job that standard input holds, and prints an EngineReport as JSON. */
export async function runEngineProgram<Source>(engine: Engine<Source>): Promise<void> {
  const job: EngineJob = JSON.parse(await text(process.stdin))
  process.stdout.write(`${JSON.stringify(await report(engine, job))}\n`)
}

async function report<Source>(engine: Engine<Source>, { workload, seconds }: EngineJob): Promise<EngineReport> {
  const source = engine.translate(workload.policies)
  const compileTimes: number[] = []
  let decide: Decider = () => false
  for (let run = 0; run < COMPILATIONS; run += 1) {
    const start = performance.now()
    decide = await engine.compile(source)
    compileTimes.push(performance.now() - start)
  }
  const wrong = workload.questions.filter((question) => decide(question) !== question.isAllowed)
  if (wrong.length > 0) return { kind: 'differs', wrong: wrong.map(({ action, resource }) => `${action} ${resource}`) }
  decideFor(seconds, decide, workload.questions)
  return {
    kind: 'measured',
    figures: {
      ...decideFor(seconds, decide, workload.questions),
      ...timeSingle(seconds, decide, workload.questions),
      compileMs: median(compileTimes),
    },
  }
}

/** All questions again and again. The answers are counted, so that none of the work can be left out. */
function decideFor(
  seconds: number,
  decide: Decider,
  questions: readonly BenchQuestion[],
): Pick<EngineFigures, 'decisionsPerSecond' | 'bytesPerDecision'> {
  const allowedInPass = questions.filter(({ isAllowed }) => isAllowed).length
  // Between two looks at the clock a fast engine decides at least fifty times.
  const passes = Math.ceil(50 / questions.length)
  const allocatedBefore = allocatedBytes()
  const start = performance.now()
  let decisions = 0
  let allowed = 0
  let elapsedMs = 0
  while (elapsedMs < seconds * 1000) {
    for (let pass = 0; pass < passes; pass += 1) {
      for (const question of questions) if (decide(question)) allowed += 1
    }
    decisions += passes * questions.length
    elapsedMs = performance.now() - start
  }
  if (allowed * questions.length !== allowedInPass * decisions) throw new Error('answers changed while they were timed')
  const bytes = allocatedBefore === undefined ? undefined : (allocatedBytes() ?? 0) - allocatedBefore
  return {
    decisionsPerSecond: decisions / (elapsedMs / 1000),
    bytesPerDecision: bytes === undefined ? undefined : bytes / decisions,
  }
}

function timeSingle(
  seconds: number,
  decide: Decider,
  questions: readonly BenchQuestion[],
): Pick<EngineFigures, 'p50Ns' | 'p99Ns' | 'clockNs'> {
  const times: number[] = []
  const clock: number[] = []
  const end = performance.now() + seconds * 1000
  while (times.length < SINGLE_DECISIONS_MAX && performance.now() < end) {
    for (const question of questions) {
      const start = performance.now()
      const isAllowed = decide(question)
      const stop = performance.now()
      if (isAllowed === question.isAllowed) times.push((stop - start) * 1e6)
      const idle = performance.now()
      clock.push((performance.now() - idle) * 1e6)
    }
  }
  times.sort((one, other) => one - other)
  const percentile = (share: number): number => times[Math.floor(share * (times.length - 1))] ?? Number.NaN
  return { p50Ns: percentile(0.5), p99Ns: percentile(0.99), clockNs: median(clock) }
}

/** Everything that was ever allocated, collected or not; Node 24 does not tell. */
function allocatedBytes(): number | undefined {
  const statistics: { readonly total_allocated_bytes?: number } = getHeapStatistics()
  return statistics.total_allocated_bytes
}
