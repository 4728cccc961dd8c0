import { setTimeout as sleep } from 'node:timers/promises'
import { residentMegabytes } from '../servers/process-figures.ts'
import { type IamdOptions, startIamd } from '../servers/start-servers.ts'
import { median } from './figures.ts'

export interface StartUp {
  /** From the start of the process to the first answer: new data directory, empty compile cache. */
  readonly firstMs: number
  /** The same data directory again, code from the compile cache. */
  readonly laterMs: number
  readonly laterRoundsMs: readonly number[]
  /** Resident memory of an account with nothing but its root user, after ten seconds without a call. */
  readonly idleMegabytes: number
}

const LATER_STARTS = 5
const IDLE_SECONDS = 10

/** Starts iamd on a new data directory and several times more on the same. */
export async function measureStartUp(options: IamdOptions): Promise<StartUp> {
  const firstMs = await timeStart(options)
  const laterRoundsMs: number[] = []
  for (let round = 0; round < LATER_STARTS; round += 1) {
    laterRoundsMs.push(await timeStart(options))
  }
  const idle = await startIamd(options)
  await sleep(IDLE_SECONDS * 1000)
  const idleMegabytes = residentMegabytes(idle.pid)
  await idle.stop()
  return { firstMs, laterMs: median(laterRoundsMs), laterRoundsMs, idleMegabytes }
}

async function timeStart(options: IamdOptions): Promise<number> {
  const server = await startIamd(options)
  // Before its announcement it does not wait for signals, and would end without writing its compile cache.
  await server.firstLine()
  await server.stop()
  return server.readyMs
}
