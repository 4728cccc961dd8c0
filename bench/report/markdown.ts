/** A run told as Markdown: it is printed, and kept beside the figures. */
import type { Comparison } from '../measures/compare-servers.ts'
import type { Figures } from '../measures/figures.ts'
import { CONNECTIONS } from '../requests/bench-account.ts'
import type { RunRecord } from './run-record.ts'
import { table, targetTable } from './table.ts'
import { targets } from './targets.ts'

export function markdown(record: RunRecord): string {
  return [
    `# iamd on Node ${record.node}, ${record.time.slice(0, 10)}`,
    provenance(record),
    '## Calls',
    table(
      ['', 'server', 'calls/s', 'p50 ms', 'p99 ms', 'CPU us/call', 'memory MB', 'generator', 'failed'],
      record.comparisons.flatMap(callRows),
    ),
    '## Ratios',
    table(['', 'iamd / limit, calls/s', 'limit / iamd, CPU', 'iamd / moto, calls/s'], record.comparisons.map(ratioRow)),
    '## Promises',
    targetTable(targets(record)),
    '## At 30 % of capacity',
    mixed(record),
    '## Start and memory',
    startUp(record),
    '## Two workers',
    workers(record),
    '## Method',
    method(record),
  ].join('\n\n')
}

function provenance({ time, commit, machine, moto, seed }: RunRecord): string {
  const { cpu, cores, memoryGigabytes, system, loadBefore } = machine
  return [
    `- ${time}, commit \`${commit}\`, seed \`${seed}\``,
    `- ${cpu}, ${cores} cores, ${memoryGigabytes} GB, ${system}; load before the run ${loadBefore.toFixed(2)}`,
    `- ${moto === undefined ? 'python has no moto here, so that it was not measured' : `moto ${moto}, its server as started by \`python3 -m moto.server\``}`,
  ].join('\n')
}

function callRows({ workload, limit, iamd, moto }: Comparison): string[][] {
  return [
    [workload, 'limit', ...cells(limit)],
    ['', 'iamd', ...cells(iamd)],
    ...(moto === undefined ? [] : [['', 'moto', ...cells(moto)]]),
  ]
}

function cells(figures: Figures): string[] {
  const { callsPerSecond, p50Ms, p99Ms, cpuMicrosecondsPerCall, residentMegabytes, generatorLoad, failures } = figures
  return [
    Math.round(callsPerSecond).toLocaleString('en-US'),
    p50Ms.toFixed(2),
    p99Ms.toFixed(2),
    cpuMicrosecondsPerCall.toFixed(1),
    residentMegabytes.toFixed(0),
    `${(generatorLoad * 100).toFixed(0)} %`,
    String(failures),
  ]
}

function ratioRow({ workload, ratios }: Comparison): string[] {
  const { toLimit, toLimitByCpu, toMoto } = ratios
  return [workload, toLimit.toFixed(2), toLimitByCpu.toFixed(2), toMoto === undefined ? '-' : toMoto.toFixed(1)]
}

function mixed({ mixedLoad }: RunRecord): string {
  const { capacity, asked, answered, failures, p50Ms, p99Ms, p999Ms, eventLoop } = mixedLoad
  return [
    `${asked.toFixed(0)} calls/s asked for in an open loop (30 % of ${capacity.toFixed(0)}), one in ten of them CreateUser; ` +
      `${answered.toFixed(0)} calls/s answered, ${failures} failed.`,
    table(
      ['ms', 'p50', 'p99', 'p99.9', 'longest'],
      [
        ['event-loop delay', eventLoop.p50Ms, eventLoop.p99Ms, eventLoop.p999Ms, eventLoop.maxMs].map(cell),
        ['answer, from when it was due', p50Ms, p99Ms, p999Ms, '-'].map(cell),
      ],
    ),
  ].join('\n\n')
}

function cell(value: string | number): string {
  return typeof value === 'string' ? value : value.toFixed(2)
}

function startUp({ startUp: { firstMs, laterMs, laterRoundsMs, idleMegabytes } }: RunRecord): string {
  const later = laterRoundsMs.map((ms) => ms.toFixed(0)).join(', ')
  return (
    `Ready after ${firstMs.toFixed(0)} ms at the first start (new data directory, empty compile cache) and ${laterMs.toFixed(0)} ms ` +
    `at later ones (${later}). ${idleMegabytes.toFixed(0)} MB resident after ten idle seconds.`
  )
}

function workers({ workersGain }: RunRecord): string {
  if (workersGain === undefined) return 'Not measured: this `iamd start` has no `--workers`.'
  const { reachOfOne, reachOfTwo, gain, callsPerSecondOfOne, callsPerSecondOfTwo } = workersGain
  return (
    `GetUser: with a core for each, one worker would answer ${reachOfOne.toFixed(0)} calls/s and two ${reachOfTwo.toFixed(0)}, ` +
    `${gain.toFixed(2)} times as many, reckoned from the CPU that their busiest threads (or the supervisor's) need for a call. On this ` +
    `machine, where the load generator needs a core too, ${callsPerSecondOfOne.toFixed(0)} and ${callsPerSecondOfTwo.toFixed(0)} ` +
    'calls/s were answered.'
  )
}

function method({ users, rounds, secondsPerRound }: RunRecord): string {
  return [
    `- ${CONNECTIONS} keep-alive connections, one call after another on each, from a process of its own on the same machine.`,
    `- ${rounds} rounds of ${secondsPerRound} s after a second of warm-up; limit, iamd and moto take turns in each. A figure is the median`,
    '  of its rounds, a ratio the median of the ratios within rounds.',
    '- iamd: `iamd start`, production profile, one process, embedded store on the temporary directory, every write on disk before its answer,',
    `  activity recording on. The caller is a user whose permissions come from a group's policy; the account has ${users} users when`,
    '  reads are measured. Requests are signed beforehand.',
    '- limit: a bare `node:http` server on the same Node that reads the body and sends the bytes of an answer that iamd gave.',
    '- moto: in memory, it verifies no signature and decides nothing unless told to, which it was not. Asked for a page of 100 users',
    '  it answers with all of them.',
    '- CPU is of all threads of the server, user and system, from /proc. `generator` is the CPU of the load generator: near 100 % it was',
    '  the generator that could not go faster, and the ratio of CPU says more than that of calls.',
    '- Event-loop delay is the time between two wake-ups of a timer of 1 ms in the server (`perf_hooks`), so that 1 ms of it is the timer.',
  ].join('\n')
}
