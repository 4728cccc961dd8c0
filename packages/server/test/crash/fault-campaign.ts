/**
 * Each fault of faults.ts at every single call, a loss of power after a failed sync at every single sync, and the end of
 * the process or of the power at every single call. Usage:
 * node packages/server/test/crash/fault-campaign.ts [--only TEXT]. Prints the figures as JSON; exits with 1 on any lie.
 */

import { parseArgs } from 'node:util'
import { temporaryDirectory } from '../../src/journal/temporary-directory.ts'
import { FAULTS } from './faults.ts'
import { dieAtCall, loseAfterFault, loseAfterRestart, runTrials } from './faulty-run.ts'

/** More than there are syncs in a short trial. */
const SYNCS = 60

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } })
const lies: string[] = []
for (const { name, fault } of FAULTS) {
  if (!name.includes(values.only)) continue
  using workshop = temporaryDirectory()
  const answer = await runTrials(workshop.path, { fault: { ...fault, call: 1 }, step: 1, trials: 100_000 })
  lies.push(...answer.lies)
  process.stdout.write(`${JSON.stringify({ name, trials: answer.trials, lies: answer.lies.length })}\n`)
}
for (const how of ['once', 'always'] as const) {
  const name = `D-3: a sync fails ${how} and the power goes`
  if (!name.includes(values.only)) continue
  const before = lies.length
  for (let call = 1; call <= SYNCS; call += 1) {
    using workshop = temporaryDirectory()
    const found = await loseAfterFault(workshop.path, { kinds: 's', call, what: 'EIO', how })
    lies.push(...found.map((lie) => `sync ${call} ${how}: ${lie}`))
  }
  process.stdout.write(`${JSON.stringify({ name, trials: SYNCS, lies: lies.length - before })}\n`)
}
for (const isCarried of [true, false]) {
  const name = `D-3: the power goes after a restart, ${isCarried ? 'nothing' : 'everything un-synced'} had failed`
  if (!name.includes(values.only)) continue
  const before = lies.length
  for (let call = 1; call <= SYNCS; call += 1) {
    using workshop = temporaryDirectory()
    const lost = await loseAfterRestart(workshop.path, { call, isCarried })
    lies.push(...lost.map((entryId) => `restart after sync ${call}: \`${entryId}\` was served and lost`))
  }
  process.stdout.write(`${JSON.stringify({ name, trials: SYNCS, lies: lies.length - before })}\n`)
}
for (const by of ['kill', 'power'] as const) {
  const name = `D-2, D-9: ${by} at a call`
  if (!name.includes(values.only)) continue
  const before = lies.length
  let call = 0
  for (let isThere = true; isThere;) {
    using workshop = temporaryDirectory()
    const found = await dieAtCall(workshop.path, { call: call + 1, by })
    lies.push(...(found ?? []).map((lie) => `${by} at call ${call + 1}: ${lie}`))
    isThere = found !== undefined
    if (isThere) call += 1
  }
  process.stdout.write(`${JSON.stringify({ name, trials: call, lies: lies.length - before })}\n`)
}
for (const lie of lies.slice(0, 20)) process.stdout.write(`${lie}\n`)
process.exitCode = lies.length === 0 ? 0 : 1
