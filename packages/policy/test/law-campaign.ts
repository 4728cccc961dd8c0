/**
 * Holds every law of the policy language in large, and prints what was asked as a table: `--count` cases of each law (1,000,000),
 * `--seed` (1), `--law` for those whose name contains a text, `--minutes` after which it stops early, if it must. Ends with 1 when
 * a law was broken, and shows the first cases.
 */
import { parseArgs } from 'node:util'
import { LAWS } from './laws/all-laws.ts'
import type { Law } from './laws/law.ts'
import { type LawWorld, lawWorld } from './laws/law-world.ts'

/** Cases that share random policies, so that compiling those takes little of the time. */
const CASES_PER_WORLD = 25_000
const BREACHES_SHOWN_MAX = 3

interface Tally {
  /** Of draws: the law's place among all, so that it is asked the same alone. */
  readonly stream: number
  asked: number
  spoken: number
  broken: number
}

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    law: { type: 'string', default: '' },
    minutes: { type: 'string', default: '600' },
  },
})
process.exitCode = campaign(LAWS.filter(({ name }) => name.includes(values.law))) ? 0 : 1

/** Whether all laws held. */
function campaign(laws: readonly Law[]): boolean {
  const count = wholeNumber(values.count)
  const seed = wholeNumber(values.seed)
  const minutes = wholeNumber(values.minutes)
  const tallies = new Map(laws.map((law) => [law, { stream: LAWS.indexOf(law), asked: 0, spoken: 0, broken: 0 }]))
  const started = performance.now()
  for (let first = 0; first < count; first += CASES_PER_WORLD) {
    const cases = Math.min(CASES_PER_WORLD, count - first)
    const world = lawWorld(seed * 100_000 + first / CASES_PER_WORLD)
    for (let number = 0; number < cases; number += 1) hold(tallies, world, number)
    const seconds = Math.round((performance.now() - started) / 1_000)
    console.error(`${first + cases} cases of each law after ${seconds} s`)
    if (seconds > minutes * 60) break
  }
  console.log(table(tallies))
  return [...tallies.values()].every(({ broken }) => broken === 0)
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new Error(`\`${text}\` is not a whole number`)
  return number
}

/** One question, of which every law has its say. */
function hold(tallies: ReadonlyMap<Law, Tally>, world: LawWorld, number: number): void {
  const question = world.question(number)
  for (const [law, tally] of tallies) {
    const outcome = law.check(question, world.draw(number, tally.stream))
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
