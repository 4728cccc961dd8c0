import { execFileSync, spawnSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem, type } from 'node:os'

/** What a reader has to know of where the figures come from. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGigabytes: number
  readonly system: string
  /** Processes that wanted a core in the minute before, of whoever: above the number of cores the figures say less. */
  readonly loadBefore: number
}

/** This machine, now. */
export function machine(): Machine {
  const all = cpus()
  return {
    cpu: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    memoryGigabytes: Math.round(totalmem() / 1e9),
    system: `${type()} ${release().replace(/-.*/, '')}`,
    loadBefore: loadavg()[0] ?? 0,
  }
}

/** The commit that is measured, with a plus sign where files differ from it. */
export function commit(): string {
  const git = (...args: readonly string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim()
  return `${git('rev-parse', '--short=12', 'HEAD')}${git('status', '--porcelain', '--', 'packages') === '' ? '' : '+'}`
}

/** The version of moto where python has it. */
export function motoVersion(): string | undefined {
  const { stdout, status } = spawnSync('python3', ['-c', 'import moto; print(moto.__version__)'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}
