import { stat } from 'node:fs/promises'

import type { CommandSession } from '../command.ts'
import { Failure, reasonOf } from '../failure.ts'
import type { FileOutcome } from './check-expectations.ts'
import { FileWatch } from './file-watch.ts'
import { textReport } from './test-report.ts'

/** One run over the expectation files: what came of them, and every file that was read for it. */
export type Run = { readonly outcomes: readonly FileOutcome[]; readonly files: readonly string[] }

type Watching = {
  /** Files and folders as they were typed. */
  readonly named: readonly string[]
  /** Throws a `Failure` for a file that cannot be used. */
  readonly runOnce: () => Promise<Run>
  /** Ends the watching. */
  readonly signal: AbortSignal
}

/** Runs now, and again whenever a file changes, until the signal comes. A file that cannot be used is told and waited for. */
export async function watchExpectations(
  { named, runOnce, signal }: Watching,
  { terminal }: CommandSession,
): Promise<void> {
  const watch = new FileWatch()
  try {
    // Before the first run, so that no change falls between.
    for (const name of named) await addNamed(watch, name)
    do {
      const run = await runOrTell(runOnce, terminal.notes)
      for (const file of run?.files ?? []) watch.addFile(file)
      if (run !== undefined) await terminal.results.line(textReport(run.outcomes, terminal.results))
      await terminal.notes.line(terminal.notes.paint('dim', 'watching for changes; Ctrl-C ends'))
    } while (await watch.change(signal))
  } finally {
    watch.close()
  }
}

async function addNamed(watch: FileWatch, name: string): Promise<void> {
  if ((await stat(name)).isDirectory()) watch.addFolder(name)
  else watch.addFile(name)
}

async function runOrTell(
  runOnce: Watching['runOnce'],
  notes: CommandSession['terminal']['notes'],
): Promise<Run | undefined> {
  try {
    return await runOnce()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    await notes.line(`${notes.paint('red', 'iamd:')} ${reasonOf(error)}`)
    return undefined
  }
}
