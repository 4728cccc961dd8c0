/** Who is to blame: the caller (4xx) or the service (5xx), as the XML error names them. */
export type FaultSide = 'Sender' | 'Receiver'

/** The one error that a caller of the API sees: `code` as it is on the wire (NoSuchEntity), AWS's sentence, the HTTP status. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly code: string
  readonly status: number
  readonly side: FaultSide

  constructor(code: string, message: string, options: { status: number; side?: FaultSide; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.status = options.status
    this.side = options.side ?? (options.status < 500 ? 'Sender' : 'Receiver')
  }
}
