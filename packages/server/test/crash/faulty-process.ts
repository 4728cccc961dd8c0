/**
 * The process that has the failing disk under it. Usage: faulty-process.ts DIRECTORY FAULTS REQUEST, where the request is
 * JSON; prints its answer as JSON.
 */

import { join } from 'node:path'
import { createSqliteJournal } from '../../src/journal/sqlite/sqlite.ts'
import type { Fault } from './faulty-disk.ts'
import { AcknowledgedFates, entryIdsOf, runTrial, writeWithFault, type Fates } from './faulty-trial.ts'

export type FaultyRequest =
  /** Trials with the fault at `fault.call`, then every `step` calls later, until it is after the last call or `trials` are done. */
  | { readonly kind: 'trials'; readonly fault: Fault; readonly step: number; readonly trials: number }
  /** One trial, after which the process kills itself with the journal open. */
  | { readonly kind: 'survivor'; readonly fault: Fault }
  /** One journal from its making to its closing, killed on the way; a line for each batch that was acknowledged. */
  | { readonly kind: 'walk'; readonly fault: Fault }
  /** Opens the journal, says which entries it serves, and kills itself. */
  | { readonly kind: 'look' }

export interface TrialsAnswer {
  readonly trials: number
  readonly lies: readonly string[]
  /** The fault was at last later than any call that there was. */
  readonly isExhausted: boolean
}

export type LookAnswer = readonly string[]

export type SurvivorAnswer = readonly (readonly [batch: string, isCommitted: boolean])[]

const [, , directory = '', faults = '', text = ''] = process.argv
const request: FaultyRequest = parseRequest(text)

switch (request.kind) {
  case 'trials':
    process.stdout.write(JSON.stringify(await runTrials(request)))
    break
  case 'survivor':
    await survive(request.fault)
    break
  case 'walk':
    await walk(request.fault)
    break
  case 'look':
    await look()
    break
}

async function runTrials({ fault, step, trials }: FaultyRequest & { readonly kind: 'trials' }): Promise<TrialsAnswer> {
  const lies: string[] = []
  for (let trial = 0; trial < trials; trial += 1) {
    const call = fault.call + trial * step
    const { fired, lies: found } = await runTrial({
      directory: join(directory, `${call}`),
      faults,
      fault: { ...fault, call },
    })
    lies.push(...found)
    if (!fired) return { trials: trial, lies, isExhausted: true }
  }
  return { trials, lies, isExhausted: false }
}

async function survive(fault: Fault): Promise<void> {
  const fates: Fates = new Map()
  await writeWithFault({ directory, faults, fault, isShort: true, alarms: [] }, fates)
  const answer: SurvivorAnswer = [...fates]
  process.stdout.write(JSON.stringify(answer))
  process.kill(process.pid, 'SIGKILL')
}

async function walk(fault: Fault): Promise<void> {
  // A pipe takes a line at once: it is with the parent whatever happens next.
  const acknowledge = (name: string): void => void process.stdout.write(`${name}\n`)
  const { journal } = await writeWithFault({ directory, faults, fault, alarms: [] }, new AcknowledgedFates(acknowledge))
  await journal.close()
}

async function look(): Promise<void> {
  const journal = await createSqliteJournal({ file: join(directory, 'journal.db') })
  process.stdout.write(JSON.stringify(await entryIdsOf(journal)))
  process.kill(process.pid, 'SIGKILL')
}

function parseRequest(json: string): FaultyRequest {
  return JSON.parse(json) as FaultyRequest // the parent wrote it from a value of this type
}
