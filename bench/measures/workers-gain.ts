/**
 * What a second worker brings. The load generator needs a core too, so that on a small machine two workers cannot show it in
 * calls per second, and the one that the machine favours answers more. So the measure is CPU, and the generator's is left out:
 * connections are dealt to the workers in turn, so that with a core each they share the calls evenly, and what the busiest
 * threads of the workers need for a call, divided by their number, is what bounds the calls per second; or the
 * supervisor's thread, where that needs more.
 */
import { type BenchAccount, atPort, CONNECTIONS, getUserRequests } from '../requests/bench-account.ts'
import { threadSeconds } from '../servers/process-figures.ts'
import { type IamdOptions, startIamd } from '../servers/start-servers.ts'
import { median } from './figures.ts'
import { runLoad } from './run-load.ts'

export interface WorkersGain {
  /** GetUser calls per second that one worker and two could answer with a core for each. */
  readonly reachOfOne: number
  readonly reachOfTwo: number
  readonly gain: number
  /** What was answered on this machine, beside the load generator. */
  readonly callsPerSecondOfOne: number
  readonly callsPerSecondOfTwo: number
}

/** Twice what one server needs, since two workers each compile all of it. */
const WARM_UP_SECONDS = 4

interface Reach {
  readonly reach: number
  readonly callsPerSecond: number
}

/** One worker and two, in turns, each on the data of an account that is filled. */
export async function measureWorkersGain(
  options: IamdOptions,
  account: BenchAccount,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<WorkersGain> {
  const pairs: { one: Reach; two: Reach }[] = []
  for (let round = 0; round < rounds; round += 1) {
    pairs.push({
      one: await measureReach({ ...options, workers: 1 }, account, seconds),
      two: await measureReach({ ...options, workers: 2 }, account, seconds),
    })
  }
  return {
    reachOfOne: median(pairs.map(({ one }) => one.reach)),
    reachOfTwo: median(pairs.map(({ two }) => two.reach)),
    gain: median(pairs.map(({ one, two }) => two.reach / one.reach)),
    callsPerSecondOfOne: median(pairs.map(({ one }) => one.callsPerSecond)),
    callsPerSecondOfTwo: median(pairs.map(({ two }) => two.callsPerSecond)),
  }
}

async function measureReach(
  options: IamdOptions & { readonly workers: number },
  account: BenchAccount,
  seconds: number,
): Promise<Reach> {
  const server = await startIamd(options)
  const requests = getUserRequests(atPort(account, server.port))
  const job = { port: server.port, connections: CONNECTIONS, requests, once: false }
  // Compiling is not what is measured.
  await runLoad({ ...job, seconds: WARM_UP_SECONDS, warmUpSeconds: 0 })
  const before = threadSeconds(server.pid)
  const { callsPerSecond, callsWithWarmUp, failures, firstFailure } = await runLoad({
    ...job,
    seconds,
    warmUpSeconds: 0,
  })
  const bound = busiestSeconds(before, threadSeconds(server.pid), options.workers)
  await server.stop()
  if (failures > 0) throw new Error(`${options.workers} workers answered: ${firstFailure}`)
  return { reach: callsWithWarmUp / bound, callsPerSecond }
}

/** CPU seconds of a worker, were the calls shared evenly, or of any other process that needed more. */
function busiestSeconds(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  workers: number,
): number {
  const byProcess = new Map<string, number>()
  for (const [thread, cpu] of after) {
    const [process = ''] = thread.split('/')
    byProcess.set(process, Math.max(byProcess.get(process) ?? 0, cpu - (before.get(thread) ?? 0)))
  }
  const busiestFirst = [...byProcess.values()].toSorted((a, b) => b - a)
  const ofWorkers = busiestFirst.slice(0, workers).reduce((total, cpu) => total + cpu, 0)
  return Math.max(ofWorkers / workers, busiestFirst[workers] ?? 0)
}
