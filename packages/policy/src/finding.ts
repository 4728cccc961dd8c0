/** Something to say about a policy's text. An error's message is AWS's own sentence; a warning's is ours. */
export interface Finding {
  /** Our stable name for the kind of finding, such as `DuplicateKey`. */
  readonly code: string
  readonly severity: 'error' | 'warning'
  /** The sentence that AWS answers with MalformedPolicyDocument for an error. */
  readonly message: string
  /** Our own words on what is wrong here: lower-case, the culprit in backticks. */
  readonly detail: string
  /** 1-based. */
  readonly line: number
  /** 1-based, in UTF-16 units. */
  readonly column: number
  /** Where in the document, such as `Statement[0].Action[1]`; empty for the document itself. */
  readonly path: string
}
