// Asks random questions through both doors: node packages/server/test/doors/campaign.ts --count 100000 --seed 1
// Prints what was asked and what was answered; any difference is printed, and makes the exit code 1.
import { parseArgs } from 'node:util'
import { compareDoors } from './compare-doors.ts'

const { values } = parseArgs({
  options: { count: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
})
const { differences, ...figures } = await compareDoors({ count: Number(values.count), seed: Number(values.seed) })
process.stdout.write(
  `${JSON.stringify({ seed: Number(values.seed), ...figures, differences: differences.length }, undefined, 2)}\n`,
)
for (const difference of differences.slice(0, 20)) process.stdout.write(`${difference}\n`)
process.exitCode = differences.length === 0 ? 0 : 1
