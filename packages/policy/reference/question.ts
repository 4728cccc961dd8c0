/**
 * A question about access as plain data: who asks for what, and the texts of all policies that have a say. The decision cases,
 * the reference evaluator, the generators and the adapter to the engine share it, and nothing else.
 */

/** A policy document as JSON. */
export type PolicySource = Readonly<Record<string, unknown>>

export type AskedValue = string | readonly string[]

/** Account numbers have 12 digits, ARNs are whole, ids have AWS's prefixes. */
export type Caller =
  /** A request without credentials. */
  | { readonly kind: 'anonymous' }
  | ({ readonly kind: 'root' } & InAccount)
  | ({ readonly kind: 'user'; readonly arn: string; /** `AIDA...` */ readonly id: string } & InAccount)
  | ({
      readonly kind: 'roleSession'
      /** `arn:aws:sts::A:assumed-role/ROLE/SESSION`. */
      readonly arn: string
      readonly roleArn: string
      /** `AROA...`. */
      readonly roleId: string
      readonly isServiceLinked?: boolean
    } & InAccount)
  | ({
      /** A session of GetFederationToken. */
      readonly kind: 'federatedUser'
      /** `arn:aws:sts::A:federated-user/NAME`. */
      readonly arn: string
      /** The user whose keys asked for the session; absent when it was the root user. */
      readonly userArn?: string
      readonly userId?: string
    } & InAccount)
  /** An AWS service that calls for itself, such as `ec2.amazonaws.com`. */
  | { readonly kind: 'service'; readonly name: string }
  /** Who asks AssumeRoleWithSAML or AssumeRoleWithWebIdentity: a provider's ARN, or a name such as `accounts.google.com`. */
  | { readonly kind: 'federated'; readonly provider: string }

export interface InAccount {
  readonly accountId: string
  /** The account's name in policies of S3. */
  readonly canonicalUserId?: string
  /** The account manages its organization. */
  readonly isManagementAccount?: boolean
}

export interface Question {
  readonly request: {
    readonly caller: Caller
    /** `service:Name`. */
    readonly action: string
    /** An ARN, or `*` for an action that has no resource. */
    readonly resource: string
    /** The account that owns the resource; absent when it is the caller's own, or nobody's. */
    readonly resourceAccount?: string
    /** The account that owns the resource manages its organization. */
    readonly isOwnedByManagementAccount?: boolean
    /** Condition keys in any case. */
    readonly context: Readonly<Record<string, AskedValue>>
  }
  /** What is absent does not apply; an empty list applies and allows nothing. */
  readonly policies: {
    /** Of the user or role itself, inline and attached. */
    readonly identity?: readonly PolicySource[]
    /** Of the user's groups. */
    readonly group?: readonly PolicySource[]
    readonly boundary?: PolicySource
    /** Inline and by ARN, as given when the session was made. */
    readonly session?: readonly PolicySource[]
    /** One list for each level above the caller's account, from the organization's root down to the account. */
    readonly serviceControl?: readonly (readonly PolicySource[])[]
    /** The same for the account that owns the resource. */
    readonly resourceControl?: readonly (readonly PolicySource[])[]
    /** Of the resource: a bucket's, a key's, or a role's trust policy. */
    readonly resource?: PolicySource
    /** Of the VPC endpoint that the request came through. */
    readonly endpoint?: PolicySource
  }
  /**
   * What the resource's policy is: one that adds to what identities may do (`grants`, the default), one without which nobody may do
   * anything, as of a KMS key (`required`), or a role's trust policy (`trust`).
   */
  readonly resourcePolicyKind?: 'grants' | 'required' | 'trust'
}

/** The kind of policy that decided; `root` allows what nothing forbids to the root user. */
export type DecidingSource =
  | 'identity'
  | 'boundary'
  | 'session'
  | 'serviceControl'
  | 'resourceControl'
  | 'resource'
  | 'trust'
  | 'endpoint'
  | 'root'

export interface Answer {
  readonly effect: 'allow' | 'explicitDeny' | 'implicitDeny'
  readonly source: DecidingSource
}

/** One case of `packages/policy/cases`. */
export interface DecisionCase extends Question {
  readonly name: string
  /** Where the expectation comes from: a page of AWS, or an observation. */
  readonly origin: string
  readonly expected: {
    readonly effect: Answer['effect']
    readonly source?: DecidingSource
    /** The deciding statement: place of its policy in its source (groups' after the identity's, levels one after another), and its place there. */
    readonly statement?: { readonly policy: number; readonly index: number }
  }
}
