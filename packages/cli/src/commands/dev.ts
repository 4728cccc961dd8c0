import type { EmulatorConfiguration, RunningEmulator } from '@iamd/server'
import type { Command } from 'commander'

import type { CommandDefinition, CommandSession } from '../command.ts'
import { wrongUsage } from '../failure.ts'
import { isLoopback, listenOption, parseListen } from '../service/listen-option.ts'
import { runUntilSignal } from '../service/run-until-signal.ts'
import { startFailure } from '../service/start-failure.ts'
import type { Terminal } from '../terminal.ts'

/** `iamd dev`: the emulator, for tests and trying things out. */
export const dev: CommandDefinition = {
  examples: [
    { want: 'an IAM in memory, gone when it stops', type: 'iamd dev' },
    {
      want: 'with an account and a root key that tests know beforehand',
      type: 'iamd dev --account 123456789012 --root-access-key-id AKIAIOSFODNN7EXAMPLE --root-secret-access-key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    },
    {
      want: 'one more account for one test: number and root key as JSON',
      type: 'curl -X POST -H "X-Iamd-Dev: 1" http://localhost:4263/_iamd/dev/accounts',
    },
    {
      want: 'everything back to the beginning',
      type: 'curl -X POST -H "X-Iamd-Dev: 1" http://localhost:4263/_iamd/dev/reset',
    },
    { want: 'find out which permissions an application lacks, without breaking it', type: 'iamd dev --soft' },
  ],
  declare(command) {
    command
      .description(
        'Serves IAM and STS from memory, with what tests want and production must not have: accounts on request, ' +
          'a reset, a clock that can be set, denials that are only told. Calls are signed and authorised as always.',
      )
      .addOption(listenOption())
      .option('--account <number>', 'number of the account; default: 123456789012')
      .option('--root-access-key-id <id>', 'root access key; default: a new one at each start')
      .option('--root-secret-access-key <secret>', 'its secret')
      .option('--soft', 'let through what policies deny, and log it instead')
      .option(
        '--dev-host <name>',
        'one more host name by which the /_iamd/dev/ paths may be called; may be repeated',
        (name, names: readonly string[] | undefined) => [...(names ?? []), name],
      )
      .option('--insecure-listen', 'serve an address that others can reach')
  },
  run: (command, session) => run(command, session),
}

type Options = {
  readonly listen: string
  readonly account?: string
  readonly rootAccessKeyId?: string
  readonly rootSecretAccessKey?: string
  readonly soft?: boolean
  readonly devHost?: readonly string[]
  readonly insecureListen?: boolean
}

async function run(command: Command, { terminal }: CommandSession): Promise<void> {
  const options = command.opts<Options>()
  const configuration = configurationOf(options)
  const { createLog, startEmulator } = await import('@iamd/server')
  const emulator = await startEmulator(configuration, createLog()).catch((error: unknown) => {
    throw startFailure(error, configuration.listen)
  })
  await runUntilSignal(emulator, terminal.notes, () => announce(emulator, configuration.isSoft, terminal))
}

async function announce({ url, account }: RunningEmulator, isSoft: boolean, terminal: Terminal): Promise<void> {
  const { format, notes, results } = terminal
  if (format === 'json') {
    await results.line(JSON.stringify({ status: 'running', profile: 'emulator', url, isSoft, ...account }))
    return
  }
  await notes.line(`${notes.paint('bold', 'iamd: emulator profile')} (in memory, for tests only) at ${url}`)
  if (isSoft) await notes.line(notes.paint('yellow', 'soft mode: what policies deny is logged here and let through'))
  await notes.line(`account ${account.accountId}; for its root user:`)
  await results.line(environmentLines(url, account).join('\n'))
  await notes.line('Ctrl-C stops it and forgets everything')
}

function environmentLines(url: string, account: { accessKeyId: string; secretAccessKey: string }): string[] {
  return [
    `export AWS_ENDPOINT_URL=${url}`,
    // The AWS CLI's first version reads only the latter, the SDK for JavaScript only the former.
    'export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1',
    `export AWS_ACCESS_KEY_ID=${account.accessKeyId}`,
    `export AWS_SECRET_ACCESS_KEY='${account.secretAccessKey}'`,
  ]
}

function configurationOf(options: Options): EmulatorConfiguration {
  const { account, rootAccessKeyId, rootSecretAccessKey } = options
  const listen = parseListen(options.listen)
  if (!isLoopback(listen) && options.insecureListen !== true) {
    throw wrongUsage(`\`${options.listen}\` can be reached from other machines`, 'say so with `--insecure-listen`')
  }
  if (account !== undefined && !/^\d{12}$/.test(account)) {
    throw wrongUsage(`\`--account ${account}\` is not an account number`, 'give 12 digits')
  }
  return {
    listen,
    hostNames: options.devHost ?? [],
    accountId: account,
    rootKey: rootKeyOf(rootAccessKeyId, rootSecretAccessKey),
    isSoft: options.soft === true,
  }
}

function rootKeyOf(
  accessKeyId: string | undefined,
  secretAccessKey: string | undefined,
): { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined {
  if (accessKeyId === undefined && secretAccessKey === undefined) return undefined
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw wrongUsage('`--root-access-key-id` and `--root-secret-access-key` belong together', 'give both')
  }
  // The limits of accessKeyIdType in the published model; the secret's are ours, it is never sent.
  if (!/^\w{16,128}$/.test(accessKeyId)) {
    throw wrongUsage(`\`${accessKeyId}\` is not an access key id`, 'give 16 to 128 letters and digits')
  }
  if (!/^[\x21-\x7e]{8,128}$/.test(secretAccessKey)) {
    throw wrongUsage(
      'the root secret access key is too short or has odd characters',
      'give 8 to 128 visible characters',
    )
  }
  return { accessKeyId, secretAccessKey }
}
