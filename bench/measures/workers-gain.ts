/**
 * What a second worker brings. The load generator needs a core too, so that on a small machine two workers cannot show it
 * in calls per second. So the measure is CPU: the thread that works most per call is the one that ends the growth, and a
 * server with a core for each of its threads answers as many calls per second as that thread does in a CPU second.
 */
import { type BenchAccount, atPort, CONNECTIONS, getUserRequests } from '../requests/bench-account.ts'
import { threadSeconds } from '../servers/process-figures.ts'
import { type IamdOptions, startIamd } from '../servers/start-servers.ts'
import { median } from './figures.ts'
import { runLoad } from './run-load.ts'

export interface WorkersGain {
  /** GetUser calls per CPU second of the busiest thread, with one worker and with two. */
  readonly callsPerCpuSecondOfOne: number
  readonly callsPerCpuSecondOfTwo: number
  readonly gain: number
  /** What was answered on this machine, beside the load generator. */
  readonly callsPerSecondOfOne: number
  readonly callsPerSecondOfTwo: number
}

interface Reach {
  readonly callsPerCpuSecond: number
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
      one: await reach({ ...options, workers: 1 }, account, seconds),
      two: await reach({ ...options, workers: 2 }, account, seconds),
    })
  }
  return {
    callsPerCpuSecondOfOne: median(pairs.map(({ one }) => one.callsPerCpuSecond)),
    callsPerCpuSecondOfTwo: median(pairs.map(({ two }) => two.callsPerCpuSecond)),
    gain: median(pairs.map(({ one, two }) => two.callsPerCpuSecond / one.callsPerCpuSecond)),
    callsPerSecondOfOne: median(pairs.map(({ one }) => one.callsPerSecond)),
    callsPerSecondOfTwo: median(pairs.map(({ two }) => two.callsPerSecond)),
  }
}

async function reach(options: IamdOptions, account: BenchAccount, seconds: number): Promise<Reach> {
  const server = await startIamd(options)
  const requests = getUserRequests(atPort(account, server.port))
  const job = { port: server.port, connections: CONNECTIONS, requests, once: false }
  // Compiling is not what is measured.
  await runLoad({ ...job, seconds: 1, warmUpSeconds: 1 })
  const before = threadSeconds(server.pid)
  const { callsPerSecond, callsWithWarmUp, failures, firstFailure } = await runLoad({
    ...job,
    seconds,
    warmUpSeconds: 0,
  })
  const busiest = Math.max(...[...threadSeconds(server.pid)].map(([thread, cpu]) => cpu - (before.get(thread) ?? 0)))
  await server.stop()
  if (failures > 0) throw new Error(`${options.workers} workers answered: ${firstFailure}`)
  return { callsPerCpuSecond: callsWithWarmUp / busiest, callsPerSecond }
}
