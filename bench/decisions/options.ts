import { join } from 'node:path'
import { parseArgs } from 'node:util'

export interface DecisionBenchOptions {
  readonly rounds: number
  /** Of each of the three loops that a program runs. */
  readonly seconds: number
  /** Where the record goes; `bench/results/local/` is not under version control. */
  readonly resultsFolder: string
}

const RESULTS = join(import.meta.dirname, '..', 'results')

/** What was typed after `npm run bench:decisions --`; throws a TypeError for what is no option. */
export function parseOptions(args: readonly string[]): DecisionBenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '1.5' },
      record: { type: 'boolean', default: false },
    },
  })
  return {
    rounds: count('rounds', values.rounds),
    seconds: count('seconds', values.seconds),
    resultsFolder: values.record ? RESULTS : join(RESULTS, 'local'),
  }
}

function count(name: string, text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw new Error(`\`--${name} ${text}\` is not a number above 0`)
  return value
}
