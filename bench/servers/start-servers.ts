/** The three servers: iamd, the limit, and moto. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FixedAnswer, LimitJob } from '../processes/limit-server.ts'
import { type ChildServer, freePort, startChild } from './child-server.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const IAMD = here('../../packages/cli/bin/iamd.mjs')

export interface IamdOptions {
  readonly node: string
  readonly dataDirectory: string
  /** Observe the event loop; costs a wake-up per millisecond. */
  readonly isObserved?: boolean
  /** Processes that share the port; absent for the one process without a supervisor. */
  readonly workers?: number
}

/** The production profile on the embedded store, as anybody starts it; its compile cache lies beside the data. */
export async function startIamd(options: IamdOptions): Promise<ChildServer> {
  const { node, dataDirectory, isObserved = false, workers } = options
  const port = await freePort()
  const observing = isObserved ? ['--import', here('../processes/observe-server.ts')] : []
  const typed = ['start', '--data', join(dataDirectory, 'data'), '--listen', `127.0.0.1:${port}`, '--output', 'json']
  if (workers !== undefined) typed.push('--workers', String(workers))
  return startChild({
    command: node,
    args: [...observing, IAMD, ...typed],
    env: { XDG_CACHE_HOME: join(dataDirectory, 'cache') },
    port,
  })
}

export async function startLimit(node: string, answer: FixedAnswer): Promise<ChildServer> {
  const port = await freePort()
  const job: LimitJob = { port, answer }
  return startChild({ command: node, args: [here('../processes/limit-server.ts')], port, input: JSON.stringify(job) })
}

/** Undefined where python has no moto. */
export async function startMoto(): Promise<ChildServer | undefined> {
  if (spawnSync('python3', ['-c', 'import moto.server']).status !== 0) return undefined
  const port = await freePort()
  return startChild({ command: 'python3', args: ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], port })
}

/** Whether this iamd can run as several processes. */
export function hasWorkers(node: string): boolean {
  return spawnSync(node, [IAMD, 'start', '--help'], { encoding: 'utf8' }).stdout.includes('--workers')
}
