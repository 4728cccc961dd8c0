/**
 * A process that writes to a journal until it is killed: eight writers at once, and one that takes snapshots. Prints a
 * line with the name of each batch once it has been acknowledged. Usage: writer.ts DIRECTORY [NORMAL]
 */

import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { sampleEntry } from '../../src/journal/contract/sample-entries.ts'
import type { Journal, ProposedEntry, StreamId } from '../../src/journal/journal.ts'
import { createSqliteJournal } from '../../src/journal/sqlite/sqlite.ts'
import { batchName, entryName, SHARED_STREAM, snapshotOf, streamOf, WRITERS } from './written.ts'

const [, , directory = '', synchronous] = process.argv

const journal: Journal = await createSqliteJournal({
  file: join(directory, 'journal.db'),
  tuning: { synchronous: synchronous === 'NORMAL' ? 'NORMAL' : 'FULL', checkpointPages: 100 },
})
const session = randomUUID()
const revisions = new Map<StreamId, number>((await journal.streams()).map(({ stream, revision }) => [stream, revision]))

await Promise.all([...Array.from({ length: WRITERS }, (_, writer) => write(writer)), takeSnapshots()])

async function write(writer: number): Promise<void> {
  for (let number = 0; ; number += 1) {
    const name = batchName(session, writer, number)
    const batch = makeBatch(name, { writer, number })
    const outcome = await journal.append(batch)
    if (outcome.kind === 'unknown') throw outcome.cause
    if (outcome.kind === 'conflict') continue
    for (const { stream, revision } of batch.flatMap(({ writes }) => writes)) revisions.set(stream, revision)
    // A pipe takes it at once: it is with the parent whatever happens to this process next.
    process.stdout.write(`${name}\n`)
  }
}

/** One to five entries on the writer's own stream; every third batch is on the stream of all as well, and may conflict. */
function makeBatch(
  name: string,
  { writer, number }: { readonly writer: number; readonly number: number },
): readonly ProposedEntry[] {
  const size = 1 + (number % 5)
  const streams = number % 3 === 0 ? [streamOf(writer), SHARED_STREAM] : [streamOf(writer)]
  return Array.from({ length: size }, (_, index) => {
    const writes = streams.map((stream) => [stream, (revisions.get(stream) ?? 0) + index + 1] as const)
    return sampleEntry(entryName(name, index, size), {
      writes,
      record: { note: 'x'.repeat(20 + ((number * 137) % 900)) },
    })
  })
}

async function takeSnapshots(): Promise<void> {
  for (let number = 0; ; number += 1) {
    const stream = streamOf(number % WRITERS)
    const revision = revisions.get(stream) ?? 0
    if (revision > 0) await journal.writeSnapshot(snapshotOf(stream, revision))
    else await journal.head()
  }
}
