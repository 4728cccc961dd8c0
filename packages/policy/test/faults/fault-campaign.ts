/**
 * Prints what single faults do to decisions: `node fault-campaign.ts [--cases 40]`, so many cases for each call and each of allow and
 * deny, with the fault in every, the first and the last execution of the call.
 */
import { parseArgs } from 'node:util'
import { readDecisionCases } from '../decision-cases.ts'
import { injectFaults } from './fault-injection.ts'

const { values } = parseArgs({ options: { cases: { type: 'string', default: '40' } } })
const { sites, trials, byFault, wrong, unreached } = injectFaults({
  cases: [...readDecisionCases().values()].flat(),
  casesPerSite: Number(values.cases),
  occasions: ['every', 'first', 'last'],
})
for (const line of wrong) console.log(line)
console.log(`calls that no decision reaches, such as those of parsing and explaining: ${unreached.length}`)
console.log(
  `faults: ${Object.entries(byFault)
    .map((entry) => entry.join(' '))
    .join(', ')}`,
)
console.log(`calls ${sites}, trials ${trials}, wrong ${wrong.length}`)
process.exitCode = wrong.length === 0 ? 0 : 1
