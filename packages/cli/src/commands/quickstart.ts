import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { createServer } from 'node:net'

import type { RootCredential, RunningServer } from '@iamd/server'

import type { CommandDefinition, CommandSession } from '../command.ts'
import { Failure, wrongUsage } from '../failure.ts'
import { dataPlaceOf, declareDataOptions, type DataOptions, type DataPlace } from '../service/data-options.ts'
import type { FirstAdministrator } from '../service/first-administrator.ts'
import { isLoopback, listenOption, parseListen, type ListenAddress } from '../service/listen-option.ts'
import { rootBox } from '../service/root-box.ts'
import { runUntilSignal } from '../service/run-until-signal.ts'
import { showSecret } from '../service/show-secret.ts'
import { startFailure } from '../service/start-failure.ts'

/** `iamd quickstart`: from nothing to a running service with an administrator. */
export const quickstart: CommandDefinition = {
  examples: [
    { want: 'an account, an administrator, and commands to try', type: 'iamd quickstart' },
    { want: 'in a directory and with a name of your own', type: 'iamd quickstart --data ./iamd-data --user alice' },
    { want: 'the next time', type: 'iamd start' },
  ],
  declare(command) {
    command
      .description(
        'Starts the service on a fresh data directory, makes the account and an administrator, deletes the root access ' +
          'key, shows the credentials once, and stays running. The next time, `iamd start` does.',
      )
      .addOption(listenOption())
    declareDataOptions(command)
    command
      .option('--user <name>', 'name of the administrator', 'admin')
      .option('--keep-root-key', 'leave the root access key as it is, and show the root credential too')
  },
  run: (command, session) => run(command.opts<Options>(), session),
}

type Options = DataOptions & {
  readonly listen: string
  readonly user: string
  readonly keepRootKey?: boolean
}

async function run(options: Options, session: CommandSession): Promise<void> {
  const { io, terminal } = session
  const listen = parseListen(options.listen)
  if (!isLoopback(listen)) {
    throw wrongUsage(`\`${options.listen}\` can be reached from other machines`, 'use `iamd start` with TLS for that')
  }
  const { createFirstAdministrator, firstAdministratorRequest } = await import('../service/first-administrator.ts')
  const request = firstAdministratorRequest(options.user)
  const place = await dataPlaceOf(options, io.env).catch((error: unknown) => {
    throw startFailure(error)
  })
  await assertFresh(place.dataDirectory)
  await assertFree(listen)
  const keepsRootKey = options.keepRootKey === true
  const server = await startFresh(place, listen)
  const rootKey = rootCredentialOf(server)
  await runUntilSignal(server, terminal.notes, async () => {
    try {
      const parts = { url: server.url, rootKey, keepsRootKey, session, signal: new AbortController().signal }
      const administrator = await createFirstAdministrator(request, parts)
      await show({ server, place, administrator, shownRoot: keepsRootKey ? rootKey : undefined }, terminal)
    } catch (error) {
      throw error instanceof Failure ? unfinished(error, place) : error
    }
  })
}

async function assertFresh(dataDirectory: string): Promise<void> {
  const names = await readdir(dataDirectory).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw new Failure(`\`${dataDirectory}\` cannot be read`, { remedy: 'name another with `--data`', cause: error })
  })
  // A master key may have been put there beforehand.
  if (names.every((name) => name === 'master.key')) return
  throw new Failure(`\`${dataDirectory}\` is in use already, and quickstart is for a fresh directory`, {
    remedy: `type \`iamd start --data ${dataDirectory}\`, or name another with \`--data\``,
  })
}

// A start makes files before it listens, and with them the directory is not fresh any more: a taken port has to be found
// before, or quickstart could not be typed again with another one.
async function assertFree(listen: ListenAddress): Promise<void> {
  const probe = createServer()
  try {
    await once(probe.listen(listen), 'listening')
  } catch (error) {
    throw startFailure(error, listen)
  }
  await once(probe.close(), 'close')
}

async function startFresh(place: DataPlace, listen: ListenAddress): Promise<RunningServer> {
  const { createLog, startProduction } = await import('@iamd/server')
  const rest = { listen, tls: undefined, rootEmail: undefined, trustedProxies: [], publicHost: undefined }
  return startProduction({ ...place, ...rest }, createLog()).catch((error: unknown) => {
    throw startFailure(error, listen)
  })
}

function rootCredentialOf({ rootCredential }: RunningServer): RootCredential {
  if (rootCredential === undefined) throw new Error('the first start of a fresh directory makes an account')
  return rootCredential
}

function unfinished(error: Failure, { dataDirectory }: DataPlace): Failure {
  return new Failure(error.message, { remedy: `remove \`${dataDirectory}\` and run quickstart again`, cause: error })
}

type Result = {
  readonly server: RunningServer
  readonly place: DataPlace
  readonly administrator: FirstAdministrator
  readonly shownRoot: RootCredential | undefined
}

async function show(result: Result, { format, results }: CommandSession['terminal']): Promise<void> {
  const { server, place, administrator, shownRoot } = result
  const { dataDirectory } = place
  const consoleUrl = `http://localhost:${new URL(server.url).port}/console/`
  const remedy = `remove \`${dataDirectory}\` and run quickstart again`
  if (format === 'json') {
    const running = { status: 'running', profile: 'production', url: server.url, dataDirectory, consoleUrl }
    await showSecret(JSON.stringify({ ...running, ...administrator, rootCredential: shownRoot }), results, remedy)
    return
  }
  const lines = [
    ...(shownRoot === undefined ? [] : [rootBox('The root user of the new account', shownRoot, results), '']),
    ...resultLines({ ...result, consoleUrl }),
  ]
  await showSecret(lines.join('\n'), results, remedy)
}

function resultLines({
  server,
  place,
  administrator,
  shownRoot,
  consoleUrl,
}: Result & { consoleUrl: string }): string[] {
  const { accountId, userName, password, accessKeyId, secretAccessKey } = administrator
  const start = `iamd start --data ${place.dataDirectory}`
  return [
    `iamd is running: production profile at ${server.url}, data in ${place.dataDirectory}`,
    '',
    `  Account            ${accountId}`,
    `  Sign-in name       ${userName}`,
    `  Password           ${password}`,
    `  Access key ID      ${accessKeyId}`,
    `  Secret access key  ${secretAccessKey}`,
    `  Console            ${consoleUrl} (not part of this version yet)`,
    '',
    'Keep password and secret now: they are shown this once.',
    ...(shownRoot === undefined
      ? [
          'Root is locked away: it has no access key, and nobody knows its password. `iamd recover root` makes new ones.',
        ]
      : []),
    '',
    'Try it with the AWS CLI, in another terminal:',
    '',
    `export AWS_ENDPOINT_URL=${server.url} AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1`,
    `export AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY='${secretAccessKey}'`,
    'unset AWS_SESSION_TOKEN',
    'aws sts get-caller-identity',
    'aws iam create-user --user-name bob',
    'aws iam list-users',
    '',
    `Ctrl-C stops it; the next time: ${start}`,
  ]
}
