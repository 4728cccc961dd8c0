const STATUS_BY_CODE = {
  AccessDenied: 403,
  IncompleteSignature: 400,
  InvalidClientTokenId: 403,
  MalformedQueryString: 404,
  MissingAuthenticationToken: 403,
  SignatureDoesNotMatch: 403,
} as const

/** The codes of the query protocol; the JSON protocols name some of them differently, which is the encoder's business. */
export type SignatureFaultCode = keyof typeof STATUS_BY_CODE

const MISMATCH_MESSAGE =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'

/** Why a request is not authentic: the code, HTTP status and sentence that AWS answers with. */
export class SignatureFault extends Error {
  readonly code: SignatureFaultCode
  readonly status: number
  /**
   * True only where all else was in order and the signature itself differs: a caller that verified with a dummy signing key, because
   * it does not know the access key, answers InvalidClientTokenId in its place.
   */
  readonly isMismatch: boolean

  constructor(code: SignatureFaultCode, message: string, options: { readonly isMismatch?: boolean } = {}) {
    super(message)
    this.name = 'SignatureFault'
    this.code = code
    this.status = STATUS_BY_CODE[code]
    this.isMismatch = options.isMismatch ?? false
  }
}

/** The fault of a signature that differs from the calculated one. */
export function mismatch(): SignatureFault {
  return new SignatureFault('SignatureDoesNotMatch', MISMATCH_MESSAGE, { isMismatch: true })
}

/** The fault of an access key id or session token that cannot be one. */
export function invalidClientToken(): SignatureFault {
  return new SignatureFault('InvalidClientTokenId', 'The security token included in the request is invalid.')
}
