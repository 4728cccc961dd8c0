import { Failure, reasonOf } from '../failure.ts'
import type { ListenAddress } from './listen-option.ts'

/** The `Failure` for what stopped a start or work on a data directory, with what to do about it; a bug comes back as it is. */
export function startFailure(error: unknown, listen?: ListenAddress): unknown {
  if (!(error instanceof Error) || error instanceof Failure) return error
  if (listen !== undefined && 'syscall' in error && ['listen', 'bind', 'getaddrinfo'].includes(String(error.syscall))) {
    const known = 'code' in error ? listenReasons[String(error.code)] : undefined
    const { reason, remedy } = known ?? { reason: reasonOf(error), remedy: 'check `--listen`' }
    return new Failure(`cannot listen on ${listen.host}:${listen.port}: ${reason}`, { remedy, cause: error })
  }
  const remedy = remedies[error.name]
  if (remedy === undefined) return error
  return new Failure(reasonOf(error), { ...(remedy === 'said' ? {} : { remedy }), cause: error })
}

const listenReasons: Readonly<Record<string, { readonly reason: string; readonly remedy: string }>> = {
  EADDRINUSE: {
    reason: 'the port is taken',
    remedy: 'stop what has it, or choose another with `--listen` (port 0 takes a free one)',
  },
  EACCES: { reason: 'this user may not take the port', remedy: 'choose one above 1023 with `--listen`' },
  EADDRNOTAVAIL: { reason: 'this machine has no such address', remedy: 'check `--listen`' },
  ENOTFOUND: { reason: 'no such name is known', remedy: 'give an IP address with `--listen`' },
  EAI_AGAIN: { reason: 'no such name is known', remedy: 'give an IP address with `--listen`' },
}

// By name: the classes would have to be imported with the whole server. `said`: the message names what to do itself.
const remedies: Readonly<Record<string, string>> = {
  DataLocked: 'stop that process, or name another directory with `--data`',
  JournalDamaged: 'said',
  JournalUnavailable: 'check that the directory is yours to write and that the disk has room',
  WriteInDoubt: 'start again; if the root credential was not shown then, `iamd recover root` makes another one',
  VaultFault:
    'the master key comes from `--master-key-command`, `--master-key-file`, IAMD_MASTER_KEY or master.key in the data directory',
  ConfigurationFault: 'said',
}
