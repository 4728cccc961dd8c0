/**
 * Engine against reference, at length. Usage: node packages/policy/test/differential-campaign.ts --count 1000000 --seed 1
 * [--from WORLD] [--record FILE.md]. Prints what was asked and how often, and each kind of disagreement made small; exits with 1 when
 * there is one. A world is a set of policies of which several questions are asked; `--from` begins at a later one, so that parts of a
 * campaign can run by themselves.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { type Campaign, differentialCampaign } from './differential/campaign.ts'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    record: { type: 'string' },
  },
})

const start = performance.now()
const campaign = differentialCampaign(Number(values.seed), {
  from: Number(values.from),
  questions: Number(values.count),
})
const seconds = Math.round((performance.now() - start) / 1000)
const text = reportOf(campaign)
process.stdout.write(text)
if (values.record !== undefined) writeFileSync(values.record, text)
process.exitCode = campaign.disagreements === 0 ? 0 : 1

function reportOf({ asked, disagreements, examples, tally }: Campaign): string {
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim()
  const machine = `Node ${process.versions.node}, one of ${cpus().length} cores`
  const tables = Object.entries(tally).map(([heading, names]) => {
    const rows = Object.entries(names)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, number]) => `| ${name} | ${number} |`)
    return `## By ${heading}\n\n| ${heading} | questions |\n| --- | ---: |\n${rows.join('\n')}\n`
  })
  const found = examples.map((example) => `\`\`\`json\n${JSON.stringify(example, undefined, 2)}\n\`\`\`\n`)
  return [
    '# Engine against reference\n',
    `${asked} questions, ${disagreements} disagreements. Seed ${values.seed}, from world ${values.from}; ${seconds} s on ${machine}; commit ${commit}.\n`,
    ...found,
    ...tables,
  ].join('\n')
}
