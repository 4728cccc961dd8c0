/** Runs a process with a failing disk under it and waits for its answer. */

import { execFile } from 'node:child_process'
import { mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createSqliteJournal } from '../../src/journal/sqlite/sqlite.ts'
import {
  environmentOf,
  hasFired,
  losePower,
  setFault,
  startDurable,
  type Fault,
  type FaultyDisk,
} from './faulty-disk.ts'
import type { FaultyRequest, LookAnswer, SurvivorAnswer, TrialsAnswer } from './faulty-process.ts'
import { BATCHES, compare, entryIdsOf, type Fates } from './faulty-trial.ts'

const program = fileURLToPath(new URL('./faulty-process.ts', import.meta.url))

/** Trials with one fault after another: see `FaultyRequest`. */
export async function runTrials(
  workshop: string,
  request: Omit<FaultyRequest & { kind: 'trials' }, 'kind'>,
): Promise<TrialsAnswer> {
  const disk = diskIn(workshop)
  return JSON.parse(await run(disk, { kind: 'trials', ...request })) as TrialsAnswer // faulty-process.ts writes this type
}

/**
 * Has a sync fail, goes on writing, cuts the power, and says what was lost. What a failed sync should have written never
 * reaches this disk, whatever is synced afterwards.
 */
export async function loseAfterFault(workshop: string, fault: Fault): Promise<readonly string[]> {
  const disk = { ...diskIn(workshop), durable: join(realpathSync(workshop), 'durable') }
  startDurable(disk.directory, disk.durable)
  const answer = JSON.parse(await run(disk, { kind: 'survivor', fault })) as SurvivorAnswer // faulty-process.ts writes this type
  losePower(disk.directory, disk.durable)
  const journal = await createSqliteJournal({ file: join(disk.directory, 'journal.db') })
  try {
    return await compare(journal, new Map(answer))
  } finally {
    await journal.close()
  }
}

/**
 * Kills the process at one call of any kind, from the making of the file to its closing, and says what is wrong with what
 * is left: `power` leaves only what was synced. Undefined when there are not so many calls.
 */
export async function dieAtCall(
  workshop: string,
  { call, by }: { readonly call: number; readonly by: 'kill' | 'power' },
): Promise<readonly string[] | undefined> {
  const durable = join(realpathSync(workshop), 'durable')
  const disk = { ...diskIn(workshop), ...(by === 'power' && { durable }) }
  if (by === 'power') startDurable(disk.directory, durable)
  const acknowledged = await run(disk, { kind: 'walk', fault: { kinds: 'onwgs', call, what: 'KILL', how: 'once' } })
  const fates: Fates = new Map()
  for (const name of acknowledged.split('\n')) if (name !== '') fates.set(name, true)
  if (by === 'power') losePower(disk.directory, durable)
  const alarms: string[] = []
  const file = join(disk.directory, 'journal.db')
  const journal = await createSqliteJournal({ file, alarm: ({ kind }) => alarms.push(`alarm \`${kind}\``) })
  try {
    // The one that was on its way may be there or not, but not in part.
    const next = fates.size < BATCHES ? `batch ${fates.size}` : 'last'
    if (!fates.has(next)) fates.set(next, (await journal.find(`${next}, first`)) !== undefined)
    const lies = [...alarms, ...(await compare(journal, fates))]
    return hasFired(disk.faults) ? lies : undefined
  } finally {
    await journal.close()
  }
}

/**
 * Kills the process as it is about to sync for the `call`th time, has another one open what is there, cuts the power, and
 * says which entries the second one served that are gone. `isCarried`: see `FaultyDisk`.
 */
export async function loseAfterRestart(
  workshop: string,
  { call, isCarried }: { readonly call: number; readonly isCarried: boolean },
): Promise<readonly string[]> {
  const disk = { ...diskIn(workshop), durable: join(realpathSync(workshop), 'durable'), isCarried }
  startDurable(disk.directory, disk.durable)
  await run(disk, { kind: 'walk', fault: { kinds: 's', call, what: 'KILL', how: 'once' } })
  setFault(disk.faults, undefined)
  const served = JSON.parse(await run(disk, { kind: 'look' })) as LookAnswer // faulty-process.ts writes this type
  losePower(disk.directory, disk.durable)
  const journal = await createSqliteJournal({ file: join(disk.directory, 'journal.db') })
  try {
    const left = new Set(await entryIdsOf(journal))
    return served.filter((entryId) => !left.has(entryId))
  } finally {
    await journal.close()
  }
}

function diskIn(workshop: string): FaultyDisk & { readonly faults: string } {
  const directory = join(realpathSync(workshop), 'data')
  mkdirSync(directory, { recursive: true })
  return { directory, faults: join(realpathSync(workshop), 'faults') }
}

/** Its output; a process that ends in any other way than it should is an error. */
function run(disk: FaultyDisk & { readonly faults: string }, request: FaultyRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env: { ...process.env, ...environmentOf(disk) } }
    execFile(
      process.execPath,
      [program, disk.directory, disk.faults, JSON.stringify(request)],
      options,
      (error, output, complaints) => {
        const isKilled = error?.signal === 'SIGKILL'
        const hasEnded =
          request.kind === 'trials' ? error === null : isKilled || (request.kind === 'walk' && error === null)
        if (hasEnded) resolve(output)
        else reject(new Error(`the process with the failing disk ended by itself: ${complaints}`, { cause: error }))
      },
    )
  })
}
