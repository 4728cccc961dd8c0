import { compile, compilePolicy, parsePolicy } from '../src/index.ts'
import type { CompiledPolicy, PoliciesInForce, PolicyDocument, Principal } from '../src/index.ts'

export const USER_ARN = 'arn:aws:iam::123456789012:user/alice'

export const USER: Principal = { kind: 'user', arn: USER_ARN, id: 'AIDAALICE', accountId: '123456789012' }

/** A document from JSON or from its value. Throws for what does not parse. */
export function documentOf(source: unknown): PolicyDocument {
  const outcome = parsePolicy(typeof source === 'string' ? source : JSON.stringify(source))
  if (outcome.ok) return outcome.document
  throw new Error(outcome.findings.map(({ path, detail }) => `${path}: ${detail}`).join('; '))
}

/** Named by their place: `policy0`, `policy1`. */
export function compileAll(sources: readonly unknown[]): readonly CompiledPolicy[] {
  return sources.map((source, index) =>
    compilePolicy(documentOf(source), { name: `policy${index}`, arn: undefined, attachedTo: USER_ARN }),
  )
}

/** The policies of a user. */
export function userWith(...sources: readonly unknown[]): PoliciesInForce {
  return { identity: compile(compileAll(sources)) }
}

/** A document with one statement: Allow s3:GetObject on everything, but for what is given. */
export function statementDocument(elements: Readonly<Record<string, unknown>>): unknown {
  return { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...elements } }
}
