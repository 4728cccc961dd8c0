/** Writes to a journal on a disk that fails once or for a while, and says what the journal got wrong. */

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { followUntil, readEntries, sampleEntry } from '../../src/journal/contract/sample-entries.ts'
import { JournalUnavailable, type Journal, type StreamId } from '../../src/journal/journal.ts'
import { createSqliteJournal } from '../../src/journal/sqlite/sqlite.ts'
import { hasFired, setFault, type Fault } from './faulty-disk.ts'

const STREAM: StreamId = 'account/1'
export const BATCHES = 20

/** What the journal may tell a person of while its disk fails; anything else would be a lie. */
const EXPECTED_ALARMS: ReadonlySet<string> = new Set(['checkpoint-failed', 'head-unwritable'])

export interface Trial {
  readonly directory: string
  /** The file that the disk reads its faults from. */
  readonly faults: string
  readonly fault: Fault
  /** Writes little after the fault, and keeps all of it in the log: nothing else makes up for what the fault cost. */
  readonly isShort?: boolean
  readonly alarms: string[]
}

/** The batches whose fate is known, by name: whether they were committed. */
export type Fates = Map<string, boolean>

/** Says so as soon as a batch is known to be committed. */
export class AcknowledgedFates extends Map<string, boolean> {
  readonly #acknowledge: (name: string) => void

  constructor(acknowledge: (name: string) => void) {
    super()
    this.#acknowledge = acknowledge
  }

  override set(name: string, isCommitted: boolean): this {
    if (isCommitted) this.#acknowledge(name)
    return super.set(name, isCommitted)
  }
}

/** Whether the fault happened, and what was wrong (nothing should be). */
export async function runTrial(
  options: Omit<Trial, 'alarms'>,
): Promise<{ readonly fired: boolean; readonly lies: readonly string[] }> {
  const trial: Trial = { ...options, alarms: [] }
  const fates: Fates = new Map()
  const { journal, lies } = await writeWithFault(trial, fates)
  lies.push(...(await compare(journal, fates)))
  await journal.close()
  const fired = hasFired(trial.faults)
  setFault(trial.faults, undefined)
  const reopened = await open(trial)
  lies.push(...(await compare(reopened, fates)).map((lie) => `after a restart: ${lie}`))
  await reopened.close()
  for (const alarm of trial.alarms) if (!EXPECTED_ALARMS.has(alarm)) lies.push(`alarm \`${alarm}\``)
  return { fired, lies: lies.map((lie) => `${JSON.stringify(trial.fault)}: ${lie}`) }
}

/** Opens and writes with the fault armed; `fates` gets what became of each batch. The journal is left open. */
export async function writeWithFault(
  trial: Trial,
  fates: Fates,
): Promise<{ readonly journal: Journal; readonly lies: string[] }> {
  const lies: string[] = []
  mkdirSync(trial.directory, { recursive: true })
  setFault(trial.faults, trial.fault)
  const journal = await untilWell(trial, () => open(trial))
  for (let number = 0; number < BATCHES; number += 1) {
    await writeBatch(journal, { trial, fates, name: `batch ${number}` })
    if (trial.isShort && hasFired(trial.faults)) break
    if (number === BATCHES / 2) await writeSnapshot(journal, committedIn(fates) * 2)
  }
  if (trial.fault.how === 'always') setFault(trial.faults, undefined)
  // Without a restart, as soon as the disk is well again.
  await writeBatch(journal, { trial, fates, name: 'last' })
  if (trial.fault.how === 'always' && fates.get('last') !== true) lies.push('writes do not come back')
  return { journal, lies }
}

/** Whether the journal says of each batch what became of it. */
export async function compare(journal: Journal, fates: Fates): Promise<readonly string[]> {
  const lies: string[] = []
  const expected: string[] = []
  for (const [name, isCommitted] of fates) {
    if (isCommitted) expected.push(`${name}, first`, `${name}, second`)
    for (const half of ['first', 'second']) {
      const found = await journal.find(`${name}, ${half}`)
      if ((found !== undefined) !== isCommitted)
        lies.push(`\`${name}\` was ${isCommitted ? 'lost' : 'written all the same'}`)
    }
  }
  const loaded = await journal.load(STREAM)
  const after = loaded.snapshot?.revision ?? 0
  const ids = (await readEntries(loaded)).map(({ entryId }) => entryId)
  if (JSON.stringify(ids) !== JSON.stringify(expected.slice(after))) lies.push(`the stream is ${ids.join('; ')}`)
  if ((await journal.head()).position !== expected.length) lies.push('the head is not the last entry')
  return [...lies, ...loaded.damaged.map(({ reason }) => reason)]
}

/** The ids of all entries, in order. */
export async function entryIdsOf(journal: Journal): Promise<readonly string[]> {
  const { position } = await journal.head()
  return position === 0 ? [] : (await followUntil(journal, 0, position)).map(({ entryId }) => entryId)
}

function open({ directory, isShort, alarms }: Trial): Promise<Journal> {
  const file = join(directory, 'journal.db')
  const tuning = { checkpointPages: isShort ? Number.MAX_SAFE_INTEGER : 8 }
  return createSqliteJournal({ file, tuning, alarm: ({ kind }) => alarms.push(kind) })
}

interface Batch {
  readonly trial: Trial
  readonly fates: Fates
  readonly name: string
}

async function writeBatch(journal: Journal, { trial, fates, name }: Batch): Promise<void> {
  const revision = committedIn(fates) * 2
  const batch = ['first', 'second'].map((half, index) =>
    sampleEntry(`${name}, ${half}`, { writes: [[STREAM, revision + index + 1]], record: 'x'.repeat(3_000) }),
  )
  try {
    const outcome = await journal.append(batch)
    if (outcome.kind === 'unknown') {
      await untilWell(trial, () => journal.recover())
      fates.set(name, (await journal.find(`${name}, first`)) !== undefined)
    } else {
      fates.set(name, outcome.kind === 'committed')
    }
  } catch (error) {
    if (!(error instanceof JournalUnavailable)) throw error
    fates.set(name, false)
  }
}

async function writeSnapshot(journal: Journal, revision: number): Promise<void> {
  try {
    if (revision > 0) await journal.writeSnapshot({ stream: STREAM, revision, pages: [{ table: 'user', records: [] }] })
  } catch (error) {
    if (!(error instanceof JournalUnavailable)) throw error
  }
}

/** Tries; if the disk does not let it, the disk gets well, and then it has to work. */
async function untilWell<Result>({ faults }: Trial, attempt: () => Promise<Result>): Promise<Result> {
  try {
    return await attempt()
  } catch (error) {
    if (!(error instanceof JournalUnavailable) || String(error).includes('\n')) throw error
    const fired = hasFired(faults)
    setFault(faults, undefined)
    if (!fired) throw error
    return attempt()
  }
}

function committedIn(fates: Fates): number {
  return [...fates.values()].filter((isCommitted) => isCommitted).length
}
