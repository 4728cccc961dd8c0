/**
 * A worker process of `iamd start --workers N`: everything but the journal, which the supervisor has.
 *
 * A worker whose supervisor is gone ends at once: it could neither write nor hear of what others wrote.
 */
import { randomUUID } from 'node:crypto'
import { connectJournal } from '../journal/remote/remote-journal.ts'
import { Ledger } from '../ledger/ledger.ts'
import { alarmTo, serveProduction } from '../main.ts'
import { createLog } from '../telemetry/log.ts'
import { type FromWorker, RELOAD, STOP, WORKER_VARIABLE, type WorkerConfiguration } from './worker-messages.ts'

const log = createLog()

async function run({ socketPath, production }: WorkerConfiguration): Promise<void> {
  const stopped = untilStopped()
  await using held = new AsyncDisposableStack()
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

const configuration = process.env[WORKER_VARIABLE]
if (configuration === undefined) throw new Error('a worker is started by `iamd start --workers N`')
try {
  await run(JSON.parse(configuration) as WorkerConfiguration) // Written by the supervisor, which is this same program.
} catch (error) {
  tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
  process.exitCode = 1
}
process.disconnect?.()
