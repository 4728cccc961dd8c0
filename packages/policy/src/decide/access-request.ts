import type { StatementRef } from '../compile/compile-policy.ts'
import type { PolicySet } from '../compile/policy-set.ts'
import type { Principal } from '../context/principal.ts'
import type { RequestContext } from '../context/request-context.ts'

/** Who asks for what, on which resource, in which context. */
export interface AccessRequest {
  readonly principal: Principal
  /** `service:Name` in any case, such as `iam:CreateUser`. */
  readonly action: string
  /** An ARN, or `*` for an action that has no resource. */
  readonly resource: string
  /** The account that owns the resource; absent when it is the principal's own, or nobody's. */
  readonly resourceAccount?: string | undefined
  /** The account that owns the resource manages its organization, whose resource control policies then do not apply to it. */
  readonly isOwnedByManagementAccount?: boolean | undefined
  readonly context: RequestContext
}

/**
 * All policies that have a say. What is absent does not apply; an empty set applies and allows nothing. Two kinds always apply:
 * a user, role or federated user without identity policies is allowed nothing, and so is a federated user without a session
 * policy.
 */
export interface PoliciesInForce {
  /** Of the user and its groups, or of the role. Not asked for the root user. */
  readonly identity?: PolicySet | undefined
  readonly boundary?: PolicySet | undefined
  /** Given when the session was made, inline and by ARN. */
  readonly session?: PolicySet | undefined
  /** One set for each level above the principal's account, from the organization's root down to the account. */
  readonly serviceControl?: readonly PolicySet[] | undefined
  /** The same for the account that owns the resource. */
  readonly resourceControl?: readonly PolicySet[] | undefined
  readonly resource?: ResourcePolicies | undefined
  /** Of the VPC endpoint that the request came through. */
  readonly endpoint?: PolicySet | undefined
}

/** What a resource's own policy says. */
export interface ResourcePolicies {
  readonly policies: PolicySet
  /**
   * One that adds to what identities may do (a bucket's), one without which nobody may do anything (a KMS key's), or a role's
   * trust policy, which is as the second.
   */
  readonly kind: 'grants' | 'required' | 'trust'
}

/** The kind of policy that decided; `root` allows what nothing forbids to the root user. */
export type DecisionSource =
  | 'identity'
  | 'boundary'
  | 'session'
  | 'serviceControl'
  | 'resourceControl'
  | 'resource'
  | 'trust'
  | 'endpoint'
  | 'root'

/** What is decided, and the kind of policy and the statement that it rests on. */
export interface Decision {
  readonly effect: 'allow' | 'explicitDeny' | 'implicitDeny'
  /** For an allow the policies that it rests on: the identity's when they alone are enough, else the resource's. */
  readonly source: DecisionSource
  /** The statement that decided; undefined when none did. */
  readonly statement: StatementRef | undefined
  /** The decision took too many steps, and is a deny for that reason. */
  readonly budgetExceeded: boolean
  /** What failed while deciding, such as a context that threw; the decision is a deny for that reason. */
  readonly failure: unknown
}
