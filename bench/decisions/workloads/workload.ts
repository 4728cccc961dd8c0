/** A set of policies and the questions asked of it, as data that every engine's program reads. */

/** One statement in AWS's form, lists always written as lists. */
export interface StatementSource {
  readonly Effect: 'Allow' | 'Deny'
  readonly Action?: readonly string[]
  readonly NotAction?: readonly string[]
  readonly Resource?: readonly string[]
  readonly NotResource?: readonly string[]
  /** Operator, then key, then operands. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
}

export interface PolicyText {
  readonly Version: '2012-10-17'
  readonly Statement: readonly StatementSource[]
}

/** What is known of any call, as a service has it at hand before it asks. */
export interface CallFacts {
  readonly accountId: string
  readonly userName: string
  readonly userId: string
  readonly userArn: string
  readonly sourceIp: string
  readonly region: string
  readonly userAgent: string
  /** ISO 8601. */
  readonly time: string
  readonly isSecureTransport: boolean
  readonly hasMultiFactorAuth: boolean
}

export interface BenchQuestion {
  readonly action: string
  readonly resource: string
  readonly facts: CallFacts
  /** Condition keys of the service, in lower case: keys ignore case, and a service's code has them as it wants them. */
  readonly keys: Readonly<Record<string, string>>
  readonly isAllowed: boolean
}

export interface Workload {
  readonly name: 'W1' | 'W2' | 'W3'
  readonly what: string
  /** All are attached to the one user who asks. */
  readonly policies: readonly PolicyText[]
  readonly questions: readonly BenchQuestion[]
}
