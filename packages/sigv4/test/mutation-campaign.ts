// Mutates signed requests and verifies them: node packages/sigv4/test/mutation-campaign.ts --count 1000000 --seed 1
// Prints how many were tried and how many were accepted; any accepted one is a forgery, is printed, and makes the exit code 1.
import { parseArgs } from 'node:util'

import { runCampaign } from './mutations.ts'

const { values } = parseArgs({
  options: { count: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' } },
})
const result = runCampaign(positive(values.count), positive(values.seed))
process.stdout.write(
  `mutations ${result.tried}  accepted ${result.accepted.length}  benign, drawn again ${result.benign}\n`,
)
for (const forgery of result.accepted.slice(0, 20)) process.stdout.write(`accepted: ${forgery}\n`)
process.exitCode = result.accepted.length === 0 ? 0 : 1

function positive(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number <= 0) throw new Error(`not a positive whole number: \`${text}\``)
  return number
}
