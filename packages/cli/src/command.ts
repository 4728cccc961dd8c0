import type { Command } from 'commander'

import type { Prompter } from './prompter.ts'
import type { CommandIo, OutputFormat, Terminal } from './terminal.ts'

/** One line of a command's help that teaches: what one wants, and what one types for it. */
export type Example = { readonly want: string; readonly type: string }

/** What a running command has to work with. */
export type CommandSession = { readonly io: CommandIo; readonly terminal: Terminal; readonly prompter: Prompter }

/** One command: what it takes, how it is used, what it does. */
export type CommandDefinition = {
  readonly examples: readonly Example[]
  /** Adds arguments, options and description to the (still empty) command. */
  readonly declare: (command: Command) => void
  /** What `--output` may be; absent for text and JSON. */
  readonly formats?: readonly OutputFormat[]
  /**
   * Does the work; `command.args` and `command.opts()` are parsed by then. Throws a `Failure` to end otherwise, or a
   * `ReportedEnd` where what was printed says it all.
   */
  readonly run: (command: Command, session: CommandSession) => Promise<void>
}

/** A line of the list of commands: enough for `iamd --help`; the rest is imported when the command is typed. */
export type CommandEntry = {
  /** The words that are typed, such as `admin create`. */
  readonly words: string
  readonly summary: string
  readonly load: () => Promise<CommandDefinition>
}
