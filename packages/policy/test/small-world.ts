/**
 * The whole small world, through engine and reference. Usage: node packages/policy/test/small-world.ts [--every 1]. Prints how much was
 * asked and each disagreement made small; exits with 1 when there is one. `--every 100` asks of a hundredth of the sets of policies.
 */
import { parseArgs } from 'node:util'
import { smallWorldCampaign } from './differential/small-world-campaign.ts'

const { values } = parseArgs({ options: { every: { type: 'string', default: '1' } } })
const start = performance.now()
const campaign = smallWorldCampaign(Number(values.every))
const seconds = Math.round((performance.now() - start) / 1000)
process.stdout.write(`${JSON.stringify({ ...campaign, seconds }, undefined, 2)}\n`)
process.exitCode = campaign.disagreements === 0 ? 0 : 1
