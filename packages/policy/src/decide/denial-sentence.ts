/** The sentences with which AWS says that access is denied (IAM User Guide, "Troubleshoot access denied error messages"). */
import { lowerCaseAscii } from '../ascii.ts'
import type { Decision, DecisionSource } from './access-request.ts'

/** Who was denied what. */
export interface Denial {
  /** `anonymous` for who has none. */
  readonly principalArn: string
  readonly action: string
  /** Undefined for an action that has no resource. */
  readonly resource: string | undefined
  readonly decision: Decision
  /** The policy that decided is of another account, and of another organization: it is not named then. */
  readonly isOutsideOrganization?: boolean | undefined
  /** What denied it in turn, when one service asked another for the principal. */
  readonly through?: DecisionSource | undefined
  /** What DecodeAuthorizationMessage opens, for the sentences of EC2, which carry it. */
  readonly encodedMessage?: string | undefined
}

/** The sentence for the caller. Nothing of a failure is told: to the caller it is as if no policy allowed. */
export function denialSentence(denial: Denial): string {
  const service = serviceOf(denial.action)
  // Amazon S3 User Guide, "Troubleshoot access denied (403 Forbidden) errors": only requests of the same account or organization are told more.
  if (service === 's3' && denial.isOutsideOrganization === true) return 'Access Denied'
  const { principalArn, action } = denial
  const sentence = `User: ${principalArn} is not authorized to perform: ${action}${where(denial, service)} ${reason(denial)}`
  return service === 'ec2' || denial.encodedMessage !== undefined ? ofEc2(sentence, denial.encodedMessage) : sentence
}

interface Wording {
  /** Follows `because no`. */
  readonly implicit: string
  /** Follows `with an explicit deny in`. */
  readonly explicit: string
  /** Since January 2026 the ARN of a managed policy, if it is one, ends the sentence of an explicit deny. */
  readonly namesPolicy: boolean
}

const IDENTITY: Wording = {
  implicit: 'identity-based policy',
  explicit: 'an identity-based policy',
  namesPolicy: true,
}

/** One row for each source. The root user has no policies of its own. */
const WORDINGS: Readonly<Record<DecisionSource, Wording>> = {
  serviceControl: {
    implicit: 'service control policy',
    explicit: 'a service control policy',
    namesPolicy: true,
  },
  resourceControl: {
    implicit: 'resource control policy',
    explicit: 'a resource control policy',
    namesPolicy: true,
  },
  endpoint: { implicit: 'VPC endpoint policy', explicit: 'a VPC endpoint policy', namesPolicy: false },
  boundary: { implicit: 'permissions boundary', explicit: 'a permissions boundary', namesPolicy: true },
  // AWS's page spells `a sessions policy`; what EC2, S3 and others answer says `a session policy` (observed), and that is what clients look for.
  session: { implicit: 'session policy', explicit: 'a session policy', namesPolicy: true },
  resource: { implicit: 'resource-based policy', explicit: 'a resource-based policy', namesPolicy: false },
  trust: { implicit: 'role trust policy', explicit: 'the role trust policy', namesPolicy: false },
  identity: IDENTITY,
  root: IDENTITY,
}

function serviceOf(action: string): string {
  return lowerCaseAscii(action.slice(0, Math.max(action.indexOf(':'), 0)))
}

/** S3 alone puts the resource in double quotes. */
function where({ resource }: Denial, service: string): string {
  if (resource === undefined) return ''
  return ` on resource: ${service === 's3' ? `"${resource}"` : resource}`
}

function reason({ action, decision, isOutsideOrganization, through }: Denial): string {
  const { implicit, explicit, namesPolicy } = WORDINGS[decision.source]
  if (decision.effect !== 'explicitDeny') return `because no ${implicit} allows the ${action} action`
  const chain = through === undefined ? '' : ` transitively through ${WORDINGS[through].explicit}`
  const arn = namesPolicy && isOutsideOrganization !== true ? decision.statement?.policy.arn : undefined
  return `with an explicit deny in ${explicit}${chain}${arn === undefined ? '' : `: ${arn}`}`
}

function ofEc2(sentence: string, encodedMessage: string | undefined): string {
  const told = `You are not authorized to perform this operation. ${sentence}`
  return encodedMessage === undefined ? told : `${told}. Encoded authorization failure message: ${encodedMessage}`
}
