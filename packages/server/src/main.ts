/**
 * Starts servers: reads the configuration, opens the journal, builds the pipeline, listens. The only file that knows everyone.
 */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { NoticeRecord } from './account/directory-tables.ts'
import type { Activity } from './activity/activity.ts'
import { ACTIVITY_FILE, createSqliteActivity } from './activity/sqlite/sqlite-activity.ts'
import { PrincipalPolicySource } from './authority/principal-policies.ts'
import { ConfigurationFault } from './config/configuration-fault.ts'
import { assertNotInspectable, refuseDebuggerSignal } from './config/inspection.ts'
import type { ProductionConfiguration } from './config/server-configuration.ts'
import { awsApi, type AwsApiOptions, type HttpHandler } from './endpoints/aws-api.ts'
import { health } from './endpoints/health.ts'
import { startHttpServer } from './endpoints/http-server.ts'
import { directOrigin } from './endpoints/origin.ts'
import { readTlsMaterial } from './endpoints/tls-material.ts'
import { reloadTls } from './endpoints/tls-reload.ts'
import { TrustedProxies } from './endpoints/trusted-proxies.ts'
import { clearNotices } from './install/notices.ts'
import { installAccount } from './install/first-account.ts'
import { recoverRootUser } from './install/recover-root.ts'
import type { RootCredential } from './install/root-credential.ts'
import { acquireDataLock } from './journal/data-lock.ts'
import type { Journal } from './journal/journal.ts'
import { createSqliteJournal } from './journal/sqlite/sqlite.ts'
import { Ledger } from './ledger/ledger.ts'
import { Pipeline } from './pipeline.ts'
import type { Log } from './telemetry/log.ts'
import { createVault } from './vault/create-vault.ts'
import type { Vault } from './vault/vault.ts'

export interface RunningServer {
  /** `http://127.0.0.1:4263`. */
  readonly url: string
  /** Of the account that this start made; undefined when there was one. */
  readonly rootCredential: RootCredential | undefined
  /** What was done offline since the last start, for the operator to see. */
  readonly notices: readonly NoticeRecord[]
  /** To be called when the notices were shown: the next start does not show them again. */
  clearNotices(): Promise<void>
  /** Accepts nothing more, lets what is running finish, makes what is buffered durable. */
  close(): Promise<void>
}

const JOURNAL_FILE = 'journal.sqlite'

/**
 * `iamd start`. Throws DataLocked, JournalDamaged, JournalUnavailable, VaultFault or ConfigurationFault, each with one line of
 * what is wrong, or the system's error when the address cannot be listened on. Nothing is held then, and no account was made.
 */
export async function startProduction(configuration: ProductionConfiguration, log: Log): Promise<RunningServer> {
  const held = new AsyncDisposableStack()
  try {
    return await startOn(configuration, log, held)
  } catch (error) {
    await held.disposeAsync()
    throw error
  }
}

async function startOn(
  configuration: ProductionConfiguration,
  log: Log,
  held: AsyncDisposableStack,
): Promise<RunningServer> {
  const { ledger, isFirstStart } = await openInstallation(configuration, log, held)
  const served = await serveProduction(configuration, { ledger, mayCreateKeys: isFirstStart, log, held })
  // Last, because the credential can be shown only once: whatever could keep the server from starting has not.
  const rootCredential = isFirstStart ? await installFirst(configuration, ledger, served.vault) : undefined
  served.open()
  const url = urlOf(configuration, served.port)
  return { url, rootCredential, ...noticesOf(ledger), close: () => held.disposeAsync() }
}

export interface Installation {
  readonly journal: Journal
  readonly ledger: Ledger
  readonly isFirstStart: boolean
}

/** Locks the data directory and opens its journal, for as long as `held` is not disposed of. */
export async function openInstallation(
  { dataDirectory, tls }: ProductionConfiguration,
  log: Log,
  held: AsyncDisposableStack,
): Promise<Installation> {
  assertNotInspectable()
  // Before anything is made: a mistyped file name should not leave an installation behind.
  if (tls !== undefined) await readTlsMaterial(tls)
  held.defer(refuseDebuggerSignal(() => log.warn({}, 'SIGUSR1 was ignored: production has no debugger')))
  const lock = acquireDataLock(dataDirectory)
  held.defer(() => lock.release())
  return openLedger(dataDirectory, log, held)
}

export interface ServeParts {
  readonly ledger: Ledger
  /** True on a first start only. */
  readonly mayCreateKeys: boolean
  readonly log: Log
  readonly held: AsyncDisposableStack
}

export interface Served {
  readonly port: number
  readonly vault: Vault
  /** Nothing is answered before. */
  open(): void
}

