/**
 * What the types of the package forbid, and what they promise. The compiler reads it in the workspace, and once more against
 * the declarations of the tarball: a misuse that compiles is an error there, and so is a promise that does not hold.
 */
import {
  compile,
  compilePolicy,
  contextOf,
  decide,
  type Decision,
  explain,
  type Finding,
  parsePolicy,
  type PoliciesInForce,
  type PolicyDocument,
  type PolicySet,
  type Principal,
  validatePolicy,
} from '@iamd/policy'

const OUTCOME = parsePolicy('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}')
const DOCUMENT: PolicyDocument = OUTCOME.ok ? OUTCOME.document : fail(OUTCOME.findings)
const EVERYTHING: PolicySet = compile([compilePolicy(DOCUMENT, { name: 'all', arn: undefined, attachedTo: 'alice' })])
const ALICE: Principal = {
  kind: 'user',
  arn: 'arn:aws:iam::111122223333:user/alice',
  id: 'AIDA',
  accountId: '111122223333',
}
const REQUEST = { principal: ALICE, action: 's3:GetObject', resource: '*', context: contextOf({}) }

/** What a caller in JavaScript might do all the same. Each is denied, or throws where nothing is decided. */
export const MISUSES: Readonly<Record<string, () => unknown>> = {
  'a request without a principal': () =>
    // @ts-expect-error -- nobody asks
    decide({ action: 's3:GetObject', resource: '*', context: contextOf({}) }, { identity: EVERYTHING }),

  'a request without a context': () =>
    // @ts-expect-error -- a policy with a condition could not be decided
    decide({ principal: ALICE, action: 's3:GetObject', resource: '*', context: undefined }, { identity: CONDITIONAL }),

  'a user without a unique id': () =>
    // @ts-expect-error -- a Deny that names the id would not be found to apply
    decide({ ...REQUEST, principal: { kind: 'user', arn: 'a', accountId: '1' } }, { identity: EVERYTHING }),

  'a principal of a kind that does not exist': () =>
    // @ts-expect-error -- the kinds are a union
    decide({ ...REQUEST, principal: { kind: 'group', accountId: '1' } }, { identity: EVERYTHING }),

  'an action that is no text': () =>
    // @ts-expect-error -- one action for each decision
    decide({ ...REQUEST, action: ['s3:GetObject'] }, { identity: EVERYTHING }),

  'policies that were not compiled': () =>
    // @ts-expect-error -- a set is made by `compile` only
    decide(REQUEST, { identity: [DOCUMENT] }),

  'a set that was not made by compile': () =>
    // @ts-expect-error -- it lacks what is private to it
    decide(REQUEST, { identity: { policies: EVERYTHING.policies } }),

  'one set in place of the levels of control policies': () =>
    // @ts-expect-error -- levels are a list, because every one must allow
    decide(REQUEST, { identity: EVERYTHING, serviceControl: EVERYTHING }),

  'a resource policy without its kind': () =>
    // @ts-expect-error -- whether it adds or is required cannot be guessed
    decide(REQUEST, { identity: EVERYTHING, resource: { policies: FOR_EVERYONE } }),

  'a condition value that is a number': () =>
    // @ts-expect-error -- values are texts, as AWS has them
    decide({ ...REQUEST, context: contextOf({ 'aws:epochtime': 1 }) }, { identity: CONDITIONAL }),
}

/** Never called: the compiler alone judges it. */
export function readResults(decision: Decision, policies: PoliciesInForce): readonly unknown[] {
  const effect: 'allow' | 'explicitDeny' | 'implicitDeny' = decision.effect
  const line: number | undefined = decision.statement?.start.line
  const findings: readonly Finding[] = validatePolicy(DOCUMENT, 'trust')
  const failed = explain(REQUEST, policies).sources[0]?.statements[0]?.failed.includes('condition')
  // @ts-expect-error -- an outcome has a document only where it is ok
  const unchecked: unknown = parsePolicy('').document
  // @ts-expect-error -- not a kind of policy
  validatePolicy(DOCUMENT, 'bucket')
  // @ts-expect-error -- a decision cannot be changed into another
  decision.effect = 'allow'
  // @ts-expect-error -- a misspelt source would be a policy that does not apply
  const misspelt: PoliciesInForce = { identity: EVERYTHING, boundaries: EVERYTHING }
  return [effect, line, findings, failed, unchecked, misspelt]
}

const CONDITIONAL: PolicySet = setOf(
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"NumericLessThan":{"aws:EpochTime":"9"}}}}',
)

const FOR_EVERYONE: PolicySet = setOf(
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}',
)

function setOf(text: string): PolicySet {
  const outcome = parsePolicy(text)
  const document = outcome.ok ? outcome.document : fail(outcome.findings)
  return compile([compilePolicy(document, { name: 'conditional', arn: undefined, attachedTo: 'alice' })])
}

function fail(findings: readonly Finding[]): never {
  throw new Error(findings.map(({ detail }) => detail).join())
}
