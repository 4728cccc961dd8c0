/**
 * The crash tests at length. Usage: node packages/server/test/crash/campaign.ts --rounds 200 --seed 1 [--by kill|power]
 * [--synchronous FULL|NORMAL]. Prints the figures as JSON; exits with 1 when anything was lost, half-applied or refused.
 */

import { parseArgs } from 'node:util'
import { temporaryDirectory } from '../../src/journal/temporary-directory.ts'
import { journalSubject } from './journal-subject.ts'
import { crashRounds } from './rounds.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    by: { type: 'string', default: 'kill' },
    synchronous: { type: 'string', default: 'FULL' },
  },
})
const by = values.by === 'power' ? 'power' : 'kill'
const subject = journalSubject(values.synchronous === 'NORMAL' ? 'NORMAL' : 'FULL')

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
  by,
  synchronous: values.synchronous,
  seed: values.seed,
  ...counts,
  lost: lost.length,
  halfApplied: halfApplied.length,
  failedToOpen: failedToOpen.length,
  seconds: Math.round((performance.now() - start) / 1_000),
  examples: [...lost, ...halfApplied, ...failedToOpen].slice(0, 10),
}
process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`)
process.exitCode = report.lost + report.halfApplied + report.failedToOpen === 0 ? 0 : 1
