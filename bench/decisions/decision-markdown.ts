/** A run told as Markdown: it is printed, and kept beside the figures. */
import { table, targetTable } from '../report/table.ts'
import type { DecisionRecord, EngineRecord, WorkloadRecord } from './decision-record.ts'
import { decisionTargets } from './decision-targets.ts'

export function decisionMarkdown(record: DecisionRecord): string {
  return [
    `# Decisions on Node ${record.node}, ${record.time.slice(0, 10)}`,
    provenance(record),
    '## Decisions',
    ...record.workloads.map(workloadSection),
    '## Promises',
    targetTable(decisionTargets(record)),
    '## Limits',
    limits(record),
    '## Method',
    method(record),
  ].join('\n\n')
}

function provenance({ time, commit, machine, versions }: DecisionRecord): string {
  const { cpu, cores, memoryGigabytes, system, loadBefore } = machine
  const peers = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return [
    `- ${time}, commit \`${commit}\``,
    `- ${cpu}, ${cores} cores, ${memoryGigabytes} GB, ${system}; load before the run ${loadBefore.toFixed(2)}`,
    `- ${peers.join(', ')}`,
  ].join('\n')
}

function workloadSection({ workload, what, engines }: WorkloadRecord): string {
  const head = ['', 'decisions/s', 'p50 us', 'p99 us', 'bytes/decision', 'compile ms', 'iamd is faster']
  return [`${workload}: ${what}.`, table(head, engines.map(engineRow))].join('\n\n')
}

function engineRow({ name, wrong, figures, timesByIamd, kind }: EngineRecord): string[] {
  if (figures === undefined) return [name, `answers ${wrong} otherwise`, '-', '-', '-', '-', '-']
  const { decisionsPerSecond, p50Ns, p99Ns, bytesPerDecision = Number.NaN, compileMs } = figures
  return [
    name,
    whole(decisionsPerSecond),
    microseconds(p50Ns),
    microseconds(p99Ns),
    Number.isNaN(bytesPerDecision) ? '-' : whole(bytesPerDecision),
    compileMs.toFixed(2),
    kind === 'iamd' || timesByIamd === undefined ? '-' : `${times(timesByIamd)}x`,
  ]
}

function microseconds(ns: number): string {
  return ns < 10_000 ? (ns / 1000).toFixed(2) : whole(ns / 1000)
}

function times(value: number): string {
  return value < 10 ? value.toFixed(2) : whole(value)
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

function limits({ limits: found }: DecisionRecord): string {
  const { explanationsPerSecond, statementExplanationsPerSecond, hostilePatterns, sharedPolicy } = found
  const { characters, principals, compileMs, attachMs, bytesPerPrincipal, bytesPerPrincipalInUse } = sharedPolicy
  return [
    `W2: ${whole(explanationsPerSecond)} explanations/s of what each source says and what would have to change; ` +
      `${whole(statementExplanationsPerSecond)}/s of what is in the way of each of the 100 statements.`,
    table(
      ['6 KiB pattern on a 2 KiB value', 'decision ms', 'out of steps'],
      hostilePatterns.map(({ what, ms, budgetExceeded }) => [what, ms.toFixed(2), budgetExceeded ? 'yes' : 'no']),
    ),
    `One managed policy of ${whole(characters)} characters is parsed and compiled in ${compileMs.toFixed(2)} ms, and attached to ` +
      `${whole(principals)} principals in ${whole(attachMs)} ms more; a principal's set of policies takes ` +
      `${whole(bytesPerPrincipal)} bytes, and ${whole(bytesPerPrincipalInUse)} when it has decided ten kinds of calls.`,
  ].join('\n\n')
}

function method({ rounds, secondsPerLoop, workloads }: DecisionRecord): string {
  const clockNs = workloads[0]?.engines[0]?.figures?.clockNs ?? Number.NaN
  return [
    `- ${rounds} rounds in which every engine runs in a process of its own, one after another, on one thread. A figure is the median of`,
    '  its rounds, a ratio the median of the ratios within rounds.',
    '- All have the same policies, each in its own language, and are asked the same 50 questions (W1: one); an engine that answers one',
    '  of them otherwise is not measured. What it is given for a question is made anew for each decision, from the same facts: for iamd',
    '  a request and a context that answers when it is asked, for the others all keys at once, as they take it.',
    `- In each process: five compilations, ${secondsPerLoop} s of warm-up, ${secondsPerLoop} s of decisions, and up to ${secondsPerLoop} s in which each decision is timed by itself,`,
    `  the clock's own ${whole(clockNs)} ns included.`,
    '- Bytes are what V8 allocated for JavaScript while deciding; what WebAssembly and python allocate is not seen.',
    '- cedar-wasm: policies parsed beforehand (`preparsePolicySet`), no entities, no schema. casbin: the questions of a statement are',
    '  functions made ready beforehand. Neither has `${aws:username}`: the name stands in their policies. iam-simulate: its',
    '  `runUnsafeSimulation`, which validates nothing. moto: its access control knows no variables and few conditions.',
  ].join('\n')
}
