import type { PolicyKind } from '@iamd/policy'

import type { CommandDefinition, CommandSession } from '../command.ts'
import { exitCodes, ReportedEnd } from '../failure.ts'
import { checkFile, countsOf, type CheckedFile } from '../policy/check/check-files.ts'
import { jsonReport, textReport } from '../policy/check/check-report.ts'
import { kindNames, parseKind } from '../policy/check/kind-option.ts'
import { namedPolicies } from '../policy/named-files.ts'
import { sarifLog } from '../policy/check/sarif-log.ts'
import { readPolicyFile } from '../policy/policy-file.ts'

type CheckOptions = { readonly kind?: PolicyKind; readonly strict?: boolean }

/** `iamd policy check`: whether AWS and iamd would store policies, and what is likely not meant. */
export const policyCheck: CommandDefinition = {
  examples: [
    { want: 'every `*.json` below a folder, each as what it looks like', type: 'iamd policy check policies' },
    { want: 'a service control policy', type: 'iamd policy check --kind scp region.json' },
    { want: 'what another program writes', type: 'iamd policy check - --kind managed' },
    {
      want: 'a report for code scanning, in which warnings are errors',
      type: 'iamd policy check policies --strict --output sarif',
    },
  ],
  formats: ['text', 'json', 'sarif'],
  declare(command) {
    command
      .description(
        'Checks policies as they are checked before they are stored, with the sentences that AWS answers with, and warns of ' +
          'what is stored and likely not meant. Ends with 0 if there is no error, 1 if there is one, 2 if a file cannot be read.',
      )
      .argument('<FILE...>', 'policies, folders with `*.json` below them, patterns, or `-` for standard input')
      .option(
        '--kind <kind>',
        `what all of them are: ${kindNames.join(', ')} (default: what each looks like)`,
        parseKind,
      )
      .option('--strict', 'warnings are errors')
  },
  run: (command, session) => run(command.args, command.opts<CheckOptions>(), session),
}

async function run(named: readonly string[], options: CheckOptions, session: CommandSession): Promise<void> {
  const { terminal, io } = session
  const checked: CheckedFile[] = []
  for (const name of await namedPolicies(named)) {
    const file = await readPolicyFile(name, io)
    checked.push(checkFile(file, { kind: options.kind, isStrict: options.strict === true }))
  }
  await terminal.results.line(reportOf(checked, terminal))
  if (countsOf(checked).errors > 0) throw new ReportedEnd(exitCodes.failed)
}

function reportOf(files: readonly CheckedFile[], { format, results }: CommandSession['terminal']): string {
  if (format === 'json') return jsonReport(files)
  return format === 'sarif' ? sarifLog(files) : textReport(files, results)
}
