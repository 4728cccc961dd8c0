/**
 * How AWS words a fault of JSON or grammar. Three of its parsers answer differently: IAM's for identity policies says the same
 * to everything, the one for policies with principals names what is wrong, and Organizations has one sentence for all.
 */
import type { Position } from '../json/line-index.ts'
import type { PolicyKind } from './policy-kind.ts'

/** A fault of JSON or grammar, as far as the sentence depends on it. */
export interface SyntaxFault {
  readonly code: string
  /** The element, operator or value that is at fault; empty when there is none to name. */
  readonly culprit: string
}

/** What AWS answers to it when the document is to be stored as that kind. */
export function syntaxSentence(fault: SyntaxFault, kind: PolicyKind, position: Position): string {
  return SENTENCES[kind](fault, position)
}

/** Organizations answers MalformedPolicyDocumentException with this to whatever is wrong. Recorded with CreatePolicy. */
export const ORGANIZATIONS_SENTENCE =
  'The provided policy document does not meet the requirements of the specified policy type.'

/** EC2 answers InvalidPolicyDocument and puts this before the sentence. Recorded with ModifyVpcEndpoint. */
export function endpointSentence(sentence: string): string {
  return `The Policy Document is not valid. ${sentence}`
}

/**
 * What CreateRole was recorded to answer to a Principal of an unknown type, and PutResourcePolicy of DynamoDB to one that is a
 * text. The column is the one behind the first character of what is wrong there.
 */
export function syntaxErrorAt({ line, column }: Position): string {
  return `Syntax error at position (${line},${column + 1})`
}

type Wording = (fault: SyntaxFault, position: Position) => string

const SENTENCES: Readonly<Record<PolicyKind, Wording>> = {
  identity: identityWording,
  managed: identityWording,
  boundary: identityWording,
  session: sessionWording,
  trust: principalWording,
  resource: principalWording,
  endpoint: (fault, position) => endpointSentence(principalWording(fault, position)),
  serviceControl: () => ORGANIZATIONS_SENTENCE,
  resourceControl: () => ORGANIZATIONS_SENTENCE,
}

const IDENTITY_SENTENCE = 'Syntax errors in policy.'
const JSON_FAULTS: ReadonlySet<string> = new Set(['InvalidJson', 'TooDeep', 'TooLong'])

/** Observed with CreatePolicy. */
function identityWording(): string {
  return IDENTITY_SENTENCE
}

/** Both recorded with AssumeRole. */
function sessionWording({ code }: SyntaxFault): string {
  return JSON_FAULTS.has(code) ? 'The policy is not in the valid JSON format.' : IDENTITY_SENTENCE
}

/** Recorded with CreateRole, PutBucketPolicy and PutResourcePolicy, which share a parser by all that is seen of it. */
function principalWording({ code, culprit }: SyntaxFault, position: Position): string {
  if (JSON_FAULTS.has(code)) return 'This policy contains invalid Json'
  switch (code) {
    case 'UnknownVersion':
      return 'The policy must contain a valid version string'
    case 'UnknownElement':
      return `Unknown field ${culprit}`
    case 'MissingElement':
      return `Missing required field ${culprit}`
    case 'EmptyElement':
      return 'Could not parse the policy: Statement is empty!'
    case 'UnknownEffect':
      return `Invalid effect: ${culprit}`
    case 'UnknownOperator':
      return `Invalid Condition type : ${culprit}`
    case 'ElementAndComplement':
    case 'DuplicateKey':
      return `Statement/policy already has instance of ${culprit}`
    default:
      return syntaxErrorAt(position)
  }
}
