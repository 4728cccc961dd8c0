import { CommanderError } from 'commander'

import { commandEntries, groupSummaries } from './commands/registry.ts'
import { exitCodes, Failure, reasonOf, ReportedEnd } from './failure.ts'
import { runProgram, type ProgramParts } from './program.ts'
import { printerOn, type CommandIo } from './terminal.ts'

/** Runs what was typed after `iamd` and returns the exit code (0 done, 1 failed, 2 wrong usage). */
export function main(args: readonly string[], io: CommandIo): Promise<number> {
  return runCommands({ entries: commandEntries, groupSummaries }, args, io)
}

/** The same with other commands than iamd's own. */
export async function runCommands(parts: ProgramParts, args: readonly string[], io: CommandIo): Promise<number> {
  try {
    await runProgram(parts, withHelpAsOption(args), io)
    return exitCodes.done
  } catch (error) {
    return reportEnd(error, io)
  }
}

// `iamd help admin create` is `iamd admin create --help`: commander's own help command knows nothing of lazy commands.
function withHelpAsOption(args: readonly string[]): string[] {
  const [first, ...rest] = args
  return first === 'help' ? [...rest, '--help'] : [...args]
}

async function reportEnd(error: unknown, io: CommandIo): Promise<number> {
  // Commander has printed its help or its complaint already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage
  if (error instanceof ReportedEnd) return error.exitCode
  const notes = printerOn(io.stderr, io.env)
  if (error instanceof Failure) {
    const remedy = error.remedy === undefined ? '' : `; ${error.remedy}`
    await notes.line(`${notes.paint('red', 'iamd:')} ${error.message}${remedy}`)
    return error.exitCode
  }
  const stack = error instanceof Error ? error.stack : undefined
  await notes.line(`${notes.paint('red', 'iamd:')} this is a bug in iamd: ${stack ?? reasonOf(error)}`)
  return exitCodes.failed
}
