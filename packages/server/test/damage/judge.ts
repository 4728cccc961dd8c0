/** Looks at a journal that may have been damaged, through its front door, and says whether it ever lies. */

import { join } from 'node:path'
import type { Journal, JournalEntry, LoadedStream, StreamId } from '../../src/journal/journal.ts'
import { JournalDamaged, JournalUnavailable } from '../../src/journal/journal.ts'
import { readEntries, readPages } from '../../src/journal/contract/sample-entries.ts'
import type { JournalAlarm } from '../../src/journal/journal-alarm.ts'
import { createSqliteJournal } from '../../src/journal/sqlite/sqlite.ts'
import type { StoreTuning } from '../../src/journal/sqlite/exchange.ts'
import { STREAMS, type State, type Truth } from './sample-store.ts'

export interface Verdict {
  /** Why the journal refused to open, if it did. */
  readonly refused: string | undefined
  /** Streams that it said are damaged. */
  readonly damaged: readonly StreamId[]
  readonly alarms: readonly JournalAlarm['kind'][]
  /** The last revision of each stream that was served as sound. */
  readonly revisions: ReadonlyMap<StreamId, number>
  /** What it served and should not have. Has to be empty. */
  readonly lies: readonly string[]
}

/** Opens `journal.db` in a directory and compares all that it says with what was committed. */
export async function judge(directory: string, truth: Truth, tuning: Partial<StoreTuning> = {}): Promise<Verdict> {
  const alarms: JournalAlarm['kind'][] = []
  let journal: Journal
  try {
    const file = join(directory, 'journal.db')
    journal = await createSqliteJournal({ file, tuning, alarm: ({ kind }) => alarms.push(kind) })
  } catch (error) {
    return refusal(error, alarms)
  }
  try {
    return { refused: undefined, alarms, ...(await examine(journal, truth)) }
  } finally {
    await journal.close()
  }
}

function refusal(error: unknown, alarms: readonly JournalAlarm['kind'][]): Verdict {
  const isRefusal = error instanceof JournalDamaged || error instanceof JournalUnavailable
  const message = String(error)
  const lies = isRefusal && !message.includes('\n') ? [] : [`it did not refuse in one clear line but with ${message}`]
  return { refused: message, damaged: [], alarms, revisions: new Map(), lies }
}

async function examine(journal: Journal, truth: Truth): Promise<Omit<Verdict, 'refused' | 'alarms'>> {
  const damaged: StreamId[] = []
  const revisions = new Map<StreamId, number>()
  const lies: string[] = []
  for (const stream of STREAMS) {
    const loaded = await damageOr(() => journal.load(stream))
    if (loaded === undefined || loaded.damaged.length > 0) {
      damaged.push(stream)
      continue
    }
    const { state, revision } = await fold(loaded)
    revisions.set(stream, revision)
    const expected = truth.statesByStream.get(stream)?.at(revision)
    if (!isSame(state, expected)) lies.push(`\`${stream}\` at revision ${revision} is not what was committed`)
  }
  lies.push(...(await lookUp(journal, truth, Math.max(0, ...revisions.values()))))
  return { damaged, revisions, lies }
}

/** Every entry up to the last revision that is served is found as it was committed, or said to be damaged. */
async function lookUp(journal: Journal, { entries }: Truth, revision: number): Promise<readonly string[]> {
  const lies: string[] = []
  for (const entry of entries) {
    if ((entry.writes[0]?.revision ?? 0) > revision) continue
    const found = await damageOr(async () => [await journal.find(entry.entryId)])
    if (found === undefined || JSON.stringify(found[0]) === JSON.stringify(entry)) continue
    lies.push(`\`${entry.entryId}\` was ${found[0] === undefined ? 'not found' : 'found as something else'}`)
  }
  return lies
}

/** Undefined when the answer is that it is damaged; any other error is not an answer. */
async function damageOr<Result>(read: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof JournalDamaged) return undefined
    throw error
  }
}

async function fold(loaded: LoadedStream): Promise<{ readonly state: State; readonly revision: number }> {
  const state = new Map<string, string>()
  for (const { table, records } of await readPages(loaded)) {
    for (const [key, record] of records) state.set(`${table}/${key}`, JSON.stringify(record))
  }
  const entries: readonly JournalEntry[] = await readEntries(loaded)
  for (const { writes } of entries) {
    for (const { table, key, record } of writes.flatMap(({ changes }) => changes)) {
      state.set(`${table}/${key}`, JSON.stringify(record))
    }
  }
  return { state, revision: entries.at(-1)?.writes[0]?.revision ?? loaded.snapshot?.revision ?? 0 }
}

function isSame(state: State, expected: State | undefined): boolean {
  if (state.size !== expected?.size) return false
  return [...state].every(([key, record]) => expected.get(key) === record)
}
