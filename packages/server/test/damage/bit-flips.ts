import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StoreTuning } from '../../src/journal/sqlite/exchange.ts'
import { judge, type Verdict } from './judge.ts'
import { copyStore, ENTRIES_PER_BATCH, type Truth } from './sample-store.ts'

/** Flips one bit of the main file of a sample and looks at what the journal then says. */
export async function flipBit(
  sample: { readonly directory: string; readonly truth: Truth },
  into: string,
  { random, tuning }: { readonly random: (bound: number) => number; readonly tuning: Partial<StoreTuning> },
): Promise<Verdict> {
  copyStore(sample.directory, into)
  const bytes = readFileSync(join(into, 'journal.db'))
  const at = random(bytes.length)
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8))
  writeFileSync(join(into, 'journal.db'), bytes)
  const verdict = await judge(into, sample.truth, tuning)
  const whole = sample.truth.entries.length / ENTRIES_PER_BATCH
  const lies = [...verdict.lies]
  for (const [stream, revision] of verdict.revisions) {
    if (revision !== whole) lies.push(`\`${stream}\` ends at revision ${revision} and nobody says so`)
  }
  return { ...verdict, lies: lies.map((lie) => `bit flipped in byte ${at}: ${lie}`) }
}
