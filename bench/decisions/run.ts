/** `npm run bench:decisions`: iamd's policy engine and its peers in one run on one machine, told as tables and recorded. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { commit, machine, motoVersion } from '../report/machine.ts'
import { compareEngines } from './compare-engines.ts'
import { installPeers, LIMITS_PROGRAM, peerVersions } from './contestants.ts'
import { decisionMarkdown } from './decision-markdown.ts'
import type { DecisionRecord } from './decision-record.ts'
import type { LimitsReport } from './limits-report.ts'
import { type DecisionBenchOptions, parseOptions } from './options.ts'
import { runProgram } from './run-program.ts'
import { WORKLOADS } from './workloads/workloads.ts'

function run({ rounds, seconds }: DecisionBenchOptions): DecisionRecord {
  installPeers()
  const moto = motoVersion()
  const about = { time: new Date().toISOString(), commit: commit(), machine: machine(), versions: peerVersions(moto) }
  const workloads = WORKLOADS.map((workload) => {
    console.error(`${workload.name} ...`)
    return compareEngines({ workload, rounds, seconds, hasMoto: moto !== undefined })
  })
  console.error('limits ...')
  const limits: LimitsReport = JSON.parse(runProgram(LIMITS_PROGRAM, ''))
  return { ...about, node: process.versions.node, rounds, secondsPerLoop: seconds, workloads, limits }
}

async function write(record: DecisionRecord, { resultsFolder }: DecisionBenchOptions): Promise<void> {
  const name = `${record.time.slice(0, 10)}-decisions-node${record.node.split('.')[0]}`
  await mkdir(resultsFolder, { recursive: true })
  await writeFile(join(resultsFolder, `${name}.json`), `${JSON.stringify(record, undefined, 2)}\n`)
  await writeFile(join(resultsFolder, `${name}.md`), `${decisionMarkdown(record)}\n`)
}

const options = parseOptions(process.argv.slice(2))
const record = run(options)
console.log(decisionMarkdown(record))
await write(record, options)
