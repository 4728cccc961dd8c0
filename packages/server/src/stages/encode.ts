/** The one place where results and faults become bytes. Private detail is logged, never sent. */
import { encodeFault, encodeResult, Fault } from '@iamd/wire'
import type { EncodedAnswer, OperationModel, ServiceName } from '@iamd/wire'
import { UnreadableRecord } from '../account/table.ts'
import { JournalDamaged, JournalUnavailable } from '../journal/journal.ts'
import { LedgerBusy, WriteInDoubt } from '../ledger/ledger.ts'
import { TooManyGuesses } from '../vault/password-guesses.ts'
import { PasswordPoolFull } from '../vault/password-hash.ts'

export interface Answer extends EncodedAnswer {
  readonly requestId: string
  /** Seconds after which a refused call may be tried again. */
  readonly retryAfterSeconds: number | undefined
}

export function encodeOutput(model: OperationModel, output: unknown, requestId: string): Answer {
  return { ...encodeResult(model, output, requestId), requestId, retryAfterSeconds: undefined }
}

/** The answer to a call that failed; the JSON protocol has names and a status of its own for the common errors. */
export function encodeFailure(service: ServiceName, fault: Fault, requestId: string): Answer {
  const isJson = service === 'iamd'
  const shown = isJson ? new Fault(JSON_CODES.get(fault.code) ?? fault.code, fault.message, jsonStatus(fault)) : fault
  const retryAfterSeconds = fault.status === 503 ? 1 : undefined
  return { ...encodeFault(service, shown, requestId), requestId, retryAfterSeconds }
}

/** What the caller is told of anything that was thrown; undefined for a bug, which the caller sees as InternalFailure. */
export function faultOf(error: unknown): Fault | undefined {
  if (error instanceof Fault) return error
  if (error instanceof JournalUnavailable || error instanceof JournalDamaged) {
    const message = 'The change could not be stored. Nothing was changed; try again shortly.'
    return new Fault('ServiceUnavailable', message, { status: 503, cause: error })
  }
  if (error instanceof WriteInDoubt) {
    const message = 'It is not known whether the change was stored. Look whether it was made before trying again.'
    return new Fault('ServiceUnavailable', message, { status: 503, cause: error })
  }
  // An operator was told when it was loaded.
  if (error instanceof UnreadableRecord) {
    return new Fault('ServiceFailure', INTERNAL_FAILURE.message, { status: 500, cause: error })
  }
  if (error instanceof LedgerBusy || error instanceof PasswordPoolFull || error instanceof TooManyGuesses) {
    return new Fault('Throttling', 'Rate exceeded', { status: 400, cause: error })
  }
  return undefined
}

export const INTERNAL_FAILURE: Fault = new Fault(
  'InternalFailure',
  'The request processing has failed because of an unknown error, exception or failure.',
  { status: 500 },
)

/** The names that services with the JSON protocol use for the common errors. */
const JSON_CODES: ReadonlyMap<string, string> = new Map([
  ['AccessDenied', 'AccessDeniedException'],
  ['ValidationError', 'ValidationException'],
  ['InvalidClientTokenId', 'UnrecognizedClientException'],
  ['SignatureDoesNotMatch', 'InvalidSignatureException'],
  ['IncompleteSignature', 'IncompleteSignatureException'],
  ['MissingAuthenticationToken', 'MissingAuthenticationTokenException'],
  ['Throttling', 'ThrottlingException'],
  ['ServiceUnavailable', 'ServiceUnavailableException'],
  ['LimitExceeded', 'LimitExceededException'],
])

/** JSON services answer every error of the caller with 400 (aws-behaviour: UnrecognizedClientException 400). */
function jsonStatus({ status }: Fault): { status: number } {
  return { status: status < 500 ? 400 : status }
}
