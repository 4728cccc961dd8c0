import type { CommandDefinition, CommandSession } from '../command.ts'
import { exitCodes, ReportedEnd, wrongUsage } from '../failure.ts'
import { interruptibly } from '../interruptibly.ts'
import { checkExpectations, type FileOutcome } from '../policy/check-expectations.ts'
import { readExpectationFile } from '../policy/expectation-file.ts'
import { namedExpectations } from '../policy/named-files.ts'
import { jsonReport, junitReport, textReport } from '../policy/test-report.ts'
import { type Run, watchExpectations } from '../policy/watch-expectations.ts'

/** `iamd policy test`: whether policies say what a team expects of them. */
export const policyTest: CommandDefinition = {
  examples: [
    { want: 'every `*.test.json` below a folder', type: 'iamd policy test policies' },
    { want: 'again after each change', type: 'iamd policy test policies --watch' },
    { want: 'a report for CI', type: 'iamd policy test policies --output junit' },
  ],
  formats: ['text', 'json', 'junit'],
  declare(command) {
    command
      .description(
        'Asks the engine what expectation files expect of policies, and shows why where it answers otherwise. Ends with 0 ' +
          'if all is as expected, 1 if something is not, 2 if a file cannot be used. docs/policies.md has the form of the files.',
      )
      .argument('<FILE...>', 'expectation files, or folders with files that end in `.test.json`')
      .option('--watch', 'run again whenever a file changes')
  },
  run: (command, session) => run(command.args, command.opts<{ watch?: boolean }>(), session),
}

async function run(named: readonly string[], { watch }: { watch?: boolean }, session: CommandSession): Promise<void> {
  const { terminal } = session
  if (watch === true) {
    if (terminal.format !== 'text') throw wrongUsage('`--watch` is for a person', 'leave `--output` out')
    await interruptibly((signal) => watchExpectations({ named, runOnce: () => runOnce(named), signal }, session))
    return
  }
  const { outcomes } = await runOnce(named)
  await terminal.results.line(reportOf(outcomes, terminal))
  const isAsExpected = outcomes.every((file) => file.outcomes.every(({ problem }) => problem === undefined))
  if (!isAsExpected) throw new ReportedEnd(exitCodes.failed)
}

function reportOf(files: readonly FileOutcome[], { format, results }: CommandSession['terminal']): string {
  if (format === 'json') return jsonReport(files)
  return format === 'junit' ? junitReport(files) : textReport(files, results)
}

async function runOnce(named: readonly string[]): Promise<Run> {
  const paths = await namedExpectations(named)
  const files = await Promise.all(paths.map(readExpectationFile))
  return { outcomes: files.map(checkExpectations), files: files.flatMap((file) => file.files) }
}
