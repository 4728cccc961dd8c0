/**
 * `iamd start --workers N`: one supervisor with the data directory's lock and its journal, and N workers that share one
 * listening address and reach the journal over a Unix socket.
 */
import cluster, { type Worker } from 'node:cluster'
import { getCompileCacheDir } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ProductionConfiguration } from '../config/server-configuration.ts'
import { serveJournal } from '../journal/remote/journal-server.ts'
import { installFirst, noticesOf, openInstallation, type RunningServer, urlOf } from '../main.ts'
import type { Log } from '../telemetry/log.ts'
import { createVault } from '../vault/create-vault.ts'
import {
  type FromWorker,
  isFromWorker,
  RELOAD,
  STOP,
  WORKER_VARIABLE,
  type WorkerConfiguration,
} from './worker-messages.ts'

const SOCKET_FILE = 'journal.sock'
/** A worker that ends is started again, after a pause that doubles while they keep ending. */
const RESTART_PAUSE_MS_MIN = 100
const RESTART_PAUSE_MS_MAX = 10_000
/** In-flight calls get this long when the server stops. */
const STOP_TIMEOUT_MS = 10_000

// The published package has the compiled file beside this one.
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)

/** Throws as `startProduction` does; every worker answers when it resolves. */
export async function startSupervisor(
  configuration: ProductionConfiguration,
  workerCount: number,
  log: Log,
): Promise<RunningServer> {
  const held = new AsyncDisposableStack()
  try {
    const { journal, ledger, isFirstStart } = await openInstallation(configuration, log, held)
    const { dataDirectory, masterKey } = configuration
    const vault = await createVault({ dataDirectory, masterKey, mayCreateKeys: isFirstStart })
    const socketPath = join(dataDirectory, SOCKET_FILE)
    const server = await serveJournal(journal, socketPath)
    held.defer(() => server.close())
    const workers = new Workers({ socketPath, production: configuration }, log)
    held.defer(() => workers.stop())
    held.defer(onSignal('SIGHUP', () => workers.reload()))
    const port = await workers.start(workerCount)
    // Last, because the credential can be shown only once: whatever could keep the server from starting has not.
    const rootCredential = isFirstStart ? await installFirst(configuration, ledger, vault) : undefined
    const url = urlOf(configuration, port)
    return { url, rootCredential, ...noticesOf(ledger), close: () => held.disposeAsync() }
  } catch (error) {
    await held.disposeAsync()
    throw error
  }
}

class Workers {
  readonly #log: Log
  readonly #environment: Readonly<Record<string, string>>
  #isStopping = false
  #pauseMs = RESTART_PAUSE_MS_MIN

  constructor(configuration: WorkerConfiguration, log: Log) {
    this.#log = log
    const cache = getCompileCacheDir()
    this.#environment = {
      [WORKER_VARIABLE]: JSON.stringify(configuration),
      ...(cache === undefined ? {} : { NODE_COMPILE_CACHE: cache }),
    }
    cluster.setupPrimary({ exec: fileURLToPath(WORKER), args: [], execArgv: [] })
  }

  /** Resolves with the port when every worker listens. */
  async start(count: number): Promise<number> {
    const ports = await Promise.all(Array.from({ length: count }, () => this.#startOne()))
    return ports[0] ?? 0
  }

  /** Lets workers finish what they are at; one that takes too long is ended. */
  async stop(): Promise<void> {
    this.#isStopping = true
    await Promise.all(Object.values(cluster.workers ?? {}).map((worker) => stopOne(worker)))
  }

  /** Has every worker read its certificate again. */
  reload(): void {
    for (const worker of Object.values(cluster.workers ?? {})) worker?.send(RELOAD)
  }

  async #startOne(): Promise<number> {
    const worker = cluster.fork(this.#environment)
    worker.on('exit', (code, signal) => {
      if (!this.#isStopping) this.#restart(worker, { code, signal })
    })
    const message = await firstMessage(worker)
    if (message.kind === 'failed') throw new Error(message.message)
    this.#pauseMs = RESTART_PAUSE_MS_MIN
    return message.port
  }

  #restart(ended: Worker, how: Readonly<Record<string, unknown>>): void {
    this.#log.error({ worker: ended.id, ...how, pauseMs: this.#pauseMs }, 'a worker ended; another one is started')
    setTimeout(() => {
      if (this.#isStopping) return
      this.#startOne().catch((error: unknown) => this.#log.error({ cause: String(error) }, 'a worker did not start'))
    }, this.#pauseMs)
    this.#pauseMs = Math.min(this.#pauseMs * 2, RESTART_PAUSE_MS_MAX)
  }
}

function onSignal(signal: 'SIGHUP', act: () => void): () => void {
  process.on(signal, act)
  return () => void process.off(signal, act)
}

function firstMessage(worker: Worker): Promise<FromWorker> {
  return new Promise((resolve) => {
    worker.on('message', (message: unknown) => {
      if (isFromWorker(message)) resolve(message)
    })
    worker.once('exit', (code) =>
      resolve({ kind: 'failed', message: `a worker ended with code ${code} before it listened` }),
    )
  })
}

async function stopOne(worker: Worker | undefined): Promise<void> {
  if (worker === undefined || worker.isDead()) return
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve())
  })
  if (worker.isConnected()) worker.send(STOP)
  const timer = setTimeout(() => worker.process.kill('SIGKILL'), STOP_TIMEOUT_MS)
  await ended
  clearTimeout(timer)
}
