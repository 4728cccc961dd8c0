/** The journal alone under the crash tests: the writer is the process, and its acknowledgements come on its output. */

import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { followUntil, readEntries, readPages } from '../../src/journal/contract/sample-entries.ts'
import type { Journal, JournalEntry, StreamRead } from '../../src/journal/journal.ts'
import { createSqliteJournal } from '../../src/journal/sqlite/sqlite.ts'
import type { Check, CrashSubject } from './rounds.ts'
import { isSnapshotAt, readEntryName } from './written.ts'

const writer = fileURLToPath(new URL('./writer.ts', import.meta.url))

/** `NORMAL` is what must not be: it loses acknowledged writes with the power. */
export function journalSubject(synchronous: 'FULL' | 'NORMAL' = 'FULL'): CrashSubject {
  return {
    command: (directory) => ({ file: process.execPath, args: [writer, directory, synchronous] }),
    write: countAcknowledged,
    check: checkJournal,
  }
}

async function countAcknowledged(child: ChildProcess, acknowledge: (write: string) => void): Promise<void> {
  if (child.stdout === null) throw new Error('the output of the writer is not a pipe')
  for await (const line of createInterface({ input: child.stdout })) acknowledge(line)
}

/** Opens the journal, reads all of it in order and each stream by itself. Throws when it raises an alarm or contradicts itself. */
async function checkJournal(directory: string, acknowledged: ReadonlySet<string>): Promise<Check> {
  const start = performance.now()
  const alarms: string[] = []
  const file = join(directory, 'journal.db')
  const journal = await createSqliteJournal({ file, alarm: ({ kind, message }) => alarms.push(`${kind}: ${message}`) })
  try {
    const streams = await journal.streams()
    for (const { stream, revision } of streams) alarms.push(...(await faultsOf(journal, { stream, revision })))
    const readyMilliseconds = performance.now() - start
    const { position } = await journal.head()
    const entries = position === 0 ? [] : await followUntil(journal, 0, position)
    if (alarms.length > 0) throw new Error(alarms.join('; '))
    return { ...compare(entries, { acknowledged, streams }), readyMilliseconds }
  } finally {
    await journal.close()
  }
}

async function faultsOf(journal: Journal, { stream, revision }: StreamRead): Promise<readonly string[]> {
  const loaded = await journal.load(stream)
  const from = loaded.snapshot?.revision ?? 0
  const pages = await readPages(loaded)
  const entries = await readEntries(loaded)
  const faults: string[] = loaded.damaged.map(({ reason }) => `\`${stream}\`: ${reason}`)
  if (loaded.snapshot !== undefined && !isSnapshotAt(from, pages)) faults.push(`\`${stream}\` has half a snapshot`)
  if (entries.length !== revision - from)
    faults.push(`\`${stream}\` has ${entries.length} entries from ${from} to ${revision}`)
  return faults
}

interface Expected {
  readonly acknowledged: ReadonlySet<string>
  readonly streams: readonly StreamRead[]
}

function compare(
  entries: readonly JournalEntry[],
  { acknowledged, streams }: Expected,
): Omit<Check, 'readyMilliseconds'> {
  const missingByBatch = new Map<string, number>()
  const revisions = new Map<string, number>()
  const halfApplied: string[] = []
  for (const { entryId, writes } of entries) {
    const { batch, size } = readEntryName(entryId)
    missingByBatch.set(batch, (missingByBatch.get(batch) ?? size) - 1)
    for (const { stream, revision } of writes) {
      if (revision !== (revisions.get(stream) ?? 0) + 1)
        halfApplied.push(`${entryId} at revision ${revision} of ${stream}`)
      revisions.set(stream, revision)
    }
  }
  for (const [batch, missing] of missingByBatch) if (missing !== 0) halfApplied.push(batch)
  for (const { stream, revision } of streams) {
    if (revisions.get(stream) !== revision) halfApplied.push(`${stream} at revision ${revision}`)
  }
  return { lost: [...acknowledged].filter((batch) => !missingByBatch.has(batch)), halfApplied }
}
