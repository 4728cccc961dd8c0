import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { judge, type Verdict } from './judge.ts'
import { copyStore, ENTRIES_PER_BATCH, STREAMS, type Truth } from './sample-store.ts'

/** A frame of the log is a header of 24 bytes and a page: https://sqlite.org/fileformat2.html#the_write_ahead_log */
const FRAME_BYTES = 24 + 4096

/** How many places there are to cut the last two frames at. */
export const CUTS: number = 2 * FRAME_BYTES

/** Cuts the log of a sample off in the last two frames, or fills it up with noise from there, and looks at what is left. */
export async function tearLog(
  sample: { readonly directory: string; readonly truth: Truth },
  into: string,
  { cut, noise }: { readonly cut: number; readonly noise: boolean },
): Promise<Verdict> {
  copyStore(sample.directory, into)
  const log = join(into, 'journal.db-wal')
  const bytes = statSync(log).size
  if (noise) writeFileSync(log, readFileSync(log).fill(0xa5, bytes - cut))
  else truncateSync(log, bytes - cut)
  const verdict = await judge(into, sample.truth)
  return { ...verdict, lies: [...verdict.lies, ...liesOfTail(verdict, sample.truth)] }
}

/** INVARIANT (D-4): it opens, has whole batches only, and says so when one that was acknowledged is gone. */
function liesOfTail({ refused, damaged, alarms, revisions }: Verdict, { entries }: Truth): readonly string[] {
  if (refused !== undefined) return [`it refused to open: ${refused}`]
  const served = new Set(STREAMS.map((stream) => revisions.get(stream)))
  if (damaged.length > 0 || served.size !== 1) return ['a part of a batch is there']
  const isWhole = served.has(entries.length / ENTRIES_PER_BATCH)
  return isWhole === alarms.includes('tail-lost') ? ['what is lost and what is reported do not agree'] : []
}
