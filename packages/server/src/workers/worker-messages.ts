/** What supervisor and worker tell each other beside the journal. */
import type { ProductionConfiguration } from '../config/server-configuration.ts'

/** The environment variable that carries a worker's configuration, as JSON. No secret is in it that the environment does not hold already. */
export const WORKER_VARIABLE = 'IAMD_WORKER'

export interface WorkerConfiguration {
  readonly socketPath: string
  readonly production: ProductionConfiguration
}

/** From worker to supervisor. */
export type FromWorker =
  | { readonly kind: 'ready'; readonly port: number }
  /** It cannot start. */
  | { readonly kind: 'failed'; readonly reason: FailedStart }

/** What tells one failure from another, by the names that errors have in Node; the message is one line for the operator. */
export interface FailedStart {
  readonly message: string
  readonly name?: string
  readonly code?: string
  readonly syscall?: string
}

/** From supervisor to worker: finish what is running, and end. */
export const STOP = 'stop'

/** From supervisor to worker: what SIGHUP says to a process of its own. */
export const RELOAD = 'reload'

export function isFromWorker(message: unknown): message is FromWorker {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false
  return message.kind === 'ready' || message.kind === 'failed'
}
