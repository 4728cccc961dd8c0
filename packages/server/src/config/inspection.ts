/**
 * Ways into the memory of a running process, where secrets are open (negative test M-06). A production server takes none of
 * them along from how Node was started, and does not let one be opened later.
 */
import inspector from 'node:inspector'
import { ConfigurationFault } from './configuration-fault.ts'

/** Options of Node that open a debugger, or write memory or the environment to a file. Their satellites (an interval, a directory) do neither. */
const OPENING = new RegExp(
  `^--(?:${[
    'inspect(?:-brk|-wait)?(?:=.+)?',
    'heap-prof',
    'heapsnapshot-signal(?:=.+)?',
    'heapsnapshot-near-heap-limit(?:=[1-9].*)?',
    'report-on-(?:signal|fatalerror)',
    'report-uncaught-exception',
  ].join('|')})$`,
)

/** Throws ConfigurationFault if Node was started so that its memory can be read. */
export function assertNotInspectable(): void {
  const typed = [...process.execArgv, ...(process.env['NODE_OPTIONS'] ?? '').split(/\s+/)]
  const option = typed.find((word) => OPENING.test(word))
  if (option !== undefined) throw new ConfigurationFault(`Node's option \`${option}\` would show secrets`)
  if (inspector.url() !== undefined) throw new ConfigurationFault('a debugger is open on this process')
}

/** Node opens a debugger for whoever sends SIGUSR1; a listener of our own takes its place. Returns how to undo it. */
export function refuseDebuggerSignal(onRefused: () => void): () => void {
  if (process.platform === 'win32') return () => {}
  process.on('SIGUSR1', onRefused)
  return () => void process.removeListener('SIGUSR1', onRefused)
}
