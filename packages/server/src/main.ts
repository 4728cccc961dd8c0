/**
 * Starts servers: reads the configuration, opens the journal, builds the pipeline, listens. The only file that knows everyone.
 */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Activity } from './activity/activity.ts'
import { ACTIVITY_FILE, createSqliteActivity } from './activity/sqlite/sqlite-activity.ts'
import { PrincipalPolicySource } from './authority/principal-policies.ts'
import type { ProductionConfiguration } from './config/server-configuration.ts'
import { awsApi, type HttpHandler } from './endpoints/aws-api.ts'
import { health } from './endpoints/health.ts'
import { startHttpServer, type TlsMaterial } from './endpoints/http-server.ts'
import { directOrigin } from './endpoints/origin.ts'
import { installAccount, type RootCredential } from './install/first-account.ts'
import { acquireDataLock } from './journal/data-lock.ts'
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
  /** Accepts nothing more, lets what is running finish, makes what is buffered durable. */
  close(): Promise<void>
}

const JOURNAL_FILE = 'journal.sqlite'

/** `iamd start`. Throws DataLocked, JournalDamaged, JournalUnavailable or VaultFault, each with one line of what to do. */
export async function startProduction(configuration: ProductionConfiguration, log: Log): Promise<RunningServer> {
  const { dataDirectory, masterKey, rootEmail } = configuration
  const lock = acquireDataLock(dataDirectory)
  const alarm = (message: string, detail: Readonly<Record<string, unknown>>): void => log.error(detail, message)
  const journal = await createSqliteJournal({
    file: join(dataDirectory, JOURNAL_FILE),
    alarm: ({ kind, message }) => alarm(message, { kind }),
  })
  const ledger = await Ledger.open({ journal, now: () => new Date(), newId: randomUUID, alarm })
  const isFirstStart = ledger.images.directory.revision === 0
  const vault = await createVault({ dataDirectory, masterKey, mayCreateKeys: isFirstStart })
  const activity = await createSqliteActivity({
    file: join(dataDirectory, ACTIVITY_FILE),
    raiseAlarm: (activityAlarm) => log.warn({ activityAlarm }, 'uses of credentials are not being recorded'),
  })
  const rootCredential = isFirstStart
    ? await installAccount({ rootEmail, withPassword: true }, { ledger, vault, newId: randomUUID })
    : undefined
  const pipeline = buildPipeline({ ledger, vault, activity, mode: 'enforce', now: () => new Date() }, log)
  const http = await startHttpServer({
    listen: configuration.listen,
    tls: await readTls(configuration.tls),
    paths: new Map<string, HttpHandler>([
      [
        '/',
        awsApi({
          answer: (received) => pipeline.answer(received),
          originOf: directOrigin,
          ...bugs(log),
        }),
      ],
      ['/health', health],
    ]),
  })
  return {
    url: urlOf(configuration, http.port),
    rootCredential,
    async close() {
      await http.close()
      await ledger.close()
      await activity.close()
      lock.release()
    },
  }
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

function bugs(log: Log): { onBug: (error: unknown, requestId: string) => void } {
  return {
    onBug: (error, requestId) =>
      log.error({ requestId, stack: error instanceof Error ? error.stack : String(error) }, 'a call met a bug in iamd'),
  }
}

async function readTls(tls: ProductionConfiguration['tls']): Promise<TlsMaterial | undefined> {
  if (tls === undefined) return undefined
  return { cert: await readFile(tls.certFile, 'utf8'), key: await readFile(tls.keyFile, 'utf8') }
}

function urlOf({ listen, tls }: Pick<ProductionConfiguration, 'listen' | 'tls'>, port: number): string {
  const host = listen.host.includes(':') ? `[${listen.host}]` : listen.host
  return `${tls === undefined ? 'http' : 'https'}://${host}:${port}`
}
