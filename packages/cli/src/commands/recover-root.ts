import type { CommandDefinition, CommandSession } from '../command.ts'
import { dataPlaceOf, declareDataOptions, type DataOptions } from '../service/data-options.ts'
import { rootBox } from '../service/root-box.ts'
import { showSecret } from '../service/show-secret.ts'
import { startFailure } from '../service/start-failure.ts'

/** `iamd recover root`: offline, for whoever holds the data directory and the master key. */
export const recoverRoot: CommandDefinition = {
  examples: [
    { want: 'a new root credential, while the server is stopped', type: 'iamd recover root' },
    { want: 'of one account of several', type: 'iamd recover root --data /var/lib/iamd --account 123456789012' },
  ],
  declare(command) {
    command.description(
      'Gives the root user a new password and a new access key, and deletes its former keys. The server must be ' +
        'stopped. It is recorded in the journal, and the next start says that it happened.',
    )
    declareDataOptions(command)
    command.option('--account <number>', 'account whose root user it is; needed if there are several')
  },
  run: (command, session) => run(command.opts<Options>(), session),
}

type Options = DataOptions & { readonly account?: string }

async function run(options: Options, { io, terminal }: CommandSession): Promise<void> {
  const { createLog, recoverRoot: recover } = await import('@iamd/server')
  const credential = await dataPlaceOf(options, io.env)
    .then((place) => recover(place, options.account, createLog()))
    .catch((error: unknown) => {
      throw startFailure(error)
    })
  const { results, notes } = terminal
  const text =
    terminal.format === 'json'
      ? JSON.stringify({ status: 'recovered', rootCredential: credential })
      : rootBox('The new root credential', credential, results)
  await showSecret(text, results, 'run the same command again for another one')
  await notes.line('The former root password and access keys no longer work. The next start announces this.')
}
