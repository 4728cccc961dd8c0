/** The server's log: JSON lines on standard error. Callers name what they log; requests and secrets are never logged whole. */
import { pino } from 'pino'

export interface Log {
  info(detail: Readonly<Record<string, unknown>>, message: string): void
  warn(detail: Readonly<Record<string, unknown>>, message: string): void
  error(detail: Readonly<Record<string, unknown>>, message: string): void
}

/** Members with these names are blotted out wherever they are, should one ever be logged by mistake. */
const SECRET_MEMBERS = [
  'password',
  'secretAccessKey',
  'SecretAccessKey',
  'sealedSecret',
  'PrivateKey',
  'privateKey',
  'sealedPrivateKey',
  'passwordHash',
  'authorization',
]

export function createLog(): Log {
  const paths = SECRET_MEMBERS.flatMap((name) => [name, `*.${name}`])
  return pino({ base: null, redact: { paths, censor: '(secret)' } }, pino.destination({ dest: 2, sync: true }))
}
