import { Failure, reasonOf } from '../failure.ts'
import type { ListenAddress } from './listen-option.ts'

/** The `Failure` for what stopped a start, with what to do about it; a bug comes back as it is. */
export function startFailure(error: unknown, { listen }: { readonly listen: ListenAddress }): unknown {
  if (!(error instanceof Error)) return error
  if ('syscall' in error && (error.syscall === 'listen' || error.syscall === 'getaddrinfo')) {
    const known = 'code' in error ? listenReasons[String(error.code)] : undefined
    const { reason, remedy } = known ?? { reason: reasonOf(error), remedy: 'check `--listen`' }
    return new Failure(`cannot listen on ${listen.host}:${listen.port}: ${reason}`, { remedy, cause: error })
  }
  return error
}

const listenReasons: Readonly<Record<string, { readonly reason: string; readonly remedy: string }>> = {
  EADDRINUSE: {
    reason: 'the port is taken',
    remedy: 'stop what has it, or choose another with `--listen 127.0.0.1:0` (any free one)',
  },
  EACCES: { reason: 'it is not allowed', remedy: 'choose a port above 1023 with `--listen`' },
  EADDRNOTAVAIL: { reason: 'this machine has no such address', remedy: 'check `--listen`' },
  ENOTFOUND: { reason: 'the name is not known', remedy: 'give an IP address in `--listen`' },
}
