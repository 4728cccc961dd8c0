/** A small journal of which everything is known, to be damaged and then looked at. */

import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { sampleEntry } from '../../src/journal/contract/sample-entries.ts'
import type { Journal, JournalEntry, StreamId } from '../../src/journal/journal.ts'
import { createSqliteJournal } from '../../src/journal/sqlite/sqlite.ts'

/** The records of a stream, as an image would have them: from `table/key` to the record's JSON. */
export type State = ReadonlyMap<string, string>

/** What was committed: every entry in order, and the state of each stream at each of its revisions. */
export interface Truth {
  readonly entries: readonly JournalEntry[]
  readonly statesByStream: ReadonlyMap<StreamId, readonly State[]>
}

export const STREAMS: readonly StreamId[] = ['account/111111111111', 'account/222222222222', 'directory']
export const ENTRIES_PER_BATCH: number = STREAMS.length
const REVISIONS = 30

/**
 * Makes the files of a journal in a directory: 90 entries in batches of three, each changing one stream, and two
 * snapshots of every stream. With `inLog` all of it is in the write-ahead log, as a killed process would leave it.
 */
export async function makeSample(directory: string, { inLog }: { readonly inLog: boolean }): Promise<Truth> {
  const workshop = join(directory, 'workshop')
  const tuning = { checkpointPages: inLog ? Number.MAX_SAFE_INTEGER : 1 }
  const journal = await createSqliteJournal({ file: join(workshop, 'journal.db'), tuning })
  const entries: JournalEntry[] = []
  const statesByStream = new Map<StreamId, State[]>(STREAMS.map((stream) => [stream, [new Map()]]))
  for (let revision = 1; revision <= REVISIONS; revision += 1) {
    entries.push(...(await appendRevision(journal, revision)))
    for (const [stream, states] of statesByStream) states.push(stateAfter(states.at(-1), stream, revision))
    if (revision === 10 || revision === 20) await writeSnapshots(journal, revision, statesByStream)
  }
  if (inLog) copyStore(workshop, directory)
  await journal.close()
  if (!inLog) copyStore(workshop, directory)
  return { entries, statesByStream }
}

/** Copies the files of a store that are there. */
export function copyStore(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const name of ['journal.db', 'journal.db-wal', 'journal.db-head']) {
    if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name))
  }
}

async function appendRevision(journal: Journal, revision: number): Promise<readonly JournalEntry[]> {
  const record = recordOf(revision)
  const batch = STREAMS.map((stream) =>
    sampleEntry(idOf(stream, revision), { writes: [[stream, revision]], reads: [[stream, revision - 1]], record }),
  )
  const outcome = await journal.append(batch)
  if (outcome.kind !== 'committed') throw new Error(`the sample was not committed but \`${outcome.kind}\``)
  return outcome.entries
}

async function writeSnapshots(
  journal: Journal,
  revision: number,
  statesByStream: ReadonlyMap<StreamId, readonly State[]>,
): Promise<void> {
  for (const stream of STREAMS) {
    const records = Array.from(
      { length: revision },
      (_, index) => [idOf(stream, index + 1), recordOf(index + 1)] as const,
    )
    const half = Math.ceil(records.length / 2)
    const pages = [records.slice(0, half), records.slice(half)].map((part) => ({ table: 'user', records: part }))
    await journal.writeSnapshot({ stream, revision, pages })
    if (statesByStream.get(stream)?.at(revision)?.size !== revision) throw new Error('the sample is not what it says')
  }
}

function stateAfter(before: State = new Map(), stream: StreamId, revision: number): State {
  return new Map([...before, [`user/${idOf(stream, revision)}`, JSON.stringify(recordOf(revision))]])
}

function idOf(stream: StreamId, revision: number): string {
  return `${stream}#${revision}`
}

function recordOf(revision: number): { readonly path: string; readonly note: string } {
  return { path: `/division/${revision}/`, note: `${revision} `.repeat(40) }
}
