/**
 * Holds every law of the policy language in large, and prints what was asked as a table: `--count` cases of each law (1,000,000),
 * `--seed` (1), `--law` for those whose name contains a text. Ends with 1 when a law was broken, and shows the first cases.
 */
import { parseArgs } from 'node:util'
import { LAWS } from './laws/all-laws.ts'
import type { Law } from './laws/law.ts'
import { type LawWorld, lawWorld } from './laws/law-world.ts'

/** Cases of a law that share random policies, so that compiling those takes little of the time. */
const CASES_PER_WORLD = 50_000
const BREACHES_SHOWN_MAX = 3

interface Tally {
  asked: number
  spoken: number
  broken: number
}

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    law: { type: 'string', default: '' },
  },
})
const [count, seed] = [values.count, values.seed].map(Number)
if (!Number.isSafeInteger(count) || !Number.isSafeInteger(seed))
  throw new Error('`--count` and `--seed` are whole numbers')
process.exitCode = campaign(LAWS.filter(({ name }) => name.includes(values.law))) ? 0 : 1

/** Whether all laws held. */
function campaign(laws: readonly Law[]): boolean {
  const tallies = new Map(laws.map((law) => [law, { asked: 0, spoken: 0, broken: 0 }]))
  const started = performance.now()
  for (let first = 0; first < (count ?? 0); first += CASES_PER_WORLD) {
    const cases = Math.min(CASES_PER_WORLD, (count ?? 0) - first)
    const world = lawWorld((seed ?? 0) * 100_000 + first / CASES_PER_WORLD)
    for (const [law, tally] of tallies) hold({ law, tally, world, cases })
    const seconds = Math.round((performance.now() - started) / 1_000)
    console.error(`${first + cases} cases of each law after ${seconds} s`)
  }
  console.log(table(tallies))
  return [...tallies.values()].every(({ broken }) => broken === 0)
}

interface Holding {
  readonly law: Law
  readonly tally: Tally
  readonly world: LawWorld
  readonly cases: number
}

function hold({ law, tally, world, cases }: Holding): void {
  for (let number = 0; number < cases; number += 1) {
    const draw = world.draw(number)
    const outcome = law.check(draw.question(), draw)
    tally.asked += 1
    if (outcome !== 'silent') tally.spoken += 1
    if (typeof outcome === 'string') continue
    tally.broken += 1
    if (tally.broken <= BREACHES_SHOWN_MAX) console.error(`broken: ${law.name}\n${JSON.stringify(outcome.asked)}`)
  }
}

function table(tallies: ReadonlyMap<Law, Tally>): string {
  const rows = [...tallies].map(
    ([{ name }, { asked, spoken, broken }]) =>
      `| ${name} | ${[asked, spoken, broken].map((figure) => figure.toLocaleString('en')).join(' | ')} |`,
  )
  return ['| law | cases | that spoke | broken |', '| --- | ---: | ---: | ---: |', ...rows].join('\n')
}
