import { Command, Option } from 'commander'

import manifest from '../package.json' with { type: 'json' }
import type { CommandDefinition, CommandEntry, CommandSession } from './command.ts'
import { Failure } from './failure.ts'
import { openPrompter } from './prompter.ts'
import { openTerminal, printerOn, type CommandIo, type OutputFormat, type Printer } from './terminal.ts'

/** What the program is made of. */
export type ProgramParts = {
  readonly entries: readonly CommandEntry[]
  readonly groupSummaries: Readonly<Record<string, string>>
}

/**
 * Runs what was typed. Only the command whose words were typed is imported, because what commands import (SDKs, the
 * server) costs far more time than parsing; the others are known by name and summary. Rejects with a `Failure`, or
 * with a `CommanderError` once commander has printed help or a complaint.
 */
export async function runProgram(parts: ProgramParts, args: readonly string[], io: CommandIo): Promise<void> {
  const output = outputOption()
  const program = rootCommand(io, output)
  const commands = parts.entries.map((entry) => ({ entry, command: addEntry(program, entry, parts.groupSummaries) }))
  // Commander takes the options of all commands out first, so the words of the command are the first operands.
  const { operands } = program.parseOptions([...args])
  const typed = commands.find(({ entry }) => entry.words.split(' ').every((word, index) => word === operands[index]))
  const definition = await typed?.entry.load()
  // What it may be depends on the command, which is known only now.
  output.choices(definition?.formats ?? ['text', 'json'])
  if (typed !== undefined && definition !== undefined) complete(typed.command, definition, io)
  // Help about a command that is not there would be that of its group, as if all were well.
  const isKnown = commands.some(({ entry }) => isOnTheWayTo(entry.words.split(' '), operands))
  await program.parseAsync(isKnown ? args : operands, { from: 'user' })
}

function isOnTheWayTo(words: readonly string[], operands: readonly string[]): boolean {
  return words.every((word, index) => operands[index] === undefined || operands[index] === word)
}

function rootCommand(io: CommandIo, output: Option): Command {
  const printer = printerOn(io.stdout, io.env)
  return new Command('iamd')
    .description('IAM that you run yourself, wire-compatible with AWS.')
    .usage('COMMAND [options]')
    .version(`iamd ${manifest.version}`, '--version', 'show the version')
    .helpOption('-h, --help', 'show help and examples')
    .helpCommand(false)
    .addOption(output)
    .configureHelp({ showGlobalOptions: true, styleTitle: (title) => printer.paint('bold', title) })
    .configureOutput({
      writeOut: (text) => writeIfRead(io.stdout, text),
      writeErr: (text) => writeIfRead(io.stderr, text),
      getOutHasColors: () => printer.paint('bold', 'x') !== 'x',
      getErrHasColors: () => false,
      outputError: (text, write) => {
        write(text.replace(/^error: /, 'iamd: '))
      },
    })
    .exitOverride()
    .addHelpText('after', '\nHelp on one command, with examples: iamd COMMAND --help')
}

// `iamd --help | head` closes the pipe early: help that nobody reads to its end is no failure.
function writeIfRead(stream: CommandIo['stdout'], text: string): void {
  stream.once('error', () => undefined)
  stream.write(text)
}

function outputOption(): Option {
  return new Option('--output <format>', 'how results are printed').default('text')
}

function addEntry(program: Command, entry: CommandEntry, groupSummaries: ProgramParts['groupSummaries']): Command {
  const words = entry.words.split(' ')
  const name = words.pop() ?? ''
  let parent = program
  for (const word of words) {
    const known = parent.commands.find((command) => command.name() === word)
    parent =
      known ??
      parent
        .command(word)
        .description(groupSummaries[word] ?? '')
        .helpCommand(false)
  }
  // The example in a refusal of wrong options is worth more than the whole help, which would scroll the error away.
  return parent.command(name).summary(entry.summary).showHelpAfterError(`(examples: iamd ${entry.words} --help)`)
}

function complete(command: Command, definition: CommandDefinition, io: CommandIo): void {
  definition.declare(command)
  command.addHelpText('after', () => exampleText(definition, printerOn(io.stdout, io.env)))
  command.action(async () => {
    const { output } = command.optsWithGlobals<{ output: OutputFormat }>()
    const session = { io, terminal: openTerminal(io, output), prompter: openPrompter(io) }
    await runReporting(() => definition.run(command, session), session)
  })
}

function exampleText({ examples }: CommandDefinition, { paint }: Printer): string {
  const lines = examples.map(({ want, type }) => `  ${paint('dim', `# ${want}`)}\n  ${type}`)
  return `\n${paint('bold', 'Examples:')}\n${lines.join('\n\n')}`
}

// With `--output json` a program reads the answer, so a failure is an object on standard output too.
async function runReporting(run: () => Promise<void>, { terminal }: CommandSession): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (terminal.format === 'json' && error instanceof Failure) {
      const { message, remedy, report } = error
      await terminal.results.line(JSON.stringify({ ...report, status: 'failed', error: { message, remedy } }, null, 2))
    }
    throw error
  }
}
