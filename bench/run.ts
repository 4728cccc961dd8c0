/**
 * `npm run bench`: iamd, the limit and moto in one run on one machine, told as a table and recorded.
 *
 * The order of measures: starts, then calls at full speed, then the mixed load, then two workers.
 */
import { rmSync } from 'node:fs'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { compareServers, type Comparison, type Contestant } from './measures/compare-servers.ts'
import { measureMixedLoad } from './measures/mixed-load.ts'
import { measureStartUp } from './measures/start-up.ts'
import { measureWorkersGain } from './measures/workers-gain.ts'
import { type Options, parseOptions } from './options.ts'
import { commit, machine, motoVersion } from './report/machine.ts'
import { markdown } from './report/markdown.ts'
import type { RunRecord } from './report/run-record.ts'
import { atPort, fillAccount } from './requests/bench-account.ts'
import type { Workload } from './requests/workloads.ts'
import { hasWorkers, startIamd, startMoto } from './servers/start-servers.ts'

const MIXED_SECONDS = 15

async function run(options: Options, folder: string): Promise<RunRecord> {
  const { node, nodeVersion, rounds, seconds, users, seed } = options
  const about = { time: new Date().toISOString(), commit: commit(), machine: machine(), moto: motoVersion() }
  console.error('starts ...')
  const startUp = await measureStartUp({ node, dataDirectory: join(folder, 'starts') })
  console.error('calls, at full speed ...')
  const iamdOptions = { node, dataDirectory: join(folder, 'calls') }
  const iamd = await startFilledIamd(iamdOptions, options)
  const moto = await startFilledMoto(options)
  const comparisons = await compareServers({ node, iamd, moto, rounds, seconds })
  await moto?.server.stop()
  await iamd.server.stop()
  console.error('mixed load ...')
  const observed = await startIamd({ ...iamdOptions, isObserved: true })
  const mixedLoad = await measureMixedLoad(observed, atPort(iamd.account, observed.port), {
    capacities: capacitiesOf(comparisons),
    seconds: MIXED_SECONDS,
  })
  await observed.stop()
  console.error('workers ...')
  const workersGain = hasWorkers(node)
    ? await measureWorkersGain(iamdOptions, iamd.account, { rounds, seconds })
    : undefined
  return {
    ...about,
    node: nodeVersion,
    seed,
    users,
    rounds,
    secondsPerRound: seconds,
    comparisons,
    mixedLoad,
    startUp,
    workersGain,
  }
}

async function startFilledIamd(
  start: { readonly node: string; readonly dataDirectory: string },
  { users, seed }: Options,
): Promise<Contestant> {
  const server = await startIamd(start)
  const { rootCredential: credentials } = JSON.parse(await server.firstLine())
  return { server, account: await fillAccount({ port: server.port, credentials }, { users, seed, isGoverned: true }) }
}

async function startFilledMoto({ users, seed }: Options): Promise<Contestant | undefined> {
  const server = await startMoto()
  if (server === undefined) return undefined
  // moto takes any key that it has not made itself.
  const credentials = {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  }
  return { server, account: await fillAccount({ port: server.port, credentials }, { users, seed, isGoverned: false }) }
}

function capacitiesOf(comparisons: readonly Comparison[]): { readonly [name in Workload['name']]: number } {
  const of = (name: Workload['name']): number => {
    const found = comparisons.find(({ workload }) => workload === name)
    if (found === undefined) throw new Error(`${name} was not measured`)
    return found.iamd.callsPerSecond
  }
  return {
    GetCallerIdentity: of('GetCallerIdentity'),
    GetUser: of('GetUser'),
    ListUsers: of('ListUsers'),
    CreateUser: of('CreateUser'),
  }
}

async function write(record: RunRecord, { resultsFolder }: Options): Promise<void> {
  const name = `${record.time.slice(0, 10)}-node${record.node.split('.')[0]}`
  await mkdir(resultsFolder, { recursive: true })
  await writeFile(join(resultsFolder, `${name}.json`), `${JSON.stringify(record, undefined, 2)}\n`)
  await writeFile(join(resultsFolder, `${name}.md`), `${markdown(record)}\n`)
}

const options = parseOptions(process.argv.slice(2))
const folder = await mkdtemp(join(tmpdir(), 'iamd-bench-'))
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => process.exit(128 + constants.signals[signal]))
}
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
const record = await run(options, folder)
console.log(markdown(record))
await write(record, options)
