import { InvalidArgumentError, Option } from 'commander'

import type { ProductionConfiguration, RunningServer } from '@iamd/server'

import type { CommandDefinition, CommandSession } from '../command.ts'
import { wrongUsage } from '../failure.ts'
import { dataPlaceOf, declareDataOptions, type DataOptions } from '../service/data-options.ts'
import { isLoopback, listenOption, parseListen } from '../service/listen-option.ts'
import { rootBox } from '../service/root-box.ts'
import { runUntilSignal } from '../service/run-until-signal.ts'
import { showSecret } from '../service/show-secret.ts'
import { startFailure } from '../service/start-failure.ts'

/** `iamd start`: the production profile, on a data directory. */
export const start: CommandDefinition = {
  examples: [
    { want: 'on this machine only, data in the default directory', type: 'iamd start' },
    { want: 'another directory and port', type: 'iamd start --data /var/lib/iamd --listen 127.0.0.1:8443' },
    {
      want: 'for other machines, with TLS',
      type: 'iamd start --data /var/lib/iamd --listen 0.0.0.0:4263 --tls-cert iam.crt --tls-key iam.key',
    },
    {
      want: 'behind a load balancer, on both cores',
      type: 'iamd start --listen 0.0.0.0:4263 --insecure-listen --trusted-proxy 10.0.0.0/8 --workers 2',
    },
    {
      want: 'with the master key in a key manager instead of a file',
      type: 'iamd start --data /var/lib/iamd --master-key-command "pass show iamd/master-key"',
    },
  ],
  declare(command) {
    command
      .description(
        'Serves IAM and STS from a data directory. The first start makes the account and shows its root credential ' +
          'once. Ctrl-C or SIGTERM stops it when the calls that are running have finished (10 s at most).',
      )
      .addOption(listenOption())
    declareDataOptions(command)
    command
      .option('--tls-cert <file>', 'certificate chain (PEM) to serve TLS with')
      .option('--tls-key <file>', 'its key (PEM)')
      .option('--insecure-listen', 'serve an address that others can reach without TLS')
      .option(
        '--trusted-proxy <range>',
        'IP range of proxies whose Forwarded header and PROXY protocol (version 2) are believed; may be repeated',
        (range: string, before: readonly string[]) => [...before, range],
        [],
      )
      .option(
        '--public-host <host>',
        'host (and port) that clients sign, where a trusted proxy puts another in its place',
      )
      .addOption(
        new Option('--workers <count>', 'processes that share the address and the journal')
          .default(1)
          .argParser(parseWorkers),
      )
      .option('--root-email <address>', 'e-mail address of the root user that the first start makes')
  },
  run: (command, session) => run(command.opts<Options>(), session),
}

type Options = DataOptions & {
  readonly listen: string
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly insecureListen?: boolean
  readonly rootEmail?: string
  readonly trustedProxy: readonly string[]
  readonly publicHost?: string
  readonly workers: number
}

async function run(options: Options, { io, terminal }: CommandSession): Promise<void> {
  const configuration = await configurationOf(options, io.env)
  const { createLog, startProduction, startSupervisor } = await import('@iamd/server')
  const starting =
    options.workers === 1
      ? startProduction(configuration, createLog())
      : startSupervisor(configuration, options.workers, createLog())
  const server = await starting.catch((error: unknown) => {
    throw startFailure(error, configuration.listen)
  })
  await runUntilSignal(server, terminal.notes, async () => {
    await announce(server, configuration, terminal)
    await server.clearNotices()
  })
}

async function announce(
  { url, rootCredential, notices }: RunningServer,
  { dataDirectory }: ProductionConfiguration,
  { format, notes, results }: CommandSession['terminal'],
): Promise<void> {
  const remedy = `stop the server and make another one with \`iamd recover root --data ${dataDirectory}\``
  if (format === 'json') {
    const told = notices.map(({ time, text }) => ({ time, text }))
    const running = { status: 'running', profile: 'production', url, dataDirectory, notices: told, rootCredential }
    await showSecret(JSON.stringify(running), results, remedy)
    return
  }
  await notes.line(`${notes.paint('bold', 'iamd: production profile')} at ${url}, data in ${dataDirectory}`)
  for (const { time, text } of notices)
    await notes.line(notes.paint('yellow', `since the last start, ${time}: ${text}`))
  if (rootCredential === undefined) return
  await showSecret(rootBox('The root user of the new account', rootCredential, results), results, remedy)
  await notes.line(
    [
      'The root user may do everything, so use it once: make an administrator and lock the root key away, with the key',
      'above in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY:',
      `  iamd admin create NAME --endpoint-url ${url} --write-profile NAME --lock-root`,
    ].join('\n'),
  )
}

async function configurationOf(options: Options, env: CommandSession['io']['env']): Promise<ProductionConfiguration> {
  const listen = parseListen(options.listen)
  const tls = tlsOf(options)
  if (tls === undefined && !isLoopback(listen) && options.insecureListen !== true) {
    throw wrongUsage(
      `\`${options.listen}\` can be reached from other machines, and there is no TLS`,
      'give `--tls-cert` and `--tls-key`, or say `--insecure-listen` if something else protects the way',
    )
  }
  const { rootEmail } = options
  // The limits of an AWS account's e-mail address (Organizations, CreateAccount: `[^\s@]+@[^\s@]+\.[^\s@]+`, 6 to 64).
  if (rootEmail !== undefined && (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(rootEmail) || rootEmail.length > 64)) {
    throw wrongUsage(`\`--root-email ${rootEmail}\` is not an e-mail address`)
  }
  const place = await dataPlaceOf(options, env).catch((error: unknown) => {
    throw startFailure(error)
  })
  const { trustedProxy: trustedProxies, publicHost } = options
  if (publicHost !== undefined && trustedProxies.length === 0) {
    throw wrongUsage('`--public-host` says what a trusted proxy replaced, and there is none', 'give `--trusted-proxy`')
  }
  if (publicHost !== undefined && !PUBLIC_HOST.test(publicHost)) {
    throw wrongUsage(
      `\`--public-host ${publicHost}\` is not a host`,
      'an example is iam.example.com, or iam.example.com:8443',
    )
  }
  return { ...place, listen, tls, rootEmail, trustedProxies, publicHost }
}

/** As in a Host header: a name or an address, and a port where it is not the usual one. */
const PUBLIC_HOST = /^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/
const WORKERS_MAX = 64

function parseWorkers(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1 && count <= WORKERS_MAX) return count
  throw new InvalidArgumentError(`a number from 1 to ${WORKERS_MAX}`)
}

function tlsOf({ tlsCert, tlsKey }: Options): ProductionConfiguration['tls'] {
  if (tlsCert === undefined && tlsKey === undefined) return undefined
  if (tlsCert === undefined || tlsKey === undefined) {
    throw wrongUsage('`--tls-cert` and `--tls-key` belong together', 'give both')
  }
  return { certFile: tlsCert, keyFile: tlsKey }
}
