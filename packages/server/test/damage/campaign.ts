/**
 * Damage at length: the log torn at every byte of its last two frames (D-4), and flipped bits (D-5). Usage:
 * node packages/server/test/damage/campaign.ts [--flips 1000] [--seed 1] [--from 1] [--to 8240]
 * Prints the figures as JSON; exits with 1 when the journal said anything that is not so.
 */

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { temporaryDirectory } from '../../src/journal/temporary-directory.ts'
import { flipBit } from './bit-flips.ts'
import type { Verdict } from './judge.ts'
import { seededRandom } from './random.ts'
import { makeSample } from './sample-store.ts'
import { CUTS, tearLog } from './torn-log.ts'

const { values } = parseArgs({
  options: {
    flips: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '1' },
    to: { type: 'string', default: `${CUTS}` },
  },
})
const lies: string[] = []

function report(name: string, verdicts: readonly Verdict[]): void {
  const refused = verdicts.filter((verdict) => verdict.refused !== undefined).length
  const reported = verdicts.filter(({ alarms, damaged }) => alarms.length + damaged.length > 0).length
  const found = verdicts.flatMap((verdict) => verdict.lies)
  lies.push(...found)
  process.stdout.write(`${JSON.stringify({ name, cases: verdicts.length, refused, reported, lies: found.length })}\n`)
}

for (const noise of [false, true]) {
  using workshop = temporaryDirectory()
  const sample = { directory: workshop.path, truth: await makeSample(workshop.path, { inLog: true }) }
  const verdicts: Verdict[] = []
  for (let cut = Number(values.from); cut <= Number(values.to); cut += 1) {
    verdicts.push(await tearLog(sample, join(workshop.path, 'torn'), { cut, noise }))
    rmSync(join(workshop.path, 'torn'), { recursive: true })
  }
  report(`D-4: log ${noise ? 'overwritten' : 'cut off'}`, verdicts)
}

for (const checkedBytesMax of [Number.MAX_SAFE_INTEGER, 0]) {
  using workshop = temporaryDirectory()
  const sample = { directory: workshop.path, truth: await makeSample(workshop.path, { inLog: false }) }
  const random = seededRandom(Number(values.seed))
  const verdicts: Verdict[] = []
  for (let flip = 0; flip < Number(values.flips); flip += 1) {
    verdicts.push(await flipBit(sample, join(workshop.path, 'flipped'), { random, tuning: { checkedBytesMax } }))
    rmSync(join(workshop.path, 'flipped'), { recursive: true })
  }
  report(`D-5: one bit flipped, ${checkedBytesMax === 0 ? 'not checked' : 'checked'} when opened`, verdicts)
}
for (const lie of lies.slice(0, 20)) process.stdout.write(`${lie}\n`)
process.exitCode = lies.length === 0 ? 0 : 1
