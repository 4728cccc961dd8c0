import type { LoadJob } from '../processes/load-generator.ts'
import { CONNECTIONS } from '../requests/bench-account.ts'
import { cpuSeconds, residentMegabytes } from '../servers/process-figures.ts'
import type { Figures } from './figures.ts'
import { runLoad } from './run-load.ts'

/** Where a server is, and which process it is. */
export interface Measured {
  readonly port: number
  readonly pid: number
}

/** One load on one server, with what it cost the server. */
export async function measureLoad(
  { port, pid }: Measured,
  job: Omit<LoadJob, 'port' | 'connections'>,
): Promise<Figures> {
  const cpuBefore = cpuSeconds(pid)
  const result = await runLoad({ ...job, port, connections: CONNECTIONS })
  const cpu = cpuSeconds(pid) - cpuBefore
  const { callsPerSecond, p50Ms, p99Ms, failures, firstFailure, generatorLoad } = result
  return {
    callsPerSecond,
    p50Ms,
    p99Ms,
    cpuMicrosecondsPerCall: (cpu * 1e6) / result.callsWithWarmUp,
    residentMegabytes: residentMegabytes(pid),
    failures,
    firstFailure,
    generatorLoad,
  }
}
