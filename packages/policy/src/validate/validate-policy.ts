import type { PolicyDocument } from '../document/policy-document.ts'
import type { Finding } from '../finding.ts'
import { ADVICE } from './advice.ts'
import { IDENTITY_RULES, requireCurrentVersion } from './identity-rules.ts'
import { type Rule, runRules } from './rule.ts'

/**
 * What a document is to be stored as: `identity` is an inline policy of a user or group, `managed` a customer managed policy.
 * They differ in one rule: only a managed policy must say version 2012-10-17.
 */
export type PolicyKind = 'identity' | 'managed'

const RULES: Readonly<Record<PolicyKind, readonly Rule[]>> = {
  identity: IDENTITY_RULES,
  managed: [requireCurrentVersion, ...IDENTITY_RULES],
}

/**
 * Whether a document may be stored. Errors come first, in the order in which AWS would find them (it answers
 * MalformedPolicyDocument with the message of the first); warnings are our own and never in the way.
 */
export function validatePolicy(document: PolicyDocument, kind: PolicyKind): readonly Finding[] {
  return [
    ...runRules(document, { rules: RULES[kind], severity: 'error' }),
    ...runRules(document, { rules: ADVICE, severity: 'warning' }),
  ]
}
