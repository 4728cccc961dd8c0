import type { PolicySet } from '../compile/policy-set.ts'
import type { StatementRef } from '../compile/compile-policy.ts'
import type { RequestContext } from '../context/request-context.ts'

export interface AccessRequest {
  /** `service:Name` in any case, such as `iam:CreateUser`. */
  readonly action: string
  /** An ARN, or `*` for an action that has no resource. */
  readonly resource: string
  readonly context: RequestContext
}

/** What applies to a principal. */
export type PrincipalPolicies =
  /** The root user of the account that owns the resource: no policy of the account limits it. */
  | { readonly kind: 'root' }
  /** A user: its own policies and those of its groups. */
  | { readonly kind: 'identity'; readonly policies: PolicySet }

/** The kind of policy that decided. */
export type DecisionSource = 'identity' | 'root'

export interface Decision {
  readonly effect: 'allow' | 'explicitDeny' | 'implicitDeny'
  readonly source: DecisionSource
  /** The statement that decided; undefined when none did. */
  readonly statement: StatementRef | undefined
  /** The decision took too many steps, and is a deny for that reason. */
  readonly budgetExceeded: boolean
  /** What failed while deciding, such as a context that threw; the decision is a deny for that reason. */
  readonly failure: unknown
}
