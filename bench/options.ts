import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

export interface Options {
  /** The program that runs the servers. */
  readonly node: string
  /** Its version, such as `26.10.0`. */
  readonly nodeVersion: string
  readonly rounds: number
  readonly seconds: number
  readonly users: number
  readonly seed: string
  /** Where the record goes; `bench/results/local/` is not under version control. */
  readonly resultsFolder: string
}

const NODE_24 = join(import.meta.dirname, '..', 'tools', 'node24', 'node_modules', '.bin', 'node')
const RESULTS = join(import.meta.dirname, 'results')

/** What was typed after `npm run bench --`; throws a TypeError for what is no option. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      node: { type: 'string', default: '26' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '3' },
      users: { type: 'string', default: '5000' },
      seed: { type: 'string', default: 'iamd' },
      record: { type: 'boolean', default: false },
    },
  })
  const node = values.node === '24' ? NODE_24 : process.execPath
  const { stdout, status } = spawnSync(node, ['--version'], { encoding: 'utf8' })
  if (status !== 0) throw new Error('there is no Node 24; `npm ci --prefix tools/node24` installs it')
  const nodeVersion = stdout.trim().slice(1)
  if (!nodeVersion.startsWith(`${values.node}.`)) throw new Error(`\`--node ${values.node}\`: there is ${nodeVersion}`)
  return {
    node,
    nodeVersion,
    rounds: count('rounds', values.rounds),
    seconds: count('seconds', values.seconds),
    users: count('users', values.users),
    seed: values.seed,
    resultsFolder: values.record ? RESULTS : join(RESULTS, 'local'),
  }
}

function count(name: string, text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw new Error(`\`--${name} ${text}\` is not a number above 0`)
  return value
}
