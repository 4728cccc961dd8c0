/**
 * A worker process of `iamd start --workers N`: everything but the journal, which the supervisor has.
 *
 * A worker whose supervisor is gone ends at once: it could neither write nor hear of what others wrote.
 */
import { randomUUID } from 'node:crypto'
import { connectJournal } from '../journal/remote/remote-journal.ts'
import { Ledger } from '../ledger/ledger.ts'
import { refuseDebuggerSignal } from '../config/inspection.ts'
import { alarmTo, serveProduction } from '../main.ts'
import { createLog } from '../telemetry/log.ts'
import {
  type FailedStart,
  type FromWorker,
  RELOAD,
  STOP,
  WORKER_VARIABLE,
  type WorkerConfiguration,
} from './worker-messages.ts'

const log = createLog()

async function run({ socketPath, production }: WorkerConfiguration): Promise<void> {
  const stopped = untilStopped()
  await using held = new AsyncDisposableStack()
  held.defer(refuseDebuggerSignal(() => log.warn({}, 'SIGUSR1 was ignored: production has no debugger')))
  const journal = await connectJournal(socketPath, () => {
    log.error({}, 'the supervisor is gone; this worker ends')
    process.exit(1)
  })
  held.defer(() => journal.close())
  const ledger = await Ledger.open({ journal, now: () => new Date(), newId: randomUUID, alarm: alarmTo(log) })
  held.defer(() => ledger.detach())
  const served = await serveProduction(production, { ledger, mayCreateKeys: false, log, held })
  served.open()
  tell({ kind: 'ready', port: served.port })
  await stopped
}

function untilStopped(): Promise<void> {
  // The supervisor decides when workers stop; a terminal sends its signals to them too.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => {})
  return new Promise((resolve) => {
    process.on('message', (message) => {
      if (message === STOP) resolve()
      if (message === RELOAD) process.emit('SIGHUP')
    })
  })
}

function tell(message: FromWorker): void {
  process.send?.(message)
}

function reasonOf(error: unknown): FailedStart {
  if (!(error instanceof Error)) return { message: String(error) }
  const { name, message } = error
  return { name, message, ...textIn(error, 'code'), ...textIn(error, 'syscall') }
}

function textIn(error: Error, member: 'code' | 'syscall'): { readonly [name in typeof member]?: string } {
  const value: unknown = Object.entries(error).find(([name]) => name === member)?.[1]
  return typeof value === 'string' ? { [member]: value } : {}
}

const configuration = process.env[WORKER_VARIABLE]
if (configuration === undefined) throw new Error('a worker is started by `iamd start --workers N`')
try {
  await run(JSON.parse(configuration) as WorkerConfiguration) // Written by the supervisor, which is this same program.
} catch (error) {
  tell({ kind: 'failed', reason: reasonOf(error) })
  process.exitCode = 1
}
process.disconnect?.()