/** Everything between the ledger and the socket; one of several workers does no more than this. */
export async function serveProduction(
  configuration: ProductionConfiguration,
  { ledger, mayCreateKeys, log, held }: ServeParts,
): Promise<Served> {
  const { dataDirectory, masterKey } = configuration
  const tls = configuration.tls === undefined ? undefined : await readTlsMaterial(configuration.tls)
  const vault = await createVault({ dataDirectory, masterKey, mayCreateKeys })
  const activity = await createSqliteActivity({
    file: join(dataDirectory, ACTIVITY_FILE),
    raiseAlarm: (activityAlarm) => log.warn({ activityAlarm }, 'uses of credentials are not being recorded'),
  })
  held.defer(() => activity.close())
  const pipeline = buildPipeline({ ledger, vault, activity, mode: 'enforce', now: () => new Date() }, log)
  const paths = new Map<string, HttpHandler>()
  const proxies = proxiesOf(configuration)
  const http = await startHttpServer({ listen: configuration.listen, tls, proxies, paths })
  held.defer(() => http.close())
  if (configuration.tls !== undefined) {
    const told = (message: string, isError: boolean): void => (isError ? log.error({}, message) : log.info({}, message))
    held.defer(reloadTls({ files: configuration.tls, use: (material) => http.setTls(material), told }))
  }
  const originOf: AwsApiOptions['originOf'] =
    proxies === undefined ? directOrigin : (request) => proxies.originOf(request)
  const answer = awsApi({ answer: (received) => pipeline.answer(received), originOf, ...bugs(log) })
  const open = (): void => {
    paths.set('/', answer)
    paths.set('/health', health)
  }
  return { port: http.port, vault, open }
}

function proxiesOf({ trustedProxies, publicHost }: ProductionConfiguration): TrustedProxies | undefined {
  return trustedProxies.length === 0 ? undefined : new TrustedProxies(trustedProxies, publicHost)
}

/** Makes the account of a new installation. */
export function installFirst(
  { rootEmail }: ProductionConfiguration,
  ledger: Ledger,
  vault: Vault,
): Promise<RootCredential> {
  return installAccount({ rootEmail, withPassword: true }, { ledger, vault, newId: randomUUID })
}

async function openLedger(dataDirectory: string, log: Log, held: AsyncDisposableStack): Promise<Installation> {
  const alarm = alarmTo(log)
  const journal = await createSqliteJournal({
    file: join(dataDirectory, JOURNAL_FILE),
    alarm: ({ kind, message }) => alarm(message, { kind }),
  })
  let close = (): Promise<void> => journal.close()
  held.defer(() => close())
  const ledger = await Ledger.open({ journal, now: () => new Date(), newId: randomUUID, alarm })
  close = () => ledger.close()
  // Not the directory's revision: an installation whose directory cannot be read is no new one.
  return { journal, ledger, isFirstStart: (await journal.head()).position === 0 }
}

/** What work on a data directory needs that no server has open. */
export type OfflineConfiguration = Pick<ProductionConfiguration, 'dataDirectory' | 'masterKey'>

/**
 * `iamd recover root`: throws as `startProduction` does, DataLocked while a server has the directory. Without an account number
 * the installation's only account is meant.
 */
export async function recoverRoot(
  { dataDirectory, masterKey }: OfflineConfiguration,
  accountId: string | undefined,
  log: Log,
): Promise<RootCredential> {
  if (!existsSync(join(dataDirectory, JOURNAL_FILE))) {
    throw new ConfigurationFault(`\`${dataDirectory}\` is no data directory of iamd`)
  }
  await using held = new AsyncDisposableStack()
  const lock = acquireDataLock(dataDirectory)
  held.defer(() => lock.release())
  const { ledger } = await openLedger(dataDirectory, log, held)
  const vault = await createVault({ dataDirectory, masterKey, mayCreateKeys: false })
  const accounts = [...ledger.images.directory.tables.accounts.scan()].map(({ id }) => id)
  const [only] = accounts.length === 1 ? accounts : []
  const meant = accountId ?? only
  if (meant === undefined || !accounts.includes(meant)) {
    throw new ConfigurationFault(`which account is not clear; the installation has: ${accounts.join(', ') || 'none'}`)
  }
  return await recoverRootUser(meant, { ledger, vault, newId: randomUUID })
}

export function noticesOf(ledger: Ledger): Pick<RunningServer, 'notices' | 'clearNotices'> {
  const notices = [...ledger.images.directory.tables.notices.scan()]
  return { notices, clearNotices: () => clearNotices(notices, { ledger, newId: randomUUID }) }
}

export interface PipelineParts {
  readonly ledger: Ledger
  readonly vault: Vault
  readonly activity: Activity
  readonly mode: 'enforce' | 'soft'
  readonly now: () => Date
}

function buildPipeline(parts: PipelineParts, log: Log): Pipeline {
  return new Pipeline({
    ...parts,
    policies: new PrincipalPolicySource(),
    onDenied({ requestId, principalArn, action, resource }) {
      if (parts.mode === 'soft') log.warn({ requestId, principalArn, action, resource }, 'would be denied')
    },
    onUnreadable: (error) => log.error({ cause: String(error) }, 'a decision could not be made; the caller was denied'),
    ...bugs(log),
  })
}

export function alarmTo(log: Log): (message: string, detail: Readonly<Record<string, unknown>>) => void {
  return (message, detail) => log.error(detail, message)
}

function bugs(log: Log): { onBug: (error: unknown, requestId: string) => void } {
  return {
    onBug: (error, requestId) =>
      log.error({ requestId, stack: error instanceof Error ? error.stack : String(error) }, 'a call met a bug in iamd'),
  }
}

export function urlOf({ listen, tls }: Pick<ProductionConfiguration, 'listen' | 'tls'>, port: number): string {
  const host = listen.host.includes(':') ? `[${listen.host}]` : listen.host
  return `${tls === undefined ? 'http' : 'https'}://${host}:${port}`
}
