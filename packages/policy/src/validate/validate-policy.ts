import type { PolicyDocument } from '../document/policy-document.ts'
import type { PolicyKind } from '../document/policy-kind.ts'
import { endpointSentence } from '../document/syntax-sentence.ts'
import type { Finding } from '../finding.ts'
import { adviceFor } from './advice/advice.ts'
import { IDENTITY_RULES, requireCurrentVersion, SESSION_RULES } from './identity-rules.ts'
import { RESOURCE_CONTROL_RULES, SERVICE_CONTROL_RULES } from './organization-rules.ts'
import { RESOURCE_RULES } from './resource-rules.ts'
import { reworded, type Rule, runRules } from './rule.ts'
import { TRUST_RULES } from './trust-rules.ts'

const RULES: Readonly<Record<PolicyKind, readonly Rule[]>> = {
  identity: IDENTITY_RULES,
  managed: [requireCurrentVersion, ...IDENTITY_RULES],
  boundary: [requireCurrentVersion, ...IDENTITY_RULES],
  session: SESSION_RULES,
  trust: TRUST_RULES,
  resource: RESOURCE_RULES,
  endpoint: reworded(RESOURCE_RULES, endpointSentence),
  serviceControl: SERVICE_CONTROL_RULES,
  resourceControl: RESOURCE_CONTROL_RULES,
}

/**
 * Whether a document may be stored. Errors come first, in the order in which AWS would find them (it answers
 * MalformedPolicyDocument with the message of the first); warnings are our own and never in the way.
 */
export function validatePolicy(document: PolicyDocument, kind: PolicyKind): readonly Finding[] {
  return [
    ...runRules(document, { rules: RULES[kind], severity: 'error' }),
    ...runRules(document, { rules: adviceFor(kind), severity: 'warning' }),
  ]
}
