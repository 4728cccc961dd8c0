export { lowerCaseAscii } from './ascii.ts'
export { compilePolicy } from './compile/compile-policy.ts'
export type { CompiledPolicy, PolicyIdentity, StatementRef } from './compile/compile-policy.ts'
export { compile } from './compile/policy-set.ts'
export type { PolicySet } from './compile/policy-set.ts'
export { GRADES } from './compile/principal-pattern.ts'
export type { Grade } from './compile/principal-pattern.ts'
export { contextOf } from './context/context-of.ts'
export type { AccountPrincipal, Principal } from './context/principal.ts'
export type { ContextValue, RequestContext } from './context/request-context.ts'
export type {
  AccessRequest,
  Decision,
  DecisionSource,
  PoliciesInForce,
  ResourcePolicies,
} from './decide/access-request.ts'
export { decide } from './decide/decide.ts'
export { denialSentence } from './decide/denial-sentence.ts'
export type { Denial } from './decide/denial-sentence.ts'
export { parsePolicy } from './document/parse-policy.ts'
export type { ParseOutcome } from './document/parse-policy.ts'
export type { PolicyDocument } from './document/policy-document.ts'
export { POLICY_KINDS } from './document/policy-kind.ts'
export type { PolicyKind } from './document/policy-kind.ts'
export { policySizeWithoutWhitespace } from './document/policy-size.ts'
export { decodedMessage } from './explain/decoded-message.ts'
export { explain } from './explain/explain.ts'
export type { Explanation } from './explain/explain.ts'
export type { AllowPlace, Remedy } from './explain/remedy.ts'
export type { SourceExplanation } from './explain/source-explanation.ts'
export type {
  ConditionExplanation,
  ElementExplanation,
  PrincipalExplanation,
  ResolvedText,
  StatementExplanation,
} from './explain/statement-explanation.ts'
export type { Finding } from './finding.ts'
export { contextKeys } from './introspect/context-keys.ts'
export { isContextValue } from './introspect/context-value.ts'
export type { ContextValueType } from './introspect/context-value.ts'
export { checkPolicy } from './validate/check-policy.ts'
export { validatePolicy } from './validate/validate-policy.ts'
