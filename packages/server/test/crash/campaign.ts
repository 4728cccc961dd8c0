/**
 * The crash tests at length. Usage: node packages/server/test/crash/campaign.ts --rounds 200 --seed 1 [--of journal|server]
 * [--workers 2] [--by kill|power] [--synchronous FULL|NORMAL] [--record FILE.md]. Prints the figures as JSON, and writes
 * them to the file; exits with 1 when anything was lost, half-applied or refused.
 */

import { writeFileSync } from 'node:fs'
import { cpus, release } from 'node:os'
import { parseArgs } from 'node:util'
import { temporaryDirectory } from '../../src/journal/temporary-directory.ts'
import { journalSubject } from './journal-subject.ts'
import { crashRounds } from './rounds.ts'
import { serverSubject } from './server/server-subject.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    of: { type: 'string', default: 'journal' },
    workers: { type: 'string', default: '1' },
    by: { type: 'string', default: 'kill' },
    synchronous: { type: 'string', default: 'FULL' },
    record: { type: 'string' },
  },
})
const by = values.by === 'power' ? 'power' : 'kill'
const isServer = values.of === 'server'
const subject = isServer
  ? serverSubject(Number(values.workers))
  : journalSubject(values.synchronous === 'NORMAL' ? 'NORMAL' : 'FULL')

using workshop = temporaryDirectory()
const start = performance.now()
const figures = await crashRounds({
  subject,
  rounds: Number(values.rounds),
  seed: Number(values.seed),
  workshop: workshop.path,
  by,
})
const { lost, halfApplied, failedToOpen, ...counts } = figures
const report = {
  of: isServer ? `iamd start --workers ${values.workers}` : `the journal alone, synchronous=${values.synchronous}`,
  by,
  seed: values.seed,
  ...counts,
  lost: lost.length,
  halfApplied: halfApplied.length,
  failedToOpen: failedToOpen.length,
  seconds: Math.round((performance.now() - start) / 1_000),
  examples: [...lost, ...halfApplied, ...failedToOpen].slice(0, 10),
}
process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`)
if (values.record !== undefined) writeFileSync(values.record, recordOf(report))
process.exitCode = report.lost + report.halfApplied + report.failedToOpen === 0 ? 0 : 1

function recordOf({ examples, ...told }: typeof report): string {
  const rows = Object.entries(told).map(([what, figure]) => `| ${what} | ${figure} |`)
  const machine = `Node ${process.versions.node}, Linux ${release()}, ${cpus().length} cores`
  const command = `node packages/server/test/crash/campaign.ts ${process.argv.slice(2).join(' ')}`
  const lines = [
    `# Crashes of ${told.of}, ${new Date().toISOString()}`,
    `${machine}. Made by \`${command}\`.`,
    ['| figure | found |', '| --- | ---: |', ...rows].join('\n'),
    ...examples.map((example) => `- ${example}`),
  ]
  return `${lines.join('\n\n')}\n`
}
