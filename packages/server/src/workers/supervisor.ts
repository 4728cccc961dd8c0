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
/** A worker lets its calls run for 10 s and then makes durable what it has buffered; one that takes longer is ended. */
const STOP_TIMEOUT_MS = 12_000

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
    if (configuration.tls !== undefined) held.defer(onSignal('SIGHUP', () => workers.reload()))
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
    for (const worker of Object.values(cluster.workers ?? {})) tell(worker, RELOAD)
  }

  /** Throws what kept the worker from starting. */
  async #startOne(): Promise<number> {
    const worker = cluster.fork(this.#environment)
    const message = await firstMessage(worker)
    if (message.kind === 'failed') throw Object.assign(new Error(), message.reason)
    this.#pauseMs = RESTART_PAUSE_MS_MIN
    worker.once('exit', (code, signal) => {
      if (this.#isStopping) return
      this.#log.error(
        { worker: worker.id, code, signal, pauseMs: this.#pauseMs },
        'a worker ended; another one is started',
      )
      this.#restart()
    })
    return message.port
  }

  #restart(): void {
    setTimeout(() => {
      if (this.#isStopping) return
      this.#startOne().catch((error: unknown) => {
        if (this.#isStopping) return
        this.#log.error(
          { cause: String(error), pauseMs: this.#pauseMs },
          'a worker did not start; another one is tried',
        )
        this.#restart()
      })
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
    const failed = (message: string): void => resolve({ kind: 'failed', reason: { message } })
    worker.on('message', (message: unknown) => {
      if (isFromWorker(message)) resolve(message)
    })
    worker.once('exit', (code, signal) => failed(`a worker ended (${signal ?? code}) before it listened`))
    // Of a process that cannot be made, or cannot be told something; without a listener it would end the supervisor.
    worker.on('error', (error) => failed(`a worker cannot be started: ${error.message}`))
  })
}

function tell(worker: Worker | undefined, message: string): void {
  // A worker that is just ending cannot be told anything, and need not be.
  if (worker?.isConnected() === true) worker.send(message, () => {})
}

async function stopOne(worker: Worker | undefined): Promise<void> {
  if (worker === undefined || worker.isDead()) return
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve())
  })
  tell(worker, STOP)
  const timer = setTimeout(() => worker.process.kill('SIGKILL'), STOP_TIMEOUT_MS)
  await ended
  clearTimeout(timer)
}
