/** The engines that are measured, and the program that drives each. All are asked the same, one after another. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EngineJob, EngineReport } from './engine-program.ts'
import { type Program, runProgram } from './run-program.ts'

export interface Contestant extends Program {
  /** What iamd's figures are held against; iamd itself under other circumstances is no peer. */
  readonly kind: 'iamd' | 'variant' | 'npm' | 'python'
}

const OWN = join(import.meta.dirname, 'processes')
const PEERS = join(import.meta.dirname, '..', '..', 'tools', 'policy-peers')
const script = (path: string, ...flags: readonly string[]): Pick<Contestant, 'command' | 'args'> => ({
  command: process.execPath,
  args: [...flags, path],
})

const IAMD: Contestant = { name: 'iamd', kind: 'iamd', ...script(join(OWN, 'iamd.ts')) }

export const CONTESTANTS: readonly Contestant[] = [
  IAMD,
  {
    name: 'iamd, code from strings forbidden',
    kind: 'variant',
    ...script(join(OWN, 'iamd.ts'), '--disallow-code-generation-from-strings'),
  },
  { name: 'cedar-wasm', kind: 'npm', ...script(join(PEERS, 'cedar.ts')) },
  { name: 'casbin', kind: 'npm', ...script(join(PEERS, 'casbin.ts')) },
  { name: 'iam-simulate', kind: 'npm', ...script(join(PEERS, 'iam-simulate.ts')) },
  { name: 'moto', kind: 'python', command: 'python3', args: [join(PEERS, 'moto-access-control.py')] },
]

/** Installs the peers' packages from their lockfile, unless they are there. */
export function installPeers(): void {
  if (existsSync(join(PEERS, 'node_modules'))) return
  const { status } = spawnSync('npm', ['ci', '--prefix', PEERS], { stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw new Error('the peers could not be installed; see above')
}

/** What only iamd is asked: explanations, hostile patterns, and many principals with one policy. */
export const LIMITS_PROGRAM: Program = {
  name: 'iamd, limits',
  ...script(join(OWN, 'iamd-limits.ts'), '--expose-gc'),
}

/** The versions of the peers, by name. */
export function peerVersions(moto: string | undefined): Readonly<Record<string, string>> {
  const manifest: { readonly dependencies: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(join(PEERS, 'package.json'), 'utf8'),
  )
  return { ...manifest.dependencies, ...(moto === undefined ? {} : { moto }) }
}

/** Runs an engine's program and waits for its figures. Throws when it fails, which is not what a peer is measured for. */
export function runContestant(contestant: Contestant, job: EngineJob): EngineReport {
  const report: EngineReport = JSON.parse(runProgram(contestant, JSON.stringify(job)))
  return report
}
