/** Each workload on iamd, on the limit and on moto, in rounds that take turns, so that a busy machine is busy for all of them. */
import type { BenchAccount } from '../requests/bench-account.ts'
import { send } from '../requests/send.ts'
import { type Workload, workloads } from '../requests/workloads.ts'
import type { ChildServer } from '../servers/child-server.ts'
import { startLimit } from '../servers/start-servers.ts'
import { type Figures, median, medianFigures } from './figures.ts'
import { measureLoad } from './measure-load.ts'

/** A server with its account filled. */
export interface Contestant {
  readonly server: ChildServer
  readonly account: BenchAccount
}

export interface Contest {
  readonly node: string
  readonly iamd: Contestant
  readonly moto: Contestant | undefined
  readonly rounds: number
  readonly seconds: number
}

export interface Comparison {
  readonly workload: Workload['name']
  readonly answerBytes: number
  readonly limit: Figures
  readonly iamd: Figures
  readonly moto: Figures | undefined
  readonly ratios: Ratios
  readonly roundsOfIamd: readonly Figures[]
  readonly roundsOfLimit: readonly Figures[]
}

/** Each the median of what the rounds gave, so that both sides of a ratio were measured within seconds. */
export interface Ratios {
  /** Calls per second of iamd through those of the limit. */
  readonly toLimit: number
  /** CPU per call of the limit through that of iamd: the same question, with less of the machine's noise in it. */
  readonly toLimitByCpu: number
  readonly toMoto: number | undefined
}

const WARM_UP_SECONDS = 1

/** Workload by workload, in the order in which they are listed. */
export async function compareServers(contest: Contest): Promise<Comparison[]> {
  const comparisons: Comparison[] = []
  for (const workload of workloads) comparisons.push(await compare(contest, workload))
  return comparisons
}

interface Round {
  readonly limit: Figures
  readonly iamd: Figures
  readonly moto: Figures | undefined
}

async function compare(contest: Contest, workload: Workload): Promise<Comparison> {
  const rounds: Round[] = []
  const answer = await send(workload.sample(contest.iamd.account), contest.iamd.account.caller)
  const limitServer = await startLimit(contest.node, answer)
  for (let round = 0; round < contest.rounds; round += 1) {
    const name = `${workload.name}/${round}`
    const { once } = workload
    const job = { seconds: contest.seconds, warmUpSeconds: WARM_UP_SECONDS }
    const requests = await workload.requests(contest.iamd.account, name)
    const limit = await measureLoad(limitServer, { ...job, requests, once: false })
    const iamd = await measureLoad(contest.iamd.server, { ...job, requests, once })
    rounds.push({ limit, iamd, moto: await measureMoto(contest, workload, name) })
  }
  await limitServer.stop()
  return { workload: workload.name, answerBytes: answer.body.length, ...summary(rounds) }
}

async function measureMoto({ moto, seconds }: Contest, workload: Workload, name: string): Promise<Figures | undefined> {
  if (moto === undefined) return undefined
  const requests = await workload.requests(moto.account, name)
  return measureLoad(moto.server, { requests, once: workload.once, seconds, warmUpSeconds: WARM_UP_SECONDS })
}

function summary(rounds: readonly Round[]): Omit<Comparison, 'workload' | 'answerBytes'> {
  const motos = rounds.flatMap(({ moto }) => (moto === undefined ? [] : [moto]))
  const roundsOfIamd = rounds.map(({ iamd }) => iamd)
  const roundsOfLimit = rounds.map(({ limit }) => limit)
  const ratio = (of: (round: Round) => number): number => median(rounds.map(of))
  return {
    limit: medianFigures(roundsOfLimit),
    iamd: medianFigures(roundsOfIamd),
    moto: motos.length === 0 ? undefined : medianFigures(motos),
    ratios: {
      toLimit: ratio(({ iamd, limit }) => iamd.callsPerSecond / limit.callsPerSecond),
      toLimitByCpu: ratio(({ iamd, limit }) => limit.cpuMicrosecondsPerCall / iamd.cpuMicrosecondsPerCall),
      toMoto:
        motos.length === 0
          ? undefined
          : ratio(({ iamd, moto }) => iamd.callsPerSecond / (moto?.callsPerSecond ?? Number.NaN)),
    },
    roundsOfIamd,
    roundsOfLimit,
  }
}
