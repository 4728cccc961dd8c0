/** What the program of limits finds out about iamd's engine. */
export interface LimitsReport {
  /** Of the questions of W2: the decision, what each source says, and what would have to change, with what came near. */
  readonly explanationsPerSecond: number
  /** The same questions, and of each of the 100 statements what is in its way. */
  readonly statementExplanationsPerSecond: number
  readonly hostilePatterns: readonly HostilePattern[]
  readonly sharedPolicy: SharedPolicy
}

export interface HostilePattern {
  readonly what: string
  /** Of the decision, the longest of five after five to warm up. */
  readonly ms: number
  readonly budgetExceeded: boolean
}

/** A managed policy that many principals have. */
export interface SharedPolicy {
  readonly characters: number
  readonly principals: number
  /** To parse and compile it once. */
  readonly compileMs: number
  /** To attach it to all principals, each with a set of its own. */
  readonly attachMs: number
  /** On the heap, for each principal. */
  readonly bytesPerPrincipal: number
  /** On the heap, for each principal, when all have made a decision for each of some actions. */
  readonly bytesPerPrincipalInUse: number
}
