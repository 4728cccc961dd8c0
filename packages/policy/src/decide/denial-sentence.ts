/** The sentences with which AWS says that access is denied (IAM User Guide, "Troubleshoot access denied error messages"). */
import type { Decision, DecisionSource } from './access-request.ts'

/** Who was denied what. */
export interface Denial {
  readonly principalArn: string
  readonly action: string
  /** Undefined for an action that has no resource. */
  readonly resource: string | undefined
  readonly decision: Decision
}

interface Wording {
  /** Follows `because`. */
  readonly implicit: (action: string) => string
  /** Follows `with an explicit deny in`. */
  readonly explicit: string
}

const IDENTITY: Wording = {
  implicit: (action) => `no identity-based policy allows the ${action} action`,
  explicit: 'an identity-based policy',
}

/** One row for each source. The root user has no policies of its own. */
const WORDINGS: Readonly<Record<DecisionSource, Wording>> = {
  serviceControl: limiting('service control policy', 'a'),
  resourceControl: limiting('resource control policy', 'a'),
  endpoint: limiting('VPC endpoint policy', 'a'),
  boundary: limiting('permissions boundary', 'a'),
  session: limiting('session policy', 'a'),
  resource: limiting('resource-based policy', 'a'),
  trust: limiting('role trust policy', 'the'),
  identity: IDENTITY,
  root: IDENTITY,
}

function limiting(name: string, article: 'a' | 'the'): Wording {
  return { implicit: (action) => `no ${name} allows the ${action} action`, explicit: `${article} ${name}` }
}

/** The sentence for the caller, who is in the same account as the policy, so that a managed policy's ARN may be named. */
export function denialSentence({ principalArn, action, resource, decision }: Denial): string {
  const wording = WORDINGS[decision.source]
  const where = resource === undefined ? '' : ` on resource: ${resource}`
  const what = `User: ${principalArn} is not authorized to perform: ${action}${where}`
  if (decision.effect !== 'explicitDeny') return `${what} because ${wording.implicit(action)}`
  // Since January 2026 the ARN of a managed policy ends the sentence.
  const arn = decision.statement?.policy.arn
  return `${what} with an explicit deny in ${wording.explicit}${arn === undefined ? '' : `: ${arn}`}`
}
