/** iamd as it runs in a normal hour: calls arrive at 30 % of what it can do, one in ten writes, and what counts is how long anything waits. */
import type { EventLoopDelay } from '../processes/observe-server.ts'
import {
  type BenchAccount,
  CONNECTIONS,
  createUserRequests,
  getCallerIdentityRequests,
  getUserRequests,
  newUserNames,
} from '../requests/bench-account.ts'
import type { Workload } from '../requests/workloads.ts'
import type { ChildServer } from '../servers/child-server.ts'
import { runLoad } from './run-load.ts'

export interface MixedLoad {
  /** Calls per second that this mix could reach, reckoned from the single workloads. */
  readonly capacity: number
  readonly asked: number
  readonly answered: number
  readonly failures: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly p999Ms: number
  readonly eventLoop: EventLoopDelay
}

type Capacities = Readonly<Record<Workload['name'], number>>

/** Of the capacity. */
const SHARE_ASKED = 0.3
/** As `mixedRequests` deals them out. */
const SHARES = { GetCallerIdentity: 0.4, GetUser: 0.5, CreateUser: 0.1 } as const
const WARM_UP_SECONDS = 2

/** Runs the mix in an open loop on a server that was started observed. */
export async function measureMixedLoad(
  server: ChildServer,
  account: BenchAccount,
  { capacities, seconds }: { readonly capacities: Capacities; readonly seconds: number },
): Promise<MixedLoad> {
  const capacity = capacityOf(capacities)
  const asked = capacity * SHARE_ASKED
  const requests = mixedRequests(account, Math.ceil(asked * (seconds + WARM_UP_SECONDS + 1)))
  const observation = server.observeEventLoop()
  const result = await runLoad({
    port: server.port,
    connections: CONNECTIONS,
    seconds,
    warmUpSeconds: WARM_UP_SECONDS,
    requests,
    once: true,
    rate: asked,
  })
  const eventLoop = await observation.report()
  const { callsPerSecond, failures, p50Ms, p99Ms, p999Ms } = result
  return { capacity, asked, answered: callsPerSecond, failures, p50Ms, p99Ms, p999Ms, eventLoop }
}

/** Calls of each kind take their time one after another: a mixed second holds as many as their times fit into it. */
function capacityOf(capacities: Capacities): number {
  const { GetCallerIdentity, GetUser, CreateUser } = SHARES
  return (
    1 /
    (GetCallerIdentity / capacities.GetCallerIdentity +
      GetUser / capacities.GetUser +
      CreateUser / capacities.CreateUser)
  )
}

function mixedRequests(account: BenchAccount, count: number): string[] {
  const [identity = ''] = getCallerIdentityRequests(account)
  const gets = getUserRequests(account)
  const creates = createUserRequests(account.caller, newUserNames(Math.ceil(count / 10), `${account.seed}/mixed`))
  return Array.from({ length: count }, (_, index) => {
    if (index % 10 === 9) return creates[(index - 9) / 10] ?? identity
    return (index % 2 === 0 ? gets[index % gets.length] : identity) ?? identity
  })
}
